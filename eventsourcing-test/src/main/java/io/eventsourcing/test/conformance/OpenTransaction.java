package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A transaction in a thread of its own, which takes one step after the other when the test says so. A step returns when it
 * is done, or when it obviously waits for another transaction: then it is done once that one has ended.
 */
final class OpenTransaction implements AutoCloseable {

    /** How long a step is waited for. A store whose appends don't wait for each other never needs it. */
    private static final long PATIENCE_MILLIS = 300;

    private final EventStore store;
    private final List<Written> written = new ArrayList<>();
    private final BlockingQueue<FutureTask<?>> steps = new LinkedBlockingQueue<>();
    private final List<FutureTask<?>> begun = new ArrayList<>();
    private final FutureTask<?> whole;
    private TransactionEnd end = TransactionEnd.ROLLBACK;
    private boolean ending;

    OpenTransaction(EventStoreFixture fixture, EventStore store) {
        this.store = store;
        this.whole = new FutureTask<>(() -> fixture.inTransaction(store, this::takeSteps), true);
        Thread thread = new Thread(whole, "open transaction");
        thread.setDaemon(true);
        thread.start();
        step(() -> {}); // it has begun
    }

    private TransactionEnd takeSteps() {
        try {
            while (!ending) {
                steps.take().run();
            }
            return end;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Appends an event to a stream. */
    OpenTransaction append(StreamName stream) {
        List<NewEvent> events = events(1);
        step(() -> written.add(new Written(store.append(stream, any(), events), events)));
        return this;
    }

    /** Ends it. */
    void end(TransactionEnd as) {
        step(() -> {
            end = as;
            ending = true;
        });
        if (begun.get(begun.size() - 1).isDone()) {
            await(whole);
        }
    }

    private void step(Runnable action) {
        boolean waits = !begun.isEmpty() && !begun.get(begun.size() - 1).isDone();
        FutureTask<?> step = new FutureTask<>(action, true);
        begun.add(step);
        steps.add(step);
        if (!waits) {
            await(step);
        }
    }

    private static void await(FutureTask<?> task) {
        try {
            task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // it waits for another transaction
        } catch (ExecutionException e) {
            throw new AssertionError("A transaction failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has committed, once everything that it was told to do is done. */
    List<Written> committed() {
        begun.forEach(OpenTransaction::join);
        join(whole);
        return end == TransactionEnd.COMMIT ? List.copyOf(written) : List.of();
    }

    private static void join(FutureTask<?> task) {
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A transaction failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rolls it back, unless it was ended. */
    @Override
    public void close() {
        steps.add(new FutureTask<>(() -> ending = true));
        join(whole);
    }
}
