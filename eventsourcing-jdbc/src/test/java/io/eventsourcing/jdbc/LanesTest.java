package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private final Lanes lanes = new Lanes(2, this::write, Duration.ofMinutes(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void write(List<AppendRequest> batch) {
        begun.release();
        gate.acquireUninterruptibly();
        batch.forEach(request ->
                request.succeed(List.of(new AppendResult(request.appends().get(0).stream(), StreamPosition.of(0), 1))));
    }

    private static AppendRequest request(String stream, Set<String> tags, AppendCondition... conditions) {
        NewEvent event = new NewEvent(UUID.randomUUID(), "Dog.Barked", new byte[0], new byte[0], Instant.EPOCH, tags);
        return new AppendRequest(
                "",
                List.of(new StreamAppend(StreamName.of(stream), ExpectedPosition.any(), List.of(event))),
                List.of(conditions));
    }

    private Future<?> append(AppendRequest request) {
        return threads.submit(() -> lanes.append(request));
    }

    /** Appends one, which is written until the gate opens. */
    private Future<?> hold(AppendRequest request) throws InterruptedException {
        Future<?> result = append(request);
        assertThat(begun.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        return result;
    }

    private void finish(Future<?>... appends) throws Exception {
        gate.release(appends.length);
        for (Future<?> append : appends) {
            append.get(1, TimeUnit.MINUTES);
        }
    }

    private void awaitsItsTurn(AppendRequest request) throws InterruptedException {
        append(request);
        while (lanes.statistics().waiting() == 0) {
            Thread.sleep(1);
        }
        assertThat(begun.tryAcquire()).isFalse();
    }

    @Test
    void appendsOfDifferentTagsAreWrittenBesideEachOther() throws Exception {
        Future<?> one = hold(request("Dog-1", Set.of("a")));
        Future<?> other = hold(request("Dog-2", Set.of("b")));

        finish(one, other);
        assertThat(lanes.statistics().batches()).isEqualTo(2);
    }

    @Test
    void appendsOfOneTagTakeTurns() throws Exception {
        hold(request("Dog-1", Set.of("a", "b")));

        awaitsItsTurn(request("Dog-2", Set.of("c"), AppendCondition.noMatch(EventQuery.tagged("b"))));
        gate.release(2);
    }

    @Test
    void appendsToOneStreamTakeTurns() throws Exception {
        hold(request("Dog-1", Set.of("a")));

        awaitsItsTurn(request("Dog-1", Set.of("b")));
        gate.release(2);
    }

    @Test
    void appendsWithoutTagsTakeTurns() throws Exception {
        hold(request("Dog-1", Set.of()));

        awaitsItsTurn(request("Dog-2", Set.of()));
        gate.release(2);
    }

    @Test
    void nothingIsNeededAnyMoreBehindTheLast() throws Exception {
        finish(hold(request("Dog-1", Set.of("a"))));
        Future<?> other = hold(request("Dog-2", Set.of("b")));

        finish(hold(request("Dog-1", Set.of("a"))), other);
    }
}
