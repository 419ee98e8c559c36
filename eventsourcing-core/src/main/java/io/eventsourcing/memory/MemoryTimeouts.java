package io.eventsourcing.memory;

import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutChange;
import io.eventsourcing.projection.TimeoutGoneException;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.store.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps timeouts in memory. Thread-safe. */
final class MemoryTimeouts implements TimeoutStore {

    private record Key(String projection, StreamName stream, String tenant, String name) {

        static Key of(Timeout timeout) {
            return new Key(timeout.projection(), timeout.stream(), timeout.tenant(), timeout.name());
        }
    }

    /** @param next when it is to be carried out; null if it has failed too often */
    private record Kept(Timeout timeout, @Nullable Instant next) {

        boolean waits() {
            return next != null;
        }

        Instant due() {
            return Objects.requireNonNull(next);
        }
    }

    private final Clock clock;
    private final Map<Key, Kept> timeouts = new HashMap<>();

    MemoryTimeouts(Clock clock) {
        this.clock = clock;
    }

    /** All of it, or nothing. */
    synchronized void change(List<TimeoutChange> changes) {
        changes.forEach(this::requireThere);
        changes.forEach(this::change);
    }

    private void requireThere(TimeoutChange change) {
        if (change instanceof TimeoutChange.Done done && find(done.timeout()) == null) {
            throw new TimeoutGoneException(done.timeout());
        }
    }

    private @Nullable Kept find(Timeout timeout) {
        Kept kept = timeouts.get(Key.of(timeout));
        return kept == null || !kept.timeout().equals(timeout) ? null : kept;
    }

    private void change(TimeoutChange change) {
        if (change instanceof TimeoutChange.Set set) {
            Timeout timeout =
                    set.delay().map(delay -> dueAt(set.timeout(), delay)).orElse(set.timeout());
            timeouts.put(Key.of(timeout), new Kept(timeout, timeout.dueAt()));
        } else if (change instanceof TimeoutChange.Cancelled cancelled) {
            timeouts.remove(new Key(cancelled.projection(), cancelled.stream(), cancelled.tenant(), cancelled.name()));
        } else if (change instanceof TimeoutChange.Done done) {
            timeouts.remove(Key.of(done.timeout()));
        } else {
            fail((TimeoutChange.Failed) change);
        }
    }

    private Timeout dueAt(Timeout timeout, Duration delay) {
        return with(timeout, clock.instant().plus(delay), timeout.attempts(), timeout.cause());
    }

    private void fail(TimeoutChange.Failed failed) {
        Timeout timeout = failed.timeout();
        if (find(timeout) != null) {
            Timeout now = with(timeout, timeout.dueAt(), timeout.attempts(), failed.cause());
            Instant next = failed.pause().map(clock.instant()::plus).orElse(null);
            timeouts.put(Key.of(timeout), new Kept(now, next));
        }
    }

    private static Timeout with(Timeout timeout, Instant dueAt, int attempts, String cause) {
        return new Timeout(
                timeout.projection(),
                timeout.stream(),
                timeout.tenant(),
                timeout.name(),
                timeout.id(),
                dueAt,
                timeout.commitPosition(),
                timeout.data(),
                timeout.metadata(),
                attempts,
                cause);
    }

    private Stream<Kept> waiting(SegmentId segment) {
        return timeouts.values().stream()
                .filter(kept -> kept.waits() && kept.timeout().projection().equals(segment.projection()))
                .filter(kept -> segment.holds(kept.timeout().stream()))
                .sorted(Comparator.comparing(Kept::due));
    }

    @Override
    public synchronized List<Timeout> due(SegmentId segment, int limit) {
        Instant now = clock.instant();
        return waiting(segment)
                .filter(kept -> !kept.due().isAfter(now))
                .limit(limit)
                .map(Kept::timeout)
                .toList();
    }

    @Override
    public synchronized Optional<Duration> untilNext(SegmentId segment) {
        return waiting(segment).findFirst().map(kept -> Duration.between(clock.instant(), kept.due()));
    }

    private Stream<Kept> of(String projection) {
        return timeouts.values().stream()
                .filter(kept -> kept.timeout().projection().equals(projection));
    }

    @Override
    public synchronized Count count(String projection) {
        return new Count(
                of(projection).filter(Kept::waits).count(),
                of(projection).filter(kept -> !kept.waits()).count());
    }

    @Override
    public synchronized List<Timeout> failed(String projection, int limit) {
        return of(projection)
                .filter(kept -> !kept.waits())
                .map(Kept::timeout)
                .sorted(Comparator.comparing(Timeout::dueAt))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void retry(String projection) {
        List<Timeout> failed = failed(projection, Integer.MAX_VALUE);
        failed.forEach(timeout -> timeouts.put(
                Key.of(timeout), new Kept(with(timeout, timeout.dueAt(), 0, timeout.cause()), clock.instant())));
    }
}
