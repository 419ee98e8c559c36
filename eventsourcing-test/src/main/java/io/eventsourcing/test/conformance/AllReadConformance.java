package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.reversed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A read of all events finds what it should, in the order in which it became visible, piece by piece. */
public interface AllReadConformance extends ConformanceSuite {

    @ParameterizedTest
    @ArgumentsSource(ReadCase.All.class)
    default void readOfAllFindsWhatItShould(ReadCase readCase) {
        List<RecordedEvent> own = sixEventsOfThreeStreams();
        List<RecordedEvent> all = store().readAll(ReadOptions.forwards()).toList();
        assertThat(all).endsWith(own.toArray(RecordedEvent[]::new));
        ReadOptions options =
                readCase.options(own.stream().map(RecordedEvent::commitPosition).toList());
        assertThat(store().readAll(options).toList()).containsExactlyElementsOf(readCase.ofAll(all, options.from()));
    }

    @Test
    default void readOfAllHasTheOrderOfTheAppends() {
        long before = lastCommitPosition(store());
        TestStream one = TestStream.missing(store());
        TestStream other = TestStream.missing(store());
        List<NewEvent> appended = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<NewEvent> batch = events(1 + i % 3);
            (i % 2 == 0 ? one : other).append(any(), batch);
            appended.addAll(batch);
        }
        assertThat(allAfter(store(), before)).extracting(TestEvents::appended).containsExactlyElementsOf(appended);
    }

    @Test
    default void eventIsTheSameInBothReads() {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.of(store(), 3);
        assertThat(allAfter(store(), before))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(stream.read())
                .hasSize(3);
    }

    /** A reader that turns round sees each event once. */
    @Test
    default void positionBelongsToTheReadForwardsAndNotToTheReadBackwards() {
        List<RecordedEvent> own = sixEventsOfThreeStreams();
        long position = own.get(3).commitPosition();
        assertThat(store().readAll(ReadOptions.forwards().from(position)).toList())
                .containsExactlyElementsOf(own.subList(3, 6));
        assertThat(store().readAll(ReadOptions.backwards().from(position).limit(3))
                        .toList())
                .containsExactly(own.get(2), own.get(1), own.get(0));
    }

    @Test
    default void readCanStartAtAPositionThatNoEventHas() {
        List<RecordedEvent> own = sixEventsOfThreeStreams();
        long beyond = own.get(5).commitPosition() + 1_000_000;
        assertThat(store().readAll(ReadOptions.forwards().from(beyond)).toList())
                .isEmpty();
        assertThat(store().readAll(ReadOptions.backwards().from(beyond).limit(6))
                        .toList())
                .containsExactlyElementsOf(reversed(own));
    }

    @Test
    default void readFromZeroFindsWhatAReadFromNowhereFinds() {
        sixEventsOfThreeStreams();
        List<RecordedEvent> all = store().readAll(ReadOptions.forwards()).toList();
        assertThat(store().readAll(ReadOptions.forwards().from(0)).toList()).containsExactlyElementsOf(all);
        assertThat(store().readAll(ReadOptions.backwards()).toList()).containsExactlyElementsOf(reversed(all));
        assertThat(store().readAll(ReadOptions.backwards().from(0)).toList()).isEmpty();
        assertThat(all).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    default void readOfAllOfMoreThanTenThousandEventsFindsEachOnce() {
        long before = lastCommitPosition(store());
        List<UUID> appended = new ArrayList<>();
        List<TestStream> streams =
                List.of(TestStream.missing(store()), TestStream.missing(store()), TestStream.missing(store()));
        for (int i = 0; i < 21; i++) {
            List<NewEvent> batch = events(500);
            streams.get(i % 3).append(any(), batch);
            batch.forEach(event -> appended.add(event.id()));
        }
        assertThat(ids(allAfter(store(), before))).isEqualTo(appended);
        assertThat(ids(store().readAll(ReadOptions.backwards().limit(10_500)).toList()))
                .isEqualTo(reversed(appended));
        assertThat(ids(store().readAll(ReadOptions.forwards().from(before + 1).limit(7_777))
                        .toList()))
                .isEqualTo(appended.subList(0, 7_777));
    }

    @Test
    default void readOfAllCanBeIteratedOnce() {
        TestStream.of(store(), 3);
        EventSequence read = store().readAll(ReadOptions.backwards().limit(3));
        assertThat(read.toList()).hasSize(3);
        assertThatIllegalStateException().isThrownBy(read::iterator);
    }

    @Test
    default void closedReadOfAllCanNotBeIterated() {
        TestStream.of(store(), 3);
        EventSequence read = store().readAll(ReadOptions.forwards());
        read.close();
        assertThatIllegalStateException().isThrownBy(read::iterator);
    }

    @Test
    default void closingBreaksAReadOfAllOffAndCanBeRepeated() {
        TestStream.of(store(), 600);
        EventSequence read = store().readAll(ReadOptions.backwards());
        Iterator<RecordedEvent> iterator = read.iterator();
        assertThat(iterator.next().streamPosition()).isEqualTo(599);
        read.close();
        read.close();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(iterator::hasNext);
    }

    @Test
    default void readOfAllThatIsOpenBearsAppends() {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.of(store(), 600);
        List<UUID> read = new ArrayList<>();
        try (EventSequence events = store().readAll(ReadOptions.forwards().from(before + 1))) {
            for (RecordedEvent event : events) {
                read.add(event.id());
                if (read.size() == 10) {
                    stream.append(any(), events(5));
                    TestStream.of(store(), 3);
                }
            }
        }
        assertThat(read).as("what was there at first").hasSizeGreaterThanOrEqualTo(600);
        assertThat(read).isEqualTo(ids(allAfter(store(), before)).subList(0, read.size()));
    }

    @Test
    default void readOfAllBackwardsThatIsOpenBearsAppends() {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.of(store(), 600);
        List<UUID> there = ids(allAfter(store(), before));
        List<UUID> read = new ArrayList<>();
        try (EventSequence events = store().readAll(ReadOptions.backwards().limit(600))) {
            for (RecordedEvent event : events) {
                read.add(event.id());
                if (read.size() == 10) {
                    stream.append(any(), events(5));
                }
            }
        }
        assertThat(read).isEqualTo(reversed(there)).hasSize(600);
    }

    private List<RecordedEvent> sixEventsOfThreeStreams() {
        long before = lastCommitPosition(store());
        List<TestStream> streams =
                List.of(TestStream.missing(store()), TestStream.missing(store()), TestStream.missing(store()));
        List<UUID> appended = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<NewEvent> batch = events(1);
            streams.get(i % 3).append(any(), batch);
            appended.add(batch.get(0).id());
        }
        List<RecordedEvent> own = allAfter(store(), before);
        assertThat(ids(own)).as("what was appended").isEqualTo(appended);
        return own;
    }
}
