package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutChange;
import io.eventsourcing.projection.TimeoutGoneException;
import io.eventsourcing.projection.TimeoutStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Something is wrong with the timeouts. */
class WrongTimeouts extends ProjectionStoreView implements TimeoutStore {

    WrongTimeouts(ProjectionStore right) {
        super(right);
    }

    /** Of each change, it makes another one, or none. */
    static ProjectionStore changing(ProjectionStore right, Function<TimeoutChange, Stream<TimeoutChange>> change) {
        return new WrongTimeouts(right) {
            @Override
            public Lease advance(Lease lease, Duration duration, Batch batch) {
                return right.advance(lease, duration, () -> {
                    BatchResult result = batch.run();
                    return with(
                            result, result.timeouts().stream().flatMap(change).toList());
                });
            }
        };
    }

    static ProjectionStore without(ProjectionStore right, Class<? extends TimeoutChange> type) {
        return changing(right, change -> type.isInstance(change) ? Stream.empty() : Stream.of(change));
    }

    /** Timeouts that have failed too often are due at once. */
    static ProjectionStore retryingForEver(ProjectionStore right) {
        return changing(
                right,
                change -> Stream.of(
                        change instanceof TimeoutChange.Failed failed
                                        && failed.pause().isEmpty()
                                ? new TimeoutChange.Failed(failed.timeout(), failed.cause(), Optional.of(Duration.ZERO))
                                : change));
    }

    /** Takes what is gone for carried out. */
    static ProjectionStore forgiving(ProjectionStore right) {
        return new WrongTimeouts(right) {
            @Override
            public Lease advance(Lease lease, Duration duration, Batch batch) {
                BatchResult result = batch.run();
                try {
                    return right.advance(lease, duration, () -> result);
                } catch (TimeoutGoneException e) {
                    return right.advance(lease, duration, () -> with(result, List.of()));
                }
            }
        };
    }

    /** Keeps changes of timeouts in a transaction of their own. */
    static ProjectionStore apart(ProjectionStore right) {
        return new WrongTimeouts(right) {
            @Override
            public Lease advance(Lease lease, Duration duration, Batch batch) {
                BatchResult result = batch.run();
                for (long token = 9; token > 0; token--) {
                    Lease newest = new Lease(lease.segment(), token, lease.position());
                    if (right.renew(newest, duration)) {
                        right.advance(
                                newest,
                                duration,
                                () -> new BatchResult(newest.position(), List.of(), List.of(), result.timeouts()));
                        break;
                    }
                }
                return right.advance(lease, duration, () -> with(result, List.of()));
            }
        };
    }

    private static BatchResult with(BatchResult result, List<TimeoutChange> changes) {
        return new BatchResult(result.position(), result.parked(), result.settled(), changes);
    }

    @Override
    public TimeoutStore timeouts() {
        return this;
    }

    @Override
    public List<Timeout> due(SegmentId segment, int limit) {
        return right.timeouts().due(segment, limit);
    }

    @Override
    public Optional<Duration> untilNext(SegmentId segment) {
        return right.timeouts().untilNext(segment);
    }

    @Override
    public Count count(String projection) {
        return right.timeouts().count(projection);
    }

    @Override
    public List<Timeout> failed(String projection, int limit) {
        return right.timeouts().failed(projection, limit);
    }

    @Override
    public void retry(String projection) {
        right.timeouts().retry(projection);
    }
}
