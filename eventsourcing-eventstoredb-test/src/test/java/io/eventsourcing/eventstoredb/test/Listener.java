package io.eventsourcing.eventstoredb.test;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.kurrent.dbclient.Checkpointer;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.Subscription;
import io.kurrent.dbclient.SubscriptionListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Notes what a subscription is told, in order: the types of events, checkpoints, that it caught up, its end. */
class Listener extends SubscriptionListener {

    static final String CAUGHT_UP = "(caught up)";
    static final String CHECKPOINT = "(checkpoint)";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    final List<RecordedEvent> events = new ArrayList<>();
    final List<Position> checkpoints = new ArrayList<>();
    volatile Optional<Long> caughtUpRevision = Optional.empty();
    volatile Optional<Position> caughtUpPosition = Optional.empty();
    final CompletableFuture<Optional<Throwable>> cancelled = new CompletableFuture<>();

    @Override
    public synchronized void onEvent(Subscription subscription, ResolvedEvent event) {
        events.add(event.getOriginalEvent());
        told.add(event.getOriginalEvent().getEventType());
    }

    @Override
    public void onCaughtUp(Subscription subscription, Instant timestamp, Long revision, Position position) {
        caughtUpRevision = Optional.ofNullable(revision);
        caughtUpPosition = Optional.ofNullable(position);
        told.add(CAUGHT_UP);
    }

    @Override
    public void onCancelled(Subscription subscription, Throwable exception) {
        cancelled.complete(Optional.ofNullable(exception));
    }

    Checkpointer checkpointer() {
        return (subscription, position) -> {
            checkpoints.add(position);
            told.add(CHECKPOINT);
            return CompletableFuture.completedFuture(null);
        };
    }

    /** The next things told, system events left out; fewer if they don't come. */
    List<String> next(int count) {
        List<String> next = new ArrayList<>();
        try {
            while (next.size() < count) {
                String one = told.poll(10, SECONDS);
                if (one == null) {
                    return next;
                }
                if (!one.startsWith("$")) {
                    next.add(one);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next;
    }

    /** Whether nothing is told for a moment. */
    boolean silent() {
        try {
            return told.poll(300, MILLISECONDS) == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
