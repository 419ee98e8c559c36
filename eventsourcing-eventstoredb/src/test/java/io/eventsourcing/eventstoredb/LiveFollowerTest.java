package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A server dies and comes back again and again, while many append, and one follows. */
class LiveFollowerTest {

    private static final int WRITERS = 4;
    private static final int APPENDS = 250;
    private static final int RESTARTS = 5;

    private final EventStoreDbServer server = EventStoreDbServer.start();
    private final Collection<UUID> appended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger appends = new AtomicInteger();

    private EventStoreDbEventStore open() {
        return EventStoreDbEventStore.builder(server.connectionString()).open();
    }

    @Test
    void nothingIsLostNothingComesTwiceAndTheOrderIsKept() throws Exception {
        StreamName shared = Events.newStream();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EventStoreDbEventStore writing = open();
                EventStoreDbEventStore reading = open()) {
            Future<List<RecordedEvent>> follower = threads.submit(() -> follow(reading));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> write(writing, shared)));
            }
            restartWhileTheyWrite(writers);
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            List<RecordedEvent> seen = follower.get(60, TimeUnit.SECONDS);
            everyEventWasSeenOnceAndInOrder(seen);
            assertThat(seen).isEqualTo(reading.readAll(ReadOptions.forwards()).toList());
        } finally {
            threads.shutdownNow();
            server.close();
        }
    }

    private void restartWhileTheyWrite(List<Future<?>> writers) {
        for (int restart = 1; restart <= RESTARTS; restart++) {
            while (appends.get() < restart * WRITERS * APPENDS / (RESTARTS + 1)
                    && !writers.stream().allMatch(Future::isDone)) {
                LockSupport.parkNanos(1_000_000);
            }
            // so that there are appends under way that were written, and are never answered
            server.faults().delayAnswers(Duration.ofSeconds(10));
            LockSupport.parkNanos(100_000_000);
            server.stop();
            server.faults().clear();
            LockSupport.parkNanos(50_000_000);
            server.startAgain();
        }
    }

    private void write(EventStore store, StreamName shared) {
        StreamName own = Events.newStream();
        for (int i = 0; i < APPENDS; i++) {
            List<NewEvent> events = Events.some(1 + i % 2);
            boolean toOwn = i % 2 != 0;
            appendUntilItIsKnown(
                    store, toOwn ? own : shared, toOwn ? behind(store, own) : ExpectedPosition.any(), events);
            events.forEach(event -> appended.add(event.id()));
            appends.incrementAndGet();
        }
    }

    private static ExpectedPosition behind(EventStore store, StreamName stream) {
        return store.position(stream).exists()
                ? ExpectedPosition.exactly(store.position(stream).value())
                : ExpectedPosition.noStream();
    }

    /** As the port says: the same append may be repeated. */
    private static void appendUntilItIsKnown(
            EventStore store, StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        while (true) {
            try {
                store.append(stream, expected, events);
                return;
            } catch (AppendOutcomeUnknownException | StoreUnavailableException e) {
                // once more
            }
        }
    }

    /** Reads when there is a signal, and not before. */
    private List<RecordedEvent> follow(EventStoreDbEventStore store) throws InterruptedException {
        List<RecordedEvent> seen = new ArrayList<>();
        AwaitedSignals signals = new AwaitedSignals();
        try (var registration = store.onAppend(signals)) {
            long position = 0;
            while (appends.get() < WRITERS * APPENDS || seen.size() < appended.size()) {
                signals.await("a signal, after " + seen.size() + " events");
                List<RecordedEvent> page;
                do {
                    page = store.readAll(
                                    ReadOptions.forwards().from(position + 1).limit(37))
                            .toList();
                    seen.addAll(page);
                    position = page.isEmpty()
                            ? position
                            : page.get(page.size() - 1).commitPosition();
                } while (page.size() == 37);
            }
        }
        return seen;
    }

    private void everyEventWasSeenOnceAndInOrder(List<RecordedEvent> seen) {
        assertThat(seen).extracting(RecordedEvent::id).containsExactlyInAnyOrderElementsOf(appended);
        assertThat(seen).extracting(RecordedEvent::commitPosition).isSorted().doesNotHaveDuplicates();
        Map<StreamName, Long> next = new HashMap<>();
        for (RecordedEvent event : seen) {
            assertThat(event.streamPosition()).isEqualTo(next.getOrDefault(event.stream(), 0L));
            next.put(event.stream(), event.streamPosition() + 1);
        }
        assertThat(next).hasSize(WRITERS + 1);
        assertThat(seen).hasSize(WRITERS * APPENDS * 3 / 2);
    }
}
