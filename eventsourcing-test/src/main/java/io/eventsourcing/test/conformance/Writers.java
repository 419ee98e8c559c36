package io.eventsourcing.test.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads that write while others read. Thread-safe. */
final class Writers {

    private final AtomicInteger running;

    Writers(int count) {
        this.running = new AtomicInteger(count);
    }

    /** Runs one of them. */
    <T> T run(Callable<T> writer) throws Exception {
        try {
            return writer.call();
        } finally {
            running.decrementAndGet();
        }
    }

    /** Reads again and again, the last time after all of them have ended. */
    int whileRunning(Runnable reader) {
        int reads = 0;
        boolean last;
        do {
            last = running.get() == 0;
            reader.run();
            reads++;
        } while (!last);
        return reads;
    }
}
