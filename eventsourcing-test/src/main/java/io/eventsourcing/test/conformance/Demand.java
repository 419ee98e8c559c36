package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A subscriber that asks for events when it is told to. Thread-safe. */
final class Demand implements Flow.Subscriber<RecordedEvent> {

    private final List<RecordedEvent> got = new ArrayList<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();

    static Demand of(Flow.Publisher<RecordedEvent> publisher) {
        Demand demand = new Demand();
        publisher.subscribe(demand);
        return demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription.complete(begun);
    }

    @Override
    public synchronized void onNext(RecordedEvent event) {
        got.add(event);
    }

    @Override
    public void onError(Throwable e) {
        end.complete(e);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }

    void request(long count) {
        subscription.join().request(count);
    }

    void cancel() {
        subscription.join().cancel();
    }

    synchronized List<RecordedEvent> got() {
        return List.copyOf(got);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Gets these, and no others for a while. */
    void gets(List<RecordedEvent> expected) throws InterruptedException {
        Patience.awaits(() -> got().size() >= expected.size());
        Thread.sleep(20); // what wasn't asked for would come about now
        assertThat(got()).isEqualTo(expected);
    }

    /** Null if it was completed. */
    @Nullable
    Throwable awaitEnd() throws Exception {
        try {
            return end.get(Patience.seconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("The publisher has neither completed nor failed", e);
        }
    }
}
