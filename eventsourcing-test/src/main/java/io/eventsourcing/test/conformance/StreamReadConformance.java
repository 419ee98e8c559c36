package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.reversed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A read of a stream finds what it should, in order, piece by piece. */
public interface StreamReadConformance extends ConformanceSuite {

    @ParameterizedTest
    @ArgumentsSource(ReadCase.All.class)
    default void readOfAStreamFindsWhatItShould(ReadCase readCase) {
        TestStream stream = TestStream.missing(store());
        for (int i = 0; i < 3; i++) {
            stream.append(any(), events(1));
            TestStream.of(store(), 2);
        }
        stream.isIntact();
        ReadOptions options = readCase.options(List.of(0L, 1L, 2L));
        assertThat(store().read(stream.name(), options).toList())
                .containsExactlyElementsOf(readCase.ofStream(stream.read(), options.from()));
    }

    @ParameterizedTest
    @ArgumentsSource(ReadCase.All.class)
    default void readOfAMissingStreamFindsNothing(ReadCase readCase) {
        TestStream existing = TestStream.of(store(), 3);
        TestStream missing = TestStream.missing(store());
        ReadOptions options = readCase.options(List.of(0L, 1L, 2L));
        assertThat(store().read(missing.name(), options).toList()).isEmpty();
        existing.isIntact();
    }

    @Test
    default void readOfMoreThanTenThousandEventsFindsEachOnce() {
        TestStream stream = TestStream.missing(store());
        for (int i = 0; i < 21; i++) {
            stream.append(any(), events(500));
        }
        stream.isIntact();
        List<UUID> all = ids(stream.read());
        assertThat(idsOf(stream, ReadOptions.backwards())).isEqualTo(reversed(all));
        assertThat(idsOf(stream, ReadOptions.forwards().from(4_999).limit(5_001)))
                .isEqualTo(all.subList(4_999, 10_000));
        assertThat(idsOf(stream, ReadOptions.backwards().from(9_999).limit(9_000)))
                .isEqualTo(reversed(all.subList(1_000, 10_000)));
    }

    /** Pages tend to have round sizes, and to go wrong at their ends. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 255, 256, 257, 999, 1000, 1001, 1024})
    default void readEndsWhereTheStreamEndsOrAtItsLimit(int size) {
        TestStream stream = TestStream.of(store(), size);
        List<UUID> all = ids(stream.read());
        assertThat(idsOf(stream, ReadOptions.backwards())).isEqualTo(reversed(all));
        assertThat(idsOf(stream, ReadOptions.forwards().limit(size - 1L))).isEqualTo(all.subList(0, size - 1));
        assertThat(idsOf(stream, ReadOptions.forwards().limit(size))).isEqualTo(all);
        assertThat(idsOf(stream, ReadOptions.backwards().limit(size + 1L))).isEqualTo(reversed(all));
    }

    @Test
    default void readCanBeIteratedOnce() {
        TestStream stream = TestStream.of(store(), 3);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        assertThat(read.toList()).hasSize(3);
        assertThatIllegalStateException().isThrownBy(read::iterator);
    }

    @Test
    default void readThatIsBeingIteratedCanNotBeIteratedAgain() {
        TestStream stream = TestStream.of(store(), 3);
        try (EventSequence read = store().read(stream.name(), ReadOptions.forwards())) {
            assertThat(read.iterator().next().streamPosition()).isZero();
            assertThatIllegalStateException().isThrownBy(read::iterator);
        }
    }

    @Test
    default void closedReadCanNotBeIterated() {
        TestStream stream = TestStream.of(store(), 3);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        read.close();
        assertThatIllegalStateException().isThrownBy(read::iterator);
    }

    @Test
    default void closingBreaksAReadOffAndCanBeRepeated() {
        TestStream stream = TestStream.of(store(), 600);
        EventSequence read = store().read(stream.name(), ReadOptions.forwards());
        Iterator<RecordedEvent> iterator = read.iterator();
        assertThat(iterator.next().streamPosition()).isZero();
        read.close();
        read.close();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(iterator::hasNext);
    }

    @Test
    default void closingTheJavaStreamEndsTheRead() {
        TestStream stream = TestStream.of(store(), 600);
        EventSequence read = store().read(stream.name(), ReadOptions.backwards());
        try (Stream<RecordedEvent> events = read.stream()) {
            assertThat(events.limit(2).map(RecordedEvent::streamPosition)).containsExactly(599L, 598L);
        }
        assertThatIllegalStateException().isThrownBy(read::iterator);
    }

    @Test
    default void iteratorThatWasNotAskedForMoreStillHasIt() {
        TestStream stream = TestStream.of(store(), 2);
        try (EventSequence read = store().read(stream.name(), ReadOptions.forwards())) {
            Iterator<RecordedEvent> iterator = read.iterator();
            assertThat(iterator.next().streamPosition()).isZero();
            assertThat(iterator.next().streamPosition()).isEqualTo(1);
            assertThat(iterator).isExhausted();
        }
    }

    @Test
    default void readThatIsOpenBearsAppendsToItsStream() {
        TestStream stream = TestStream.of(store(), 600);
        List<RecordedEvent> read = new ArrayList<>();
        try (EventSequence events = store().read(stream.name(), ReadOptions.forwards())) {
            for (RecordedEvent event : events) {
                read.add(event);
                if (read.size() == 10) {
                    stream.append(any(), events(5));
                }
            }
        }
        assertThat(read).as("what was there at first").hasSizeGreaterThanOrEqualTo(600);
        assertThat(ids(read)).isEqualTo(ids(stream.read()).subList(0, read.size()));
    }

    @Test
    default void readBackwardsThatIsOpenBearsAppendsToItsStream() {
        TestStream stream = TestStream.of(store(), 600);
        List<UUID> before = ids(stream.read());
        List<UUID> read = new ArrayList<>();
        try (EventSequence events = store().read(stream.name(), ReadOptions.backwards())) {
            for (RecordedEvent event : events) {
                read.add(event.id());
                if (read.size() == 10) {
                    stream.append(any(), events(5));
                }
            }
        }
        assertThat(read).isEqualTo(reversed(before));
        stream.isIntact();
    }

    @Test
    default void readsCanBeOpenSideBySide() {
        TestStream one = TestStream.of(store(), 300);
        TestStream other = TestStream.of(store(), 300);
        try (EventSequence first = store().read(one.name(), ReadOptions.forwards());
                EventSequence second = store().read(other.name(), ReadOptions.forwards())) {
            Iterator<RecordedEvent> left = first.iterator();
            Iterator<RecordedEvent> right = second.iterator();
            for (long i = 0; i < 300; i++) {
                assertThat(left.next())
                        .extracting(RecordedEvent::stream, RecordedEvent::streamPosition)
                        .containsExactly(one.name(), i);
                assertThat(right.next())
                        .extracting(RecordedEvent::stream, RecordedEvent::streamPosition)
                        .containsExactly(other.name(), i);
            }
        }
    }

    @Test
    default void readsThatAreClosedEarlyHoldNothing() {
        TestStream stream = TestStream.of(store(), 600);
        for (int i = 0; i < 300; i++) {
            try (EventSequence read = store().read(stream.name(), ReadOptions.forwards())) {
                assertThat(read.iterator().next().streamPosition()).isZero();
            }
        }
        stream.append(any(), events(1));
        stream.isIntact();
    }

    private List<UUID> idsOf(TestStream stream, ReadOptions options) {
        return ids(store().read(stream.name(), options).toList());
    }
}
