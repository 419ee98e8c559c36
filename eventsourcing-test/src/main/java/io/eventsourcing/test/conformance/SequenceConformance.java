package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a read finds can be had in several ways, and is never taken for the whole when it isn't. */
public interface SequenceConformance extends ConformanceSuite {

    @Test
    default void readThatHasReachedItsEndIsCompleteAlsoWhenItIsClosed() {
        TestStream stream = TestStream.of(store(), 150);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        Iterator<RecordedEvent> iterator = read.iterator();
        List<RecordedEvent> events = new ArrayList<>();
        iterator.forEachRemaining(events::add);
        read.close();
        assertThat(iterator.hasNext()).isFalse();
        assertThat(events).isEqualTo(stream.read()).hasSize(150);
    }

    @Test
    default void readThatIsClosedByAnotherThreadIsBrokenOff() {
        TestStream stream = TestStream.of(store(), 600);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        List<RecordedEvent> events = new ArrayList<>();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> {
            for (RecordedEvent event : read) {
                events.add(event);
                if (events.size() == 5) {
                    CompletableFuture.runAsync(read::close).join();
                }
            }
        });
        assertThat(events).isEqualTo(stream.read().subList(0, 5));
    }

    @Test
    default void javaStreamOfAllEventsCanBeClosedEarly() {
        TestStream stream = TestStream.of(store(), 600);
        EventSequence read = store().readAll(ReadOptions.backwards());
        Iterator<RecordedEvent> iterator;
        try (Stream<RecordedEvent> events = read.stream()) {
            iterator = events.iterator();
            assertThat(iterator.next().stream()).isEqualTo(stream.name());
            assertThat(iterator.next().streamPosition()).isEqualTo(598);
        }
        assertThatExceptionOfType(CancellationException.class).isThrownBy(iterator::next);
    }

    @Test
    default void publisherPassesOnAsManyEventsAsItIsAskedFor() throws Exception {
        TestStream stream = TestStream.of(store(), 700);
        List<RecordedEvent> all = stream.read();
        Demand demand =
                Demand.of(store().read(stream.name(), ReadOptions.forwards()).publisher());
        demand.gets(List.of());
        demand.request(3);
        demand.gets(all.subList(0, 3));
        demand.request(200);
        demand.request(2);
        demand.gets(all.subList(0, 205));
        assertThat(demand.hasEnded()).isFalse();
        demand.request(Long.MAX_VALUE);
        assertThat(demand.awaitEnd()).isNull();
        assertThat(demand.got()).isEqualTo(all);
    }

    @Test
    default void publisherThatIsCancelledPassesOnNothingMore() throws Exception {
        TestStream stream = TestStream.of(store(), 300);
        EventSequence read = store().read(stream.name(), ReadOptions.backwards());
        Demand demand = Demand.of(read.publisher());
        demand.request(2);
        Patience.awaits(() -> demand.got().size() == 2);
        demand.cancel();
        demand.request(10);
        List<RecordedEvent> all = stream.read();
        demand.gets(List.of(all.get(299), all.get(298)));
        assertThat(demand.hasEnded()).isFalse();
    }

    @Test
    default void publisherOfAReadThatIsClosedEndsWithAFailure() throws Exception {
        TestStream stream = TestStream.of(store(), 300);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        Demand demand = Demand.of(read.publisher());
        demand.request(2);
        demand.gets(stream.read().subList(0, 2));
        read.close();
        demand.request(10);
        assertThat(demand.awaitEnd()).isInstanceOf(CancellationException.class);
        assertThat(demand.got()).hasSize(2);
    }

    @Test
    default void publisherHasOneSubscriber() throws Exception {
        TestStream stream = TestStream.of(store(), 3);
        var publisher = store().read(stream.name(), ReadOptions.forwards()).publisher();
        Demand first = Demand.of(publisher);
        Demand second = Demand.of(publisher);
        assertThat(second.awaitEnd()).isInstanceOf(IllegalStateException.class);
        first.request(10);
        assertThat(first.awaitEnd()).isNull();
        assertThat(first.got()).isEqualTo(stream.read());
    }
}
