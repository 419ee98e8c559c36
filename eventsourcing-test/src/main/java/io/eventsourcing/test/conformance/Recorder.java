package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Subscribable;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Remembers what a subscription has passed on, and with which events its listener was called. Thread-safe. */
final class Recorder implements AutoCloseable {

    private final Subscription.Listener first;
    private final List<RecordedEvent> calls = new ArrayList<>();
    private final List<RecordedEvent> seen = new ArrayList<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    private Recorder(Subscription.Listener first) {
        this.first = first;
    }

    /** Follows the events behind a position. */
    static Recorder of(Subscribable store, long after) {
        return of(store, after, event -> {});
    }

    /** The same; what the listener does before it remembers an event can take long, or throw. */
    static Recorder of(Subscribable store, long after, Subscription.Listener first) {
        return of(store, SubscribeOptions.after(after), first);
    }

    /** The same, with any options. */
    static Recorder of(Subscribable store, SubscribeOptions options, Subscription.Listener first) {
        Recorder recorder = new Recorder(first);
        SubscribeOptions named = options.named("a subscription of the conformance suite");
        recorder.subscription.complete(store.subscribe(named, recorder::onEvent));
        return recorder;
    }

    static Recorder of(Subscribable store, SubscribeOptions options) {
        return of(store, options, event -> {});
    }

    private void onEvent(RecordedEvent event) throws Exception {
        synchronized (this) {
            calls.add(event);
        }
        first.onEvent(event);
        synchronized (this) {
            seen.add(event);
        }
    }

    Subscription subscription() {
        return subscription.join();
    }

    /** Each event for which the listener was called, also those on which it has thrown. */
    synchronized List<RecordedEvent> calls() {
        return List.copyOf(calls);
    }

    /** Each event for which the listener has returned. */
    synchronized List<RecordedEvent> seen() {
        return List.copyOf(seen);
    }

    void awaitCalls(int count) {
        assertThat(Patience.awaits(() -> calls().size() >= count))
                .as("%d calls of the listener", count)
                .isTrue();
    }

    /** It sees all of these, once and in their order, and nothing else before the last of them. */
    void sees(List<RecordedEvent> expected) {
        sees(expected, expected.get(expected.size() - 1).commitPosition());
    }

    /** The same; and it comes to a position which may lie behind the last of them. */
    void sees(List<RecordedEvent> expected, long position) {
        Patience.awaits(() -> hasReached(expected.size(), position));
        hasSeen(expected);
        assertThat(Patience.awaits(() -> subscription().position() == position))
                .as("position of the subscription is %d, that of the last event", position)
                .isTrue();
        hasSeen(expected); // what is repeated may come behind the last one
    }

    private void hasSeen(List<RecordedEvent> expected) {
        assertThat(TestEvents.ids(seen()))
                .as("events that the listener has taken")
                .isEqualTo(TestEvents.ids(expected));
    }

    private synchronized boolean hasReached(int count, long position) {
        return seen.size() >= count
                || !seen.isEmpty() && seen.get(seen.size() - 1).commitPosition() >= position;
    }

    @Override
    public void close() {
        subscription().close();
    }
}
