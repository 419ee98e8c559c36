package io.eventsourcing;

import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Tenants;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reaction that the calling thread is in, if it is in one, as it concerns the aggregates of one tenant. Thread-safe.
 *
 * <p>Where events and checkpoint have one transaction, nothing of an earlier attempt can be stored. Elsewhere it can: then
 * events get the ids that they had before, and aggregates are loaded as they were before, so that the store recognises what
 * it has as a repetition.
 */
final class Reactions {

    private final ThreadLocal<@Nullable Reaction> current;
    private final String tenant;

    Reactions() {
        this(new ThreadLocal<>(), Tenants.DEFAULT);
    }

    private Reactions(ThreadLocal<@Nullable Reaction> current, String tenant) {
        this.current = current;
        this.tenant = tenant;
    }

    Reactions forTenant(String id) {
        return new Reactions(current, id);
    }

    /** Runs something on this thread as part of a reaction. */
    void during(Reaction reaction, Instrumentation.Handling work) throws Throwable {
        Reaction outer = current.get();
        current.set(reaction);
        try {
            work.handle();
        } finally {
            if (outer == null) {
                current.remove();
            } else {
                current.set(outer);
            }
        }
    }

    /** Null if the calling thread reacts to nothing. */
    @Nullable
    Cause cause() {
        Reaction reaction = current.get();
        return reaction == null ? null : reaction.cause();
    }

    /** What is to be stored with every event. */
    Metadata metadata() {
        Cause cause = cause();
        return cause == null ? Metadata.none() : cause.metadata();
    }

    private @Nullable Reaction repeatable() {
        Reaction reaction = current.get();
        return reaction == null || !reaction.isRepeatable() ? null : reaction;
    }

    /** Whether what is saved now may be stored already. */
    boolean areRepeatable() {
        return repeatable() != null;
    }

    /** @param index among the events that are saved together */
    UUID eventId(StreamName stream, int index) {
        Reaction reaction = repeatable();
        return reaction == null ? Ids.next() : reaction.eventId(tenant, stream, index);
    }

    void saved(StreamName stream, int events) {
        Reaction reaction = repeatable();
        if (reaction != null) {
            reaction.saved(tenant, stream, events);
        }
    }

    /**
     * The last position of a stream that an aggregate is to be made of: what this reaction is yet to save is left out, and
     * everything behind it.
     *
     * @return -1 if there is no event before that
     */
    long end(EventStore store, StreamName stream) {
        Reaction reaction = repeatable();
        return reaction == null ? AggregateReader.TO_THE_END : end(store, stream, reaction);
    }

    private long end(EventStore store, StreamName stream, Reaction reaction) {
        UUID next = reaction.eventId(tenant, stream, 0);
        long last = -1;
        try (EventSequence newestFirst = store.read(stream, ReadOptions.backwards())) {
            for (RecordedEvent event : newestFirst) {
                if (event.id().equals(next)) {
                    return event.streamPosition() - 1;
                }
                last = Math.max(last, event.streamPosition());
                if (event.commitPosition() <= reaction.cause().commitPosition()) {
                    break; // nothing before the cause was caused by it
                }
            }
        }
        return last;
    }
}
