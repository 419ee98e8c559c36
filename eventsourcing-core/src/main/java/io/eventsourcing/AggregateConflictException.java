package io.eventsourcing;

import io.eventsourcing.store.VersionConflictException;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An aggregate was saved by somebody else since it was loaded. Nothing was stored, and the aggregate that was to be saved
 * still has its pending events. Load it again and repeat the command, as {@link Repository#update} does.
 */
public class AggregateConflictException extends EventSourcingException {

    private final UUID aggregateId;
    private final transient OptionalLong expectedVersion;
    private final transient OptionalLong actualVersion;

    AggregateConflictException(
            String aggregate,
            UUID aggregateId,
            OptionalLong expectedVersion,
            OptionalLong actualVersion,
            VersionConflictException cause) {
        super(
                aggregate + " " + aggregateId + " was expected " + text(expectedVersion) + ", but "
                        + (actualVersion.isPresent() ? "it is " + text(actualVersion) : "it doesn't exist"),
                cause);
        this.aggregateId = aggregateId;
        this.expectedVersion = expectedVersion;
        this.actualVersion = actualVersion;
    }

    private static String text(OptionalLong version) {
        return version.isPresent() ? "at version " + version.getAsLong() : "not to exist";
    }

    public UUID aggregateId() {
        return aggregateId;
    }

    /** The version that the pending events follow; empty if the aggregate was new. */
    public OptionalLong expectedVersion() {
        return expectedVersion;
    }

    /** The version that is stored; empty if there is none. */
    public OptionalLong actualVersion() {
        return actualVersion;
    }
}
