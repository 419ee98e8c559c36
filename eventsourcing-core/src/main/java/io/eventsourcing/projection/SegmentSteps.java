package io.eventsourcing.projection;

import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.store.BackOff;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done with a segment next: a page of events, a batch of them in one transaction, and what becomes of an event
 * whose handler throws. It is called by one thread at a time; what it says of itself can be asked by any.
 */
final class SegmentSteps {

    private static final Logger log = LoggerFactory.getLogger(SegmentSteps.class);

    private static final Duration LOST_RACE = Duration.ofMillis(10);

    /**
     * How to go on.
     *
     * @param goesOn whether there may be more to do
     * @param rest what to wait for before that
     */
    record Next(boolean goesOn, Optional<Duration> rest) {

        static final Next NOTHING = new Next(false, Optional.empty());
        static final Next MORE = new Next(true, Optional.empty());
    }

    private final BoundProjection projection;
    private final ProjectionOptions options;
    private final Node node;
    private final Checkpoint checkpoint;
    private final ReadAhead events;
    private final ParkedStreams parked;
    private final ParkedRetries retries;
    private final HandlerCalls handlers;
    private final BackOff backOff = new BackOff();

    private @Nullable Suspect suspect;

    /** Up to where events are handled one by one. */
    private long singleUpTo;

    /** Whether the handlers of the present batch have returned. */
    private boolean hasRun;

    private volatile @Nullable String lastError;

    SegmentSteps(RunningProjection running, Node node, Checkpoint checkpoint, Executor executor) {
        this.projection = running.projection();
        this.options = running.options();
        this.node = node;
        this.checkpoint = checkpoint;
        this.events = new ReadAhead(node.feed(), projection, checkpoint.segment(), executor);
        this.handlers = new HandlerCalls(projection);
        this.parked = new ParkedStreams(checkpoint.segment(), node);
        this.retries = new ParkedRetries(node, checkpoint, parked, handlers, error -> lastError = error);
    }

    /** How many events it has handled. */
    long handled() {
        return handlers.handled();
    }

    /** Null if nothing has failed since the last success. */
    @Nullable
    String lastError() {
        return lastError;
    }

    void failedBecause(String description) {
        lastError = description;
        parked.forget(); // it may have been a commit of which nobody knows the outcome
    }

    void succeeded() {
        lastError = null;
    }

    HandlerCalls handlers() {
        return handlers;
    }

    /** Handles what is parked of a stream, in order, up to the first event that fails. */
    void retry(StreamName stream, DeadLetters.Request request, BooleanSupplier stopping) {
        retries.retry(stream, request, stopping);
    }

    /** The next page, or part of it. */
    Next step() {
        long limit = checkpoint.limit();
        Feed.Page page = events.after(checkpoint.position(), limit);
        if (page.events().isEmpty()) {
            return checkpoint.pass(page.end()) ? Next.MORE : Next.NOTHING;
        }
        return handle(page.events(), page.end());
    }

    private Next handle(List<RecordedEvent> mine, long end) {
        Suspect last = suspect;
        int until = last == null ? -1 : mine.indexOf(last.event());
        if (checkpoint.position() < singleUpTo && until != 0) {
            return handleBatch(mine.subList(0, 1), mine.get(0).commitPosition());
        }
        if (last == null || until < 0) {
            return handleBatch(mine, end);
        }
        if (until > 0) { // what comes before it must not be lost again
            return handleBatch(mine.subList(0, until), mine.get(until - 1).commitPosition());
        }
        long wait = last.triedAgainAt() - System.nanoTime();
        return wait > 0
                ? new Next(false, Optional.of(Duration.ofNanos(wait)))
                : handleBatch(mine.subList(0, 1), mine.get(0).commitPosition());
    }

    private Next handleBatch(List<RecordedEvent> batch, long end) {
        hasRun = false;
        try {
            checkpoint.advance(() -> run(batch, end));
            if (suspect != null && suspect.event().commitPosition() <= checkpoint.position()) {
                suspect = null;
                backOff.reset();
            }
            lastError = null;
        } catch (HandlerFailure e) {
            failed(e, e.event().equals(batch.get(0)));
        } catch (StaleLeaseException | SegmentLimitException | StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!hasRun) {
                throw e;
            }
            failedAtTheEnd(batch, e);
        }
        return Next.MORE;
    }

    /** A handler has left the transaction so that it can't be committed. Which one, single events will show. */
    private void failedAtTheEnd(List<RecordedEvent> batch, RuntimeException e) {
        if (batch.size() == 1) {
            failed(new HandlerFailure(batch.get(0), e), true);
        } else {
            singleUpTo = batch.get(batch.size() - 1).commitPosition();
        }
    }

    /** In the transaction. */
    private BatchResult run(List<RecordedEvent> batch, long end) {
        BatchResult result = handleAll(batch, end);
        hasRun = true;
        return result;
    }

    private BatchResult handleAll(List<RecordedEvent> batch, long end) {
        long began = System.nanoTime();
        List<DeadLetter> waiting = new ArrayList<>();
        List<TimeoutChange> timeouts = new ArrayList<>();
        for (RecordedEvent event : batch) {
            boolean isReplay = checkpoint.isReplay(event.commitPosition());
            if (isReplay && projection.hasSideEffects(event.type())) {
                continue;
            }
            if (parked.contains(event.stream())) {
                waiting.add(parked.letter(event, "", 0));
            } else {
                handlers.call(event, isReplay, timeouts);
            }
            if (System.nanoTime() - began > options.batchTime().toNanos()) {
                return new BatchResult(event.commitPosition(), waiting, List.of(), timeouts);
            }
        }
        return new BatchResult(end, waiting, List.of(), timeouts);
    }

    /** @param isFirst whether nothing was handled before it in its transaction */
    private void failed(HandlerFailure e, boolean isFirst) {
        RecordedEvent event = e.event();
        Suspect before = suspect != null && suspect.event().equals(event) ? suspect : null;
        VersionConflictException conflict = Suspect.conflict(e.thrown());
        boolean isLostRace = Suspect.isLostRace(conflict, before == null ? null : before.conflict());
        int attempts = (before == null ? 0 : before.attempts()) + (isLostRace ? 0 : 1);
        lastError = event + ": " + e.description();
        if (attempts > options.retries() && isFirst) {
            park(e, attempts);
            return;
        }
        Duration pause = isLostRace ? LOST_RACE : backOff.next();
        suspect = new Suspect(
                event, Math.min(attempts, options.retries()), System.nanoTime() + pause.toNanos(), conflict);
        log.warn(
                "{} failed to handle {}, and tries it again in {} ms",
                checkpoint.segment(),
                event,
                pause.toMillis(),
                e.thrown());
    }

    private void park(HandlerFailure e, int attempts) {
        RecordedEvent event = e.event();
        DeadLetter letter = parked.letter(event, e.description(), attempts);
        suspect = new Suspect(event, attempts - 1, System.nanoTime(), null); // if it can't be parked, it is tried again
        checkpoint.advance(() -> new BatchResult(event.commitPosition(), List.of(letter), List.of()));
        suspect = null;
        backOff.reset();
        parked.add(event.stream());
        log.error(
                "{} failed to handle {} {} times. It is parked, and so is what comes behind it in its stream, until it"
                        + " is retried or skipped",
                checkpoint.segment(),
                event,
                attempts,
                e.thrown());
    }
}
