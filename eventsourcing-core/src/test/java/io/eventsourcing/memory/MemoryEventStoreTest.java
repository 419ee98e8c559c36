package io.eventsourcing.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryEventStoreTest {

    private static final StreamName STREAM = StreamName.of("Dog-1");

    private final MemoryEventStore store = new MemoryEventStore();

    private static NewEvent event(byte... data) {
        return new NewEvent(UUID.randomUUID(), "Dog.TrickAdded", data, data, Instant.EPOCH);
    }

    private void append(int count) {
        store.append(
                STREAM,
                ExpectedPosition.any(),
                IntStream.range(0, count).mapToObj(i -> event((byte) i)).toList());
    }

    @Test
    void keepsNoArrayThatSomebodyElseHolds() {
        byte[] data = {1};
        store.append(STREAM, ExpectedPosition.noStream(), List.of(event(data)));
        data[0] = 2;
        RecordedEvent first =
                store.read(STREAM, ReadOptions.forwards()).toList().get(0);
        first.data()[0] = 3;
        first.metadata()[0] = 3;

        RecordedEvent again = store.readAll(ReadOptions.backwards()).toList().get(0);
        assertThat(again.data()).containsExactly(1);
        assertThat(again.metadata()).containsExactly(1);
    }

    @Test
    void readThatIsUnderWayFindsWhatIsAppendedMeanwhile() {
        append(5_000);
        Iterator<RecordedEvent> events =
                store.read(STREAM, ReadOptions.forwards()).iterator();
        events.next();
        append(5_000);

        assertThat(events)
                .toIterable()
                .hasSize(9_999)
                .extracting(RecordedEvent::streamPosition)
                .isSorted();
    }

    @Test
    void anyPositionMayBeTheStart() {
        append(3);

        assertThat(read(ReadOptions.backwards().from(Long.MAX_VALUE))).containsExactly(2L, 1L, 0L);
        assertThat(read(ReadOptions.forwards().from(Long.MAX_VALUE))).isEmpty();
        assertThat(readAll(ReadOptions.backwards().from(Long.MAX_VALUE))).containsExactly(3L, 2L, 1L);
        assertThat(readAll(ReadOptions.backwards().from(0))).isEmpty();
        assertThat(readAll(ReadOptions.forwards().from(Long.MAX_VALUE))).isEmpty();
    }

    private List<Long> read(ReadOptions options) {
        try (EventSequence events = store.read(STREAM, options)) {
            return events.stream().map(RecordedEvent::streamPosition).toList();
        }
    }

    private List<Long> readAll(ReadOptions options) {
        try (EventSequence events = store.readAll(options)) {
            return events.stream().map(RecordedEvent::commitPosition).toList();
        }
    }

    @Test
    void closingForgetsNothing() {
        append(1);
        store.close();

        assertThat(read(ReadOptions.forwards())).hasSize(1);
        assertThat(store.description()).isEqualTo("memory");
    }
}
