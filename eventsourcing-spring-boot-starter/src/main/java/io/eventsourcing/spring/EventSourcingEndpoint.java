package io.eventsourcing.spring;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the event store and its projections, without a payload; and, where that access is given, lets operators help
 * projections.
 */
@Endpoint(id = "eventsourcing", defaultAccess = Access.READ_ONLY)
final class EventSourcingEndpoint {

    private static final int LETTERS = 100;
    private static final int DIFFERENCES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventStore store;
    private final Projections projections;

    EventSourcingEndpoint(EventStore store, Projections projections) {
        this.store = store;
        this.projections = projections;
    }

    /** Everything at a glance. */
    record Overview(Store store, String node, Map<String, Standing> projections) {}

    /**
     * @param position of the newest event; 0 if there is none
     * @param streams how many there are, if that was asked for and the store can tell
     * @param events how many there are, by type, if that was asked for and the store can tell
     */
    record Store(
            String backend,
            long position,
            @Nullable Long streams,
            @Nullable Map<String, Long> events) {}

    /** How a projection stands; {@code lag} has a limit, see {@link ProjectionStatus#MAX_LAG}. */
    record Standing(
            String state,
            long position,
            long head,
            int lag,
            Duration behind,
            double rate,
            List<Part> segments,
            @Nullable String lastError,
            long deadLetters,
            @Nullable Timeouts timeouts) {

        static Standing of(ProjectionStatus status) {
            return new Standing(
                    status.paused() ? "paused" : "running",
                    status.position(),
                    status.head(),
                    status.lag(),
                    status.behind(),
                    status.rate(),
                    status.segments().stream()
                            .map(segment -> new Part(
                                    segment.first() + "-" + segment.last(),
                                    segment.position(),
                                    segment.owner().orElse(null)))
                            .toList(),
                    status.lastError().orElse(null),
                    status.deadLetters(),
                    Timeouts.of(status.timeouts()));
        }
    }

    /** How many of a process manager wait, and how many are kept as failed. */
    record Timeouts(long waiting, long failed) {

        /** @return null if there are none */
        static @Nullable Timeouts of(TimeoutStore.Count count) {
            return count.equals(TimeoutStore.Count.NONE) ? null : new Timeouts(count.waiting(), count.failed());
        }
    }

    /** A segment, by its slots. */
    record Part(String slots, long position, @Nullable String owner) {}

    /** One projection, with the first of its events that are parked and timeouts that have failed, and its rebuild, if any. */
    record Details(
            Standing standing,
            List<Letter> deadLetters,
            List<FailedTimeout> failedTimeouts,
            @Nullable RebuildView rebuild) {}

    /** A timeout that is kept until it is retried. */
    record FailedTimeout(String stream, String name, Instant dueAt, String cause, int attempts) {

        static FailedTimeout of(Timeout timeout) {
            return new FailedTimeout(
                    timeout.stream().value(), timeout.name(), timeout.dueAt(), timeout.cause(), timeout.attempts());
        }
    }

    /** An event that is parked, or waits behind one that is. */
    record Letter(String stream, long position, String type, String cause, int attempts, Instant parkedAt) {

        static Letter of(DeadLetter letter) {
            return new Letter(
                    letter.stream().value(),
                    letter.commitPosition(),
                    letter.eventType(),
                    letter.cause(),
                    letter.attempts(),
                    letter.parkedAt());
        }
    }

    /** What operators can do to a projection. */
    enum Action {
        PAUSE,
        RESUME,
        /** Handle parked events again: those of a stream, or all, and timeouts that have failed. */
        RETRY,
        /** Leave the first parked event of a stream out. */
        SKIP,
        /** Empty its tables, and begin anew. */
        RESET,
        /** Divide it into another number of segments. */
        RESIZE,
        /** Write its tables anew, beside them. */
        REBUILD,
        /** Put what was rebuilt in the place of what is there. */
        COMPLETE,
        /** Give a rebuild up. */
        CANCEL
    }

    /** @param done whether there was something to do it to */
    record Outcome(boolean done) {}

    /** @param count whether to count streams and events, which takes long where there are many */
    @ReadOperation
    Overview overview(@Nullable Boolean count) {
        Map<String, Standing> standings = new TreeMap<>();
        for (String name : projections.names()) {
            projections.status(name).ifPresent(status -> standings.put(name, Standing.of(status)));
        }
        return new Overview(store(Boolean.TRUE.equals(count)), projections.node(), standings);
    }

