package io.eventsourcing.projection;

import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles parked events of a segment again, on behalf of its owner. Not thread-safe. */
final class ParkedRetries {

    private static final Logger log = LoggerFactory.getLogger(ParkedRetries.class);

    private static final int LETTERS = 100;

    private final Node node;
    private final Checkpoint checkpoint;
    private final ParkedStreams parked;
    private final HandlerCalls handlers;
    private final Consumer<String> onFailure;

    /** @param onFailure is told what failed again */
    ParkedRetries(
            Node node, Checkpoint checkpoint, ParkedStreams parked, HandlerCalls handlers, Consumer<String> onFailure) {
        this.node = node;
        this.checkpoint = checkpoint;
        this.parked = parked;
        this.handlers = handlers;
        this.onFailure = onFailure;
    }

    /** Handles what is parked of a stream, in order, up to the first event that fails. */
    void retry(StreamName stream, DeadLetters.Request request, BooleanSupplier stopping) {
        boolean skips = request == DeadLetters.Request.SKIP;
        List<DeadLetter> some = letters(stream);
        while (!some.isEmpty()) {
            for (DeadLetter letter : some) {
                if (stopping.getAsBoolean() || !settle(letter, skips)) {
                    return;
                }
                skips = false;
            }
            some = letters(stream);
        }
        parked.remove(stream);
    }

    private List<DeadLetter> letters(StreamName stream) {
        return node.store().deadLetters().ofStream(checkpoint.segment().projection(), stream, LETTERS);
    }

    /** @return false if it failed again */
    private boolean settle(DeadLetter letter, boolean skips) {
        RecordedEvent event = skips ? null : node.feed().at(letter.commitPosition());
        if (!skips && event == null) {
            return failedAgain(letter, "the event isn't in the store any more: skip it");
        }
        try {
            checkpoint.advance(() -> {
                List<TimeoutChange> timeouts = new ArrayList<>();
                if (event != null) {
                    handlers.call(event, false, timeouts); // what failed hasn't happened
                }
                return new BatchResult(checkpoint.position(), List.of(), List.of(letter), timeouts);
            });
        } catch (HandlerFailure e) {
            return failedAgain(letter, e.description());
        }
        log.info("{} has {} event {}", checkpoint.segment(), skips ? "skipped" : "handled", letter.eventId());
        return true;
    }

    private boolean failedAgain(DeadLetter letter, String cause) {
        DeadLetter again = letter.failedAgain(cause, node.clock().instant());
        checkpoint.advance(() -> new BatchResult(checkpoint.position(), List.of(again), List.of()));
        onFailure.accept(letter.eventType() + " " + letter.eventId() + ": " + cause);
        log.error("{} failed again to handle event {}: {}", checkpoint.segment(), letter.eventId(), cause);
        return false;
    }
}
