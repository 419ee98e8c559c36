package io.eventsourcing;

import java.util.UUID;

/** There is no aggregate with this id, or none as old as this version. */
public class AggregateNotFoundException extends EventSourcingException {

    private final Class<? extends Aggregate> aggregateClass;
    private final UUID aggregateId;

    AggregateNotFoundException(Class<? extends Aggregate> aggregateClass, UUID aggregateId) {
        this(aggregateClass, aggregateId, "There is no " + aggregateClass.getSimpleName() + " with id " + aggregateId);
    }

    AggregateNotFoundException(
            Class<? extends Aggregate> aggregateClass, UUID aggregateId, long version, String whichThereIs) {
        this(
                aggregateClass,
                aggregateId,
                aggregateClass.getSimpleName() + " " + aggregateId + " has no version " + version + ", "
                        + whichThereIs);
    }

    private AggregateNotFoundException(Class<? extends Aggregate> aggregateClass, UUID aggregateId, String message) {
        super(message);
        this.aggregateClass = aggregateClass;
        this.aggregateId = aggregateId;
    }

    public Class<? extends Aggregate> aggregateClass() {
        return aggregateClass;
    }

    public UUID aggregateId() {
        return aggregateId;
    }
}
