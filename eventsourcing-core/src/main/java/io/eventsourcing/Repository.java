package io.eventsourcing;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Finds aggregates. Thread-safe; what it returns belongs to the caller alone. */
public final class Repository {

    /** How often {@link #update} repeats a command that lost a race. */
    public static final int MAX_RETRIES = 3;

    private final EventSourcing eventSourcing;
    private final EventStore store;
    private final AggregateTypes types;
    private final AggregateReader reader;
    private final AggregateSnapshots snapshots;

    Repository(
            EventSourcing eventSourcing,
            EventStore store,
            AggregateTypes types,
            AggregateReader reader,
            AggregateSnapshots snapshots) {
        this.eventSourcing = eventSourcing;
        this.store = store;
        this.types = types;
        this.reader = reader;
        this.snapshots = snapshots;
    }

    /** @throws AggregateNotFoundException if there is none with this id */
    public <A extends Aggregate> A get(Class<A> aggregateClass, UUID id) {
        A aggregate = reader.read(types.of(aggregateClass), id, AggregateReader.TO_THE_END);
        if (aggregate == null) {
            throw new AggregateNotFoundException(aggregateClass, id);
        }
        return aggregate;
    }

    /**
     * The aggregate as it was at a version.
     *
     * @throws AggregateNotFoundException if there is none with this id, or it never had this version: its first one is
     *     {@code INITIAL_VERSION}
     */
    public <A extends Aggregate> A get(Class<A> aggregateClass, UUID id, long version) {
        AggregateType<A> type = types.of(aggregateClass);
        if (version < type.initialVersion()) {
            throw new AggregateNotFoundException(
                    aggregateClass, id, version, "the first one is " + type.initialVersion());
        }
        long position = Math.min(version - type.initialVersion(), Long.MAX_VALUE - 1);
        A aggregate = reader.read(type, id, position);
        if (aggregate == null) {
            throw new AggregateNotFoundException(aggregateClass, id);
        }
        if (aggregate.version() < version) {
            throw new AggregateNotFoundException(aggregateClass, id, version, "its last one is " + aggregate.version());
        }
        return aggregate;
    }

    public <A extends Aggregate> Optional<A> find(Class<A> aggregateClass, UUID id) {
        return Optional.ofNullable(reader.read(types.of(aggregateClass), id, AggregateReader.TO_THE_END));
    }

    /**
     * Takes a snapshot of an aggregate as it is stored, whatever the policy says. In a transaction of the caller's it is
     * stored once that is committed, and what goes wrong then is only logged.
     *
     * @throws AggregateNotFoundException if there is none with this id
     * @throws EventSourcingException if no snapshot can be taken of it; the message says why
     * @throws IllegalStateException if this repository was made without {@link EventSourcingBuilder#snapshots snapshots}
     */
    public void takeSnapshot(Class<? extends Aggregate> aggregateClass, UUID id) {
        snapshots.take(get(aggregateClass, id));
    }

    public boolean exists(Class<? extends Aggregate> aggregateClass, UUID id) {
        return types.of(aggregateClass).streams(id).stream().anyMatch(reader::exists);
    }

    /** The aggregate's events as they are stored, oldest first; none if there is no such aggregate. */
    public EventSequence history(Class<? extends Aggregate> aggregateClass, UUID id) {
        List<StreamName> streams = types.of(aggregateClass).streams(id);
        StreamName stored = streams.size() == 1
                ? streams.get(0)
                : streams.stream()
                        .filter(stream -> store.position(stream).exists())
                        .findFirst()
                        .orElse(streams.get(0));
        return store.read(stored, ReadOptions.forwards());
    }

    /**
     * Loads an aggregate, runs a command on it and saves it. If somebody else saved it meanwhile, all of this is done again,
     * at most {@value #MAX_RETRIES} times; inside a transaction of the caller's it isn't, since what the transaction has
     * read would stay as old as it is.
     *
     * @return the aggregate, saved
     * @throws AggregateNotFoundException if there is none with this id
     * @throws AggregateConflictException if the last try lost the race too; those before are suppressed in it
     */
    public <A extends Aggregate> A update(Class<A> aggregateClass, UUID id, Consumer<? super A> command) {
        int retries = store instanceof TransactionAware aware && aware.isInTransaction() ? 0 : MAX_RETRIES;
        List<AggregateConflictException> earlier = new ArrayList<>(retries);
        while (true) {
            try {
                A aggregate = get(aggregateClass, id);
                command.accept(aggregate);
                eventSourcing.save(aggregate);
                return aggregate;
            } catch (AggregateConflictException e) {
                if (earlier.size() == retries) {
                    earlier.forEach(e::addSuppressed);
                    throw e;
                }
                earlier.add(e);
            }
        }
    }
}
