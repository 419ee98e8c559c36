package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubscribeOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Events can be waited for in a loop, and be asked for with demand; that never ends until somebody ends it. */
public interface ObservationConformance extends ConformanceSuite {

    @Test
    default void loopSeesWhatIsThereAndWaitsForWhatComes() throws Exception {
        TestStream.of(store(), 1);
        long before = lastCommitPosition(store());
        append(50);
        List<RecordedEvent> seen = new CopyOnWriteArrayList<>();
        try (EventSequence events = store().observe(SubscribeOptions.after(before))) {
            CompletableFuture<Void> loop = CompletableFuture.runAsync(() -> {
                for (RecordedEvent event : events) {
                    seen.add(event);
                    if (seen.size() == 60) {
                        break;
                    }
                }
            });
            for (int appended = 50; appended < 60; appended += 2) {
                int there = appended;
                assertThat(Patience.awaits(() -> seen.size() == there))
                        .as("has seen %d events", appended)
                        .isTrue();
                append(2);
            }
            loop.get(Patience.seconds(), TimeUnit.SECONDS);
        }
        assertThat(seen).isEqualTo(allAfter(store(), before)).hasSize(60);
    }

    @Test
    default void observationHasTheSameFiltersAsASubscription() throws Exception {
        TestTree tree = TestTree.of(store());
        try (EventSequence events =
                store().observe(SubscribeOptions.after(tree.before()).types(tree.type(2)))) {
            Iterator<RecordedEvent> iterator = events.iterator();
            List<RecordedEvent> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                seen.add(next(iterator));
            }
            tree.append("", 2, TestEvents.TIME);
            seen.add(next(iterator));
            assertThat(seen)
                    .containsExactlyElementsOf(tree.events().stream()
                            .filter(event -> event.type().equals(tree.type(2)))
                            .toList());
        }
    }

    @Test
    default void closingEndsAWaitForEvents() throws Exception {
        TestStream.of(store(), 1);
        EventSequence events = store().observe(SubscribeOptions.fromNow());
        Iterator<RecordedEvent> iterator = events.iterator();
        append(1);
        assertThat(next(iterator).streamPosition()).isZero();
        CompletableFuture<Throwable> end = endOf(iterator);
        events.close();
        assertThat(end.get(Patience.seconds(), TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThatIllegalStateException().isThrownBy(events::iterator);
    }

    @Test
    default void closingTheStoreEndsAWaitForEvents() throws Exception {
        TestStream.of(store(), 1);
        EventSequence loop = store().observe(SubscribeOptions.fromNow());
        Demand demand = Demand.of(store().observe(SubscribeOptions.fromNow()).publisher());
        demand.request(10);
        Iterator<RecordedEvent> iterator = loop.iterator();
        append(1);
        assertThat(next(iterator).streamPosition()).isZero();
        CompletableFuture<Throwable> end = endOf(iterator);
        store().close();
        assertThat(end.get(Patience.seconds(), TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(demand.awaitEnd()).isInstanceOf(CancellationException.class);
        assertThatIllegalStateException().isThrownBy(() -> store().observe(SubscribeOptions.fromNow()));
    }

    private static CompletableFuture<Throwable> endOf(Iterator<RecordedEvent> iterator) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                iterator.next();
                end.complete(new AssertionError("an event has come"));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    @Test
    default void observerThatDoesNotFetchSlowsItselfAlone() throws Exception {
        TestStream.of(store(), 1);
        long before = lastCommitPosition(store());
        try (EventSequence idle = store().observe(SubscribeOptions.after(before))) {
            Recorder quick = Recorder.of(store(), before);
            for (int i = 0; i < 20; i++) {
                append(5);
                quick.sees(allAfter(store(), before));
            }
            Iterator<RecordedEvent> iterator = idle.iterator();
            List<RecordedEvent> seen = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                seen.add(next(iterator));
            }
            assertThat(seen).isEqualTo(quick.seen());
        }
    }

    @Test
    default void livePublisherPassesOnAsManyEventsAsItIsAskedFor() throws Exception {
        TestStream.of(store(), 1);
        long before = lastCommitPosition(store());
        append(30);
        Demand demand =
                Demand.of(store().observe(SubscribeOptions.after(before)).publisher());
        demand.gets(List.of());
        demand.request(2);
        demand.gets(allAfter(store(), before).subList(0, 2));
        demand.request(30);
        append(5);
        demand.gets(allAfter(store(), before).subList(0, 32));
        demand.request(100);
        append(5);
        demand.gets(allAfter(store(), before));
        demand.cancel();
        append(1);
        demand.gets(allAfter(store(), before).subList(0, 40));
        assertThat(demand.hasEnded()).isFalse();
    }

    /** One that doesn't come is not waited for without end. */
    private static RecordedEvent next(Iterator<RecordedEvent> iterator) throws Exception {
        return CompletableFuture.supplyAsync(iterator::next).get(Patience.seconds(), TimeUnit.SECONDS);
    }

    private void append(int count) {
        store().append(TestEvents.newStream(), any(), events(count));
    }
}
