package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.StreamName;
import java.time.Clock;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes aggregates again from their events, or from a snapshot and the events behind it. Thread-safe. */
final class AggregateReader {

    /** As far as there are events. */
    static final long TO_THE_END = Long.MAX_VALUE;

    private final EventStore store;
    private final EventFormat format;
    private final Clock clock;
    private final AggregateSnapshots snapshots;
    private final Instrumentation instrumentation;
    private final Reactions reactions;

    AggregateReader(
            EventStore store,
            EventFormat format,
            Clock clock,
            AggregateSnapshots snapshots,
            Instrumentation instrumentation,
            Reactions reactions) {
        this.store = store;
        this.format = format;
        this.clock = clock;
        this.snapshots = snapshots;
        this.instrumentation = instrumentation;
        this.reactions = reactions;
    }

    /** The aggregate after the stored events up to a stream position; null if they make none. */
    <A extends Aggregate> @Nullable A read(AggregateType<A> type, UUID id, long last) {
        return instrumentation
                .load(type.aggregateClass(), () -> Optional.ofNullable(readAny(type, id, last)))
                .orElse(null);
    }

    private <A extends Aggregate> @Nullable A readAny(AggregateType<A> type, UUID id, long last) {
        for (StreamName stream : type.streams(id)) {
            long end = last == TO_THE_END ? reactions.end(store, stream) : last;
            A aggregate = end < 0 ? null : read(type, id, stream, end);
            if (aggregate != null) {
                return aggregate;
            }
        }
        return null;
    }

    /** Whether there is something to make an aggregate of. */
    boolean exists(StreamName stream) {
        return reactions.areRepeatable()
                ? reactions.end(store, stream) >= 0
                : store.position(stream).exists();
    }

    private <A extends Aggregate> @Nullable A read(AggregateType<A> type, UUID id, StreamName stream, long last) {
        AggregateSnapshots.Start<A> start = snapshots.start(type, id, stream, last);
        Snapshot snapshot = start.snapshot();
        A aggregate = snapshot == null || start.aggregate() == null
                ? null
                : readBehind(snapshot, start, type, id, stream, last);
        if (aggregate != null) {
            snapshots.used();
            return aggregate;
        }
        if (snapshot != null && start.aggregate() != null) {
            snapshots.ignored(snapshot, "its last event isn't the stream's event at that position any more");
        }
        AggregateReplay<A> replay = new AggregateReplay<>(type, id, format, clock, null);
        try (EventSequence events = store.read(stream, upTo(last))) {
            events.forEach(replay::add);
        }
        return ended(replay, stream, last, start.withoutSnapshot());
    }

    /** The first event that is read is the last one of the snapshot. Null if it is another: then all of it may be. */
    private <A extends Aggregate> @Nullable A readBehind(
            Snapshot snapshot,
            AggregateSnapshots.Start<A> start,
            AggregateType<A> type,
            UUID id,
            StreamName stream,
            long last) {
        AggregateReplay<A> replay = new AggregateReplay<>(type, id, format, clock, start.aggregate());
        try (EventSequence sequence = store.read(stream, upTo(last).from(snapshot.position()))) {
            Iterator<RecordedEvent> events = sequence.iterator();
            if (!events.hasNext() || !isLastOf(snapshot, events.next())) {
                return null;
            }
            events.forEachRemaining(replay::add);
        }
        return ended(replay, stream, last, start.progress());
    }

    private static boolean isLastOf(Snapshot snapshot, RecordedEvent event) {
        return event.streamPosition() == snapshot.position() && event.id().equals(snapshot.lastEvent());
    }

    private static ReadOptions upTo(long last) {
        return last == TO_THE_END
                ? ReadOptions.forwards()
                : ReadOptions.forwards().upper(Bound.inclusive(last));
    }

    private <A extends Aggregate> @Nullable A ended(
            AggregateReplay<A> replay, StreamName stream, long last, SnapshotProgress progress) {
        A aggregate = replay.end(stream, progress);
        if (aggregate != null && last == TO_THE_END) {
            snapshots.loaded(aggregate, replay.events());
        }
        return aggregate;
    }
}