    private Store store(boolean count) {
        Catalogue catalogue = count && store instanceof Catalogue knowing ? knowing : null;
        return new Store(
                store.description(),
                store.lastPosition().orElse(0),
                catalogue == null ? null : streams(catalogue),
                catalogue == null ? null : events(catalogue));
    }

    private static long streams(Catalogue catalogue) {
        try (Stream<StreamName> streams = catalogue.streams(StreamFilter.all())) {
            return streams.count();
        }
    }

    private static Map<String, Long> events(Catalogue catalogue) {
        return catalogue.eventTypes().stream().collect(Collectors.toMap(EventType::name, EventType::count));
    }

    /**
     * @param compare whether to compare the tables with what was rebuilt, which takes long where there are many rows
     * @return null, which is not found, if there is no such projection, or it has never been run
     */
    @ReadOperation
    @Nullable
    Details projection(@Selector String name, @Nullable Boolean compare) {
        return projections.names().contains(name)
                ? projections
                        .status(name)
                        .map(status -> details(status, Boolean.TRUE.equals(compare)))
                        .orElse(null)
                : null;
    }

    private Details details(ProjectionStatus status, boolean compare) {
        List<DeadLetter> letters = projections.deadLetters(status.name(), LETTERS);
        List<FailedTimeout> failed = projections.failedTimeouts(status.name(), LETTERS).stream()
                .map(FailedTimeout::of)
                .toList();
        return new Details(
                Standing.of(status),
                letters.stream().map(Letter::of).toList(),
                failed,
                rebuild(status.name(), compare));
    }

    private @Nullable RebuildView rebuild(String name, boolean compare) {
        try {
            return projections
                    .rebuilds()
                    .status(name)
                    .map(status -> RebuildView.of(
                            status, compare ? projections.rebuilds().compare(name, DIFFERENCES) : null))
                    .orElse(null);
        } catch (UnsupportedByStoreException e) {
            return null; // where nothing can be rebuilt, nothing is
        }
    }

    /**
     * @param stream whose parked events are meant; without it, all are retried
     * @param segments into how many the projection is to be divided
     * @param timeout how long to wait for a rebuild to catch up; half a minute if nothing is said
     * @throws InvalidEndpointRequestException if there is no such projection, something isn't said that the action needs, or
     *     it can't be done at present
     */
    @WriteOperation
    Outcome change(
            @Selector String name,
            Action action,
            @Nullable String stream,
            @Nullable Integer segments,
            @Nullable Duration timeout) {
        require(projections.names().contains(name), "There is no projection " + name);
        try {
            return switch (action) {
                case RESIZE -> resize(name, segments);
                case REBUILD -> done(() -> projections.rebuilds().start(name));
                case COMPLETE ->
                    new Outcome(projections.rebuilds().complete(name, timeout == null ? PATIENCE : timeout));
                case CANCEL -> new Outcome(projections.rebuilds().cancel(name));
                default -> change(name, action, stream);
            };
        } catch (IllegalStateException
                | IllegalArgumentException
                | ProjectionDefinitionException
                | UnsupportedByStoreException e) {
            String reason = String.valueOf(e.getMessage());
            throw new InvalidEndpointRequestException(reason, reason);
        }
    }

    private Outcome change(String name, Action action, @Nullable String stream) {
        return switch (action) {
            case PAUSE -> done(() -> projections.pause(name));
            case RESUME -> done(() -> projections.resume(name));
            case RETRY ->
                stream == null
                        ? done(() -> projections.retryAll(name))
                        : new Outcome(projections.retry(name, StreamName.of(stream)));
            case SKIP -> skip(name, stream);
            case RESET -> done(() -> projections.reset(name));
            default -> throw new IllegalArgumentException("There is no action " + action);
        };
    }

    private Outcome resize(String name, @Nullable Integer segments) {
        require(segments != null, "Into how many segments is it to be divided? Say \"segments\"");
        return done(() -> projections.resize(name, Objects.requireNonNull(segments)));
    }

    private Outcome skip(String name, @Nullable String stream) {
        require(stream != null, "Which stream's event is to be skipped? Say \"stream\"");
        return new Outcome(projections.skip(name, StreamName.of(Objects.requireNonNull(stream))));
    }

    private static Outcome done(Runnable action) {
        action.run();
        return new Outcome(true);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new InvalidEndpointRequestException(otherwise, otherwise);
        }
    }
}
