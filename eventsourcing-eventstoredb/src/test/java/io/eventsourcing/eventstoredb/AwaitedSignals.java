package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts signals, and waits for them. */
final class AwaitedSignals implements Runnable {

    private final Semaphore signals = new Semaphore(0);

    @Override
    public void run() {
        signals.release();
    }

    void await(String what) throws InterruptedException {
        assertThat(signals.tryAcquire(30, TimeUnit.SECONDS)).as(what).isTrue();
    }

    /** Until there was none for a moment. */
    void forgetOld() throws InterruptedException {
        while (signals.tryAcquire(300, TimeUnit.MILLISECONDS)) {
            // one less
        }
    }

    boolean isAny() {
        return signals.availablePermits() > 0;
    }
}
