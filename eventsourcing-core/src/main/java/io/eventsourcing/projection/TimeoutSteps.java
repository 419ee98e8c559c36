package io.eventsourcing.projection;

import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the timeouts of a segment that are due, each in a transaction of its own. It is called by one thread at a time;
 * when it wants to be called can be asked by any.
 */
final class TimeoutSteps {

    private static final Logger log = LoggerFactory.getLogger(TimeoutSteps.class);

    private static final int PAGE = 100;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final BoundProjection projection;
    private final int retries;
    private final Node node;
    private final Checkpoint checkpoint;
    private final SegmentSteps steps;
    private final Map<UUID, VersionConflictException> conflicts = new HashMap<>();

    /** Whether the store is to be asked when the next one is due. */
    private volatile boolean isToLook = true;

    /** Whether {@link #nextAt} says something that nobody has been woken for. */
    private volatile boolean isArmed;

    private volatile long nextAt;

    TimeoutSteps(RunningProjection running, Node node, Checkpoint checkpoint, SegmentSteps steps) {
        this.projection = running.projection();
        this.retries = running.options().retries();
        this.node = node;
        this.checkpoint = checkpoint;
        this.steps = steps;
    }

    boolean isConcerned() {
        return projection.hasTimeouts();
    }

    /** There may be others than are known. */
    void lookAgain() {
        isToLook = true;
    }

    /** When the next one is due, in nanoseconds from now. */
    long nanosToWait() {
        return isArmed ? Math.max(0, nextAt - System.nanoTime()) : NEVER;
    }

    /** Whether one has become due since this was asked. */
    boolean hasBecomeDue() {
        boolean isDue = isArmed && nextAt - System.nanoTime() <= 0;
        if (isDue) {
            isArmed = false;
            isToLook = true;
        }
        return isDue;
    }

    /** @return whether something was carried out, or failed */
    boolean carryOut(BooleanSupplier stopping) {
        if (!isConcerned() || !isToLook) {
            return false;
        }
        isToLook = false;
        boolean isDue = look();
        if (isDue) {
            List<Timeout> due = node.store().timeouts().due(checkpoint.segment(), PAGE);
            for (Timeout timeout : due) {
                if (stopping.getAsBoolean()) {
                    return false;
                }
                carryOut(timeout);
            }
            isToLook = true;
        }
        return isDue;
    }

    /** @return whether one is due now */
    private boolean look() {
        try {
            Optional<Duration> next = node.store().timeouts().untilNext(checkpoint.segment());
            boolean isDue = next.isPresent() && next.get().compareTo(Duration.ZERO) <= 0;
            if (next.isPresent() && !isDue) {
                nextAt = System.nanoTime() + Math.min(next.get().toMillis() + 1, TimeUnit.DAYS.toMillis(1)) * 1_000_000;
            }
            isArmed = next.isPresent() && !isDue;
            return isDue;
        } catch (RuntimeException e) {
            isToLook = true;
            throw e;
        }
    }

    private void carryOut(Timeout timeout) {
        try {
            checkpoint.advance(() -> run(timeout));
            conflicts.remove(timeout.id());
            steps.succeeded();
        } catch (TimeoutGoneException e) {
            log.debug("{}", e.getMessage());
        } catch (HandlerFailure e) {
            failed(timeout, e);
        } catch (StaleLeaseException
                | SegmentLimitException
                | StoreUnavailableException
                | AppendOutcomeUnknownException e) {
            isToLook = true;
            throw e;
        } catch (RuntimeException e) { // its transaction couldn't be committed
            failed(timeout, new HandlerFailure(timeout.asEvent(), e));
        }
    }

    /** In the transaction. */
    private BatchResult run(Timeout timeout) {
        List<TimeoutChange> changes = new ArrayList<>();
        changes.add(new TimeoutChange.Done(timeout));
        steps.handlers().call(timeout.asEvent(), () -> projection.carryOut(timeout, changes));
        return new BatchResult(checkpoint.position(), List.of(), List.of(), changes);
    }

    private void failed(Timeout timeout, HandlerFailure e) {
        VersionConflictException conflict = Suspect.conflict(e.thrown());
        boolean isLostRace = Suspect.isLostRace(conflict, conflicts.get(timeout.id()));
        remember(timeout, conflict);
        int attempts = timeout.attempts() + (isLostRace ? 0 : 1);
        Optional<Duration> pause = attempts > retries ? Optional.empty() : Optional.of(pause(attempts));
        keep(new TimeoutChange.Failed(withAttempts(timeout, attempts), e.description(), pause));
        steps.failedBecause(timeout + ": " + e.description());
        log.warn(
                "{} failed to carry out the {}, {}",
                checkpoint.segment(),
                timeout,
                pause.map(next -> "which is tried again in " + next.toMillis() + " ms")
                        .orElse(attempts + " times: it is kept until it is retried"),
                e.thrown());
    }

    private void remember(Timeout timeout, @Nullable VersionConflictException conflict) {
        if (conflict == null) {
            conflicts.remove(timeout.id());
        } else {
            conflicts.put(timeout.id(), conflict);
        }
    }

    private void keep(TimeoutChange change) {
        checkpoint.advance(() -> new BatchResult(checkpoint.position(), List.of(), List.of(), List.of(change)));
    }

    private static Duration pause(int attempts) {
        return Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 20)));
    }

    private static Timeout withAttempts(Timeout timeout, int attempts) {
        return new Timeout(
                timeout.projection(),
                timeout.stream(),
                timeout.tenant(),
                timeout.name(),
                timeout.id(),
                timeout.dueAt(),
                timeout.commitPosition(),
                timeout.data(),
                timeout.metadata(),
                attempts,
                timeout.cause());
    }
}
