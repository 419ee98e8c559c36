package io.eventsourcing.spring;

import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.ProjectionOptions;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set about projections.
 *
 * @param enabled Whether to run projections in this process.
 * @param node Name of this process, which the others see. Each needs another one. By default, made of its number.
 * @param lease How long a process may be silent before others take over what it works on. No handler may take so long for
 *     one event.
 * @param mode When handlers of projections are called. Those of process managers follow the events.
 * @param segments Into how many parts a projection is divided when it is first run, so that as many threads and processes
 *     can work on it.
 * @param retries How often a handler that fails gets the same event again before the event is parked.
 * @param batchTime After how long a batch of events is committed.
 * @param start Where a projection begins that was never run. A process manager begins at the end, unless it is named.
 * @param maxBehind How old events may be that wait to be handled, before the health is down.
 * @param named What is different for single projections, by their names.
 */
@ConfigurationProperties("eventsourcing.projections")
record ProjectionsProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String node,
        @DefaultValue("10s") Duration lease,
        @DefaultValue("following") Mode mode,
        @DefaultValue("1") int segments,
        @DefaultValue("3") int retries,
        @DefaultValue("200ms") Duration batchTime,
        @DefaultValue("beginning") ProjectionOptions.Start start,
        @DefaultValue("5m") Duration maxBehind,
        @DefaultValue Map<String, Named> named) {

    /** When handlers are called. */
    enum Mode {
        /** Soon after the events were stored, exactly once. */
        FOLLOWING,
        /** In the transaction that stores the events. */
        INLINE,
        /** When somebody asks for it. */
        ON_DEMAND
    }

    /**
     * What is different for one projection.
     *
     * @param enabled Whether to run it in this process.
     * @param mode When its handlers are called.
     * @param segments Into how many parts it is divided when it is first run.
     * @param retries How often a handler that fails gets the same event again.
     * @param batchTime After how long a batch of events is committed.
     * @param start Where it begins if it was never run.
     */
    record Named(
            @DefaultValue("true") boolean enabled,
            @Nullable Mode mode,
            @Nullable Integer segments,
            @Nullable Integer retries,
            @Nullable Duration batchTime,
            ProjectionOptions.@Nullable Start start) {}

    boolean runs(String projection) {
        Named own = named.get(projection);
        return own == null || own.enabled();
    }

    /** @throws ProjectionDefinitionException if a process manager is to be something else than following */
    Mode mode(ProjectionDefinition projection) {
        Named own = named.get(projection.name());
        Mode asked = own == null ? null : own.mode();
        if (!projection.isProcess()) {
            return asked == null ? mode : asked;
        }
        if (asked != null && asked != Mode.FOLLOWING) {
            throw new ProjectionDefinitionException(
                    "A process manager follows the events, so that it reacts to each once:"
                            + " leave out eventsourcing.projections.named." + projection.name() + ".mode");
        }
        return Mode.FOLLOWING;
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    ProjectionOptions options(ProjectionDefinition projection) {
        Named own = named.getOrDefault(projection.name(), new Named(true, null, null, null, null, null));
        return new ProjectionOptions(
                own.segments() != null ? own.segments() : segments,
                own.retries() != null ? own.retries() : retries,
                own.batchTime() != null ? own.batchTime() : batchTime,
                own.start() != null ? own.start() : projection.isProcess() ? ProjectionOptions.Start.END : start);
    }
}
