package io.eventsourcing.snapshot;

import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.StateFormat;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots of what one projection has made of all events up to a commit position. One that was taken of another form of the
 * state is ignored, and so is one whose last event isn't there any more. Thread-safe.
 *
 * <p>State that holds what can be forgotten keeps it: whoever has such state {@linkplain #delete() deletes} it together with
 * what was made of it.
 *
 * @param <S> the state
 */
public final class ProjectionSnapshots<S> {

    /**
     * What was saved.
     *
     * @param position of the last event that is in it: reading goes on behind it
     * @param takenAt when it was saved
     */
    public record Saved<S>(S state, long position, Instant takenAt) {}

    private final SnapshotName name;
    private final Class<S> stateClass;
    private final EventStore events;
    private final SnapshotStore snapshots;
    private final StateFormat format;
    private final Clock clock;
    private final EventShape shape;
    private final String shapeText;

    /** @throws EventMappingException if state of this class couldn't be read again */
    public ProjectionSnapshots(
            String projection,
            Class<S> stateClass,
            EventStore events,
            SnapshotStore snapshots,
            StateFormat format,
            Clock clock) {
        this.name = SnapshotName.ofProjection(projection);
        this.stateClass = stateClass;
        this.events = events;
        this.snapshots = snapshots;
        this.format = format;
        this.clock = clock;
        this.shape = new EventShape(
                projection + " snapshot",
                "the projection " + projection,
                stateClass,
                stateClass,
                List.of(new EventShape.Parameter("state", stateClass)),
                null);
        this.shapeText = new StateShape().with((Type) stateClass).text();
        format.check(shape);
    }

    /**
     * Saves what was made of all events up to this one. If there is a snapshot of a later one, nothing happens.
     *
     * @param kept how many of this projection are kept, the latest ones; 1 or more
     * @throws EventMappingException if the state wouldn't be read again as it is
     */
    public void save(S state, RecordedEvent last, int kept) {
        Snapshot plain = new Snapshot(
                name,
                last.commitPosition(),
                last.id(),
                stateClass.getSimpleName(),
                shapeText,
                format.write(shape, new Object[] {state}),
                clock.instant());
        StateComparison.difference(stateClass.getSimpleName(), state, format.read(shape, plain)[0])
                .ifPresent(difference -> {
                    throw new EventMappingException("No snapshot can be taken of " + name + ": " + difference, null);
                });
        snapshots.save(format.sealed(plain), kept);
    }

    /** The one of the highest position. */
    public Optional<Saved<S>> latest() {
        return latest(Long.MAX_VALUE);
    }

    /** The one of the highest commit position that is at most this one. */
    public Optional<Saved<S>> latest(long position) {
        return snapshots
                .latest(name, position)
                .filter(snapshot -> snapshot.shape().equals(shapeText) && isStillThere(snapshot))
                .map(snapshot -> new Saved<>(
                        stateClass.cast(format.read(shape, snapshot)[0]), snapshot.position(), snapshot.takenAt()));
    }

    private boolean isStillThere(Snapshot snapshot) {
        return events.readAll(ReadOptions.forwards().from(snapshot.position()).limit(1)).toList().stream()
                .anyMatch(event -> event.commitPosition() == snapshot.position()
                        && event.id().equals(snapshot.lastEvent()));
    }

    /** Deletes all of this projection, to begin anew. */
    public void delete() {
        snapshots.delete(name);
    }
}
