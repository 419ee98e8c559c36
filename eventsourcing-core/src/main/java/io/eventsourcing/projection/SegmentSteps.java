package io.eventsourcing.projection;

import io.eventsourcing.Instrumentation;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.BackOff;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
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

    private static final int LETTERS = 100;
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
    private final BackOff backOff = new BackOff();
    private final LongAdder handled = new LongAdder();

    private final ParkedStreams parked;
    private @Nullable Suspect suspect;

    /** Up to where events are handled one by one. */
    private long singleUpTo;

    /** Whether the handlers of the present batch have returned. */
    private boolean hasRun;

    private volatile Lease lease;
    private volatile long position;
    private volatile long batchBegan;
    private volatile boolean inBatch;
    private volatile @Nullable String lastError;

    SegmentSteps(RunningProjection running, Node node, Lease lease) {
        this.projection = running.projection();
        this.options = running.options();
        this.node = node;
        this.lease = lease;
        this.position = lease.position();
        this.parked = new ParkedStreams(projection.name(), lease.segment(), node);
    }

    Lease lease() {
        return lease;
    }

    /** Up to where it is done; the store may not know all of it yet. */
    long position() {
        return position;
    }

    /** For how long the present batch has run; 0 if there is none. */
    long batchNanos() {
        return inBatch ? Math.max(1, System.nanoTime() - batchBegan) : 0;
    }

    /** How many events it has handled. */
    long handled() {
        return handled.sum();
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

    /** The next page, or part of it. */
    Next step() {
        Feed.Page page = node.feed().after(position, projection);
        List<RecordedEvent> mine = page.events().stream()
                .filter(event -> projection.wants(event) && lease.segment().holds(event.stream()))
                .toList();
        if (mine.isEmpty()) {
            boolean moves = page.end() > position;
            position = Math.max(position, page.end());
            return moves ? Next.MORE : Next.NOTHING;
        }
        return handle(mine, page.end());
    }

    private Next handle(List<RecordedEvent> mine, long end) {
        Suspect last = suspect;
        int until = last == null ? -1 : mine.indexOf(last.event());
        if (position < singleUpTo && until != 0) {
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
            advance(() -> run(batch, end));
            if (suspect != null && suspect.event().commitPosition() <= position) {
                suspect = null;
                backOff.reset();
            }
            lastError = null;
        } catch (HandlerFailure e) {
            failed(e, e.event().equals(batch.get(0)));
        } catch (StaleLeaseException | StoreUnavailableException e) {
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
            if (parked.contains(event.stream())) {
                waiting.add(parked.letter(event, "", 0));
            } else {
                call(event, () -> projection.handle(event, timeouts));
            }
            if (System.nanoTime() - began > options.batchTime().toNanos()) {
                return new BatchResult(event.commitPosition(), waiting, List.of(), timeouts);
            }
        }
        return new BatchResult(end, waiting, List.of(), timeouts);
    }

    /** @param event which it is called for */
    void call(RecordedEvent event, Instrumentation.Handling handler) {
        try {
            handler.handle();
            handled.increment();
        } catch (VirtualMachineError | StoreUnavailableException | AppendOutcomeUnknownException e) {
            throw e; // it says nothing of the event
        } catch (Throwable e) {
            throw new HandlerFailure(event, e);
        } finally {
            Thread.interrupted(); // whom it was meant for has returned
        }
    }

    void advance(ProjectionStore.Batch batch) {
        batchBegan = System.nanoTime();
        inBatch = true;
        try {
            lease = node.store().advance(lease.at(position), node.lease(), batch);
            position = Math.max(position, lease.position());
        } finally {
            inBatch = false;
        }
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
                lease.segment(),
                event,
                pause.toMillis(),
                e.thrown());
    }

    private void park(HandlerFailure e, int attempts) {
        RecordedEvent event = e.event();
        DeadLetter letter = parked.letter(event, e.description(), attempts);
        suspect = new Suspect(event, attempts - 1, System.nanoTime(), null); // if it can't be parked, it is tried again
        advance(() -> new BatchResult(event.commitPosition(), List.of(letter), List.of()));
        suspect = null;
        backOff.reset();
        parked.add(event.stream());
        log.error(
                "{} failed to handle {} {} times. It is parked, and so is what comes behind it in its stream, until it"
                        + " is retried or skipped",
                lease.segment(),
                event,
                attempts,
                e.thrown());
    }

    /** Handles what is parked of a stream, in order, up to the first event that fails. */
    void retry(StreamName stream, DeadLetters.Request request, BooleanSupplier stopping) {
        DeadLetters letters = node.store().deadLetters();
        boolean skips = request == DeadLetters.Request.SKIP;
        List<DeadLetter> some = letters.ofStream(projection.name(), stream, LETTERS);
        while (!some.isEmpty()) {
            for (DeadLetter letter : some) {
                if (stopping.getAsBoolean() || !settle(letter, skips)) {
                    return;
                }
                skips = false;
            }
            some = letters.ofStream(projection.name(), stream, LETTERS);
        }
        parked.remove(stream);
    }

    /** @return false if it failed again */
    private boolean settle(DeadLetter letter, boolean skips) {
        RecordedEvent event = skips ? null : node.feed().at(letter.commitPosition());
        if (!skips && event == null) {
            return failedAgain(letter, "the event isn't in the store any more: skip it");
        }
        try {
            advance(() -> {
                List<TimeoutChange> timeouts = new ArrayList<>();
                if (event != null) {
                    call(event, () -> projection.handle(event, timeouts));
                }
                return new BatchResult(position, List.of(), List.of(letter), timeouts);
            });
        } catch (HandlerFailure e) {
            return failedAgain(letter, e.description());
        }
        log.info("{} has {} event {}", lease.segment(), skips ? "skipped" : "handled", letter.eventId());
        return true;
    }

    private boolean failedAgain(DeadLetter letter, String cause) {
        DeadLetter again = letter.failedAgain(cause, node.clock().instant());
        advance(() -> new BatchResult(position, List.of(again), List.of()));
        lastError = letter.eventType() + " " + letter.eventId() + ": " + cause;
        log.error("{} failed again to handle event {}: {}", lease.segment(), letter.eventId(), cause);
        return false;
    }
}
