package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.StateFormat;
import io.eventsourcing.snapshot.StateShape;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of aggregates as snapshots, and back. A class is set aside where its snapshots wouldn't be as good as its events:
 * if it has personal data, which snapshots would keep when it is forgotten; or if its fields can't be read again as they
 * were. Thread-safe.
 */
final class SnapshotStates {

    private static final Logger log = LoggerFactory.getLogger(SnapshotStates.class);

    private static final String PERSONAL = "it has personal data, which a snapshot would keep when it is forgotten";

    /**
     * @param state null if the class is set aside
     * @param shape of snapshots; or why the class is set aside
     */
    private record Known(@Nullable AggregateState<?> state, String shape) {}

    private final EventFormat events;
    private final StateFormat format;
    private final Clock clock;
    private final Map<Class<?>, Known> byClass = new ConcurrentHashMap<>();

    SnapshotStates(EventFormat events, Clock clock) {
        this.events = events;
        this.format = events.ofState();
        this.clock = clock;
    }

    boolean isFit(AggregateType<?> type) {
        return known(type).state() != null;
    }

    boolean isFit(Aggregate aggregate) {
        return isFit(aggregate.type()) && !aggregate.progress().personal();
    }

    /** @throws EventSourcingException saying why not */
    void requireFit(Aggregate aggregate) {
        if (!isFit(aggregate)) {
            Known known = known(aggregate.type());
            throw new EventSourcingException("No snapshot can be taken of " + aggregate + ": "
                    + (known.state() == null ? known.shape() : PERSONAL));
        }
    }

    private Known known(AggregateType<?> type) {
        Known known = byClass.get(type.aggregateClass());
        return known != null ? known : byClass.computeIfAbsent(type.aggregateClass(), any -> inspected(type));
    }

    private Known inspected(AggregateType<?> type) {
        if (type.events().stream().anyMatch(event -> !event.shape().personal().isEmpty())) {
            return new Known(null, PERSONAL);
        }
        try {
            AggregateState<?> state = AggregateState.of(type.aggregateClass());
            format.check(state.shape());
            return new Known(state, shape(type, state));
        } catch (EventMappingException | AggregateDefinitionException e) {
            return setAside(type, String.valueOf(e.getMessage()));
        }
    }

    private static Known setAside(AggregateType<?> type, String reason) {
        log.warn("No snapshots are taken of {}: {}", type.aggregateClass().getName(), reason);
        return new Known(null, reason);
    }

    private String shape(AggregateType<?> type, AggregateState<?> state) {
        StateShape shape = new StateShape();
        type.events().stream()
                .map(event -> event.type() + " revision " + event.shape().revision())
                .sorted()
                .forEach(shape::with);
        type.names().forEach(name -> events.upcasterSteps(name + ".").forEach(shape::with));
        return state.describe(shape).text();
    }

    /** The stream position of the last event. */
    long position(Aggregate aggregate) {
        return aggregate.version() - aggregate.type().initialVersion();
    }

    boolean hasShapeOf(AggregateType<?> type, Snapshot snapshot) {
        return known(type).shape().equals(snapshot.shape());
    }

    /**
     * Of an aggregate that is fit, whose events are all stored.
     *
     * @throws EventSourcingException if it wouldn't be read again as it is
     */
    Snapshot take(Aggregate aggregate, Instant now) {
        Known known = known(aggregate.type());
        AggregateState<?> state = Objects.requireNonNull(known.state());
        Object[] values = state.values(aggregate);
        Snapshot snapshot = new Snapshot(
                SnapshotName.ofStream(aggregate.stream()),
                position(aggregate),
                Objects.requireNonNull(aggregate.progress().lastEvent()),
                aggregate.type().name(),
                known.shape(),
                format.write(state.shape(), values),
                now);
        requireSame(aggregate, state, values, snapshot);
        return snapshot;
    }

    private void requireSame(Aggregate aggregate, AggregateState<?> state, Object[] values, Snapshot snapshot) {
        Optional<String> difference =
                state.lost(aggregate).or(() -> state.difference(values, format.read(state.shape(), snapshot)));
        if (difference.isPresent()) {
            byClass.put(aggregate.getClass(), new Known(null, difference.get()));
            throw new EventSourcingException("No snapshot can be taken of " + aggregate + ": " + difference.get());
        }
    }

    Snapshot sealed(Snapshot snapshot) {
        return format.sealed(snapshot);
    }

    /** What a snapshot of the shape is of. */
    <A extends Aggregate> A make(AggregateType<A> type, UUID id, Snapshot snapshot)
            throws ReflectiveOperationException {
        AggregateState<?> state = Objects.requireNonNull(known(type).state());
        Object[] values = format.read(state.shape(), snapshot);
        Creation.replaying(new Creation.Replay(type.aggregateClass(), id, clock));
        try {
            return type.aggregateClass().cast(state.make(values, snapshot.position() + type.initialVersion()));
        } finally {
            Creation.replayed();
        }
    }
}
