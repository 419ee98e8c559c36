package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a subscription begins that begins with the latest event of a type. For one thread at a time. */
final class SubscriptionStart {

    private enum State {
        UNSOUGHT,
        AWAITED,
        KNOWN
    }

    private final EventStore store;
    private final SubscribeOptions options;
    private volatile State state;
    private long lookedUpTo;

    SubscriptionStart(EventStore store, SubscribeOptions options) {
        this.store = store;
        this.options = options;
        this.state = options.latest().isPresent() ? State.UNSOUGHT : State.KNOWN;
    }

    boolean isKnown() {
        return state == State.KNOWN;
    }

    /** As long as there is no such event. */
    long lookedUpTo() {
        return lookedUpTo;
    }

    /**
     * Looks for it, anew each time.
     *
     * @param known up to where there was none the last time
     * @return the position behind which to begin; empty if the event has to be waited for
     */
    OptionalLong find(Tail tail, long known) {
        SubscribeOptions.Latest latest = options.latest().orElseThrow();
        EventFilter wanted = options.filter().type(latest.type());
        Optional<RecordedEvent> found = state == State.UNSOUGHT ? newest(wanted) : next(wanted, tail, known);
        if (found.isEmpty() && latest.ifMissing() == SubscribeOptions.IfMissing.WAIT_FOR_EVENT) {
            state = State.AWAITED;
            return OptionalLong.empty();
        }
        state = State.KNOWN;
        return OptionalLong.of(found.map(event -> event.commitPosition() - 1).orElse(0L));
    }

    private Optional<RecordedEvent> newest(EventFilter wanted) {
        lookedUpTo = store.lastPosition().orElse(0);
        return first(ReadOptions.backwards().upper(Bound.inclusive(lookedUpTo)).with(wanted));
    }

    /** The first one, and not the newest: several may have come at once. */
    private Optional<RecordedEvent> next(EventFilter wanted, Tail tail, long known) {
        Optional<List<RecordedEvent>> recent = tail.behind(known);
        if (recent.isPresent()) {
            lookedUpTo = Math.max(known, tail.head());
            return recent.get().stream().filter(wanted::matches).findFirst();
        }
        lookedUpTo = Math.max(known, store.lastPosition().orElse(0));
        return first(ReadOptions.forwards()
                .lower(Bound.exclusive(known))
                .upper(Bound.inclusive(lookedUpTo))
                .with(wanted));
    }

    private Optional<RecordedEvent> first(ReadOptions wanted) {
        return store.readAll(wanted.limit(1)).toList().stream().findFirst();
    }
}
