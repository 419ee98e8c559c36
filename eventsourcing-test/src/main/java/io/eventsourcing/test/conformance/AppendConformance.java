package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An append writes all of its events or none, where it was expected to, and says where that was. */
public interface AppendConformance extends ConformanceSuite {

    @Test
    default void anyPositionIsMetByAMissingStream() {
        TestStream stream = TestStream.missing(store());
        stream.append(any(), events(2));
        stream.isIntact();
    }

    @Test
    default void anyPositionIsMetByAnExistingStream() {
        TestStream stream = TestStream.of(store(), 3);
        stream.append(any(), events(2));
        stream.isIntact();
    }

    @Test
    default void noStreamIsMetByAMissingStream() {
        TestStream stream = TestStream.missing(store());
        stream.append(noStream(), events(2));
        stream.isIntact();
    }

    @Test
    default void noStreamIsRefusedByAnExistingStream() {
        TestStream.of(store(), 3).refuses(noStream(), events(2));
    }

    @Test
    default void streamExistsIsMetByAnExistingStream() {
        TestStream stream = TestStream.of(store(), 1);
        stream.append(streamExists(), events(2));
        stream.isIntact();
    }

    @Test
    default void streamExistsIsRefusedByAMissingStream() {
        TestStream.missing(store()).refuses(streamExists(), events(2));
    }

    @Test
    default void exactPositionIsMetByAStreamThatIsThere() {
        TestStream stream = TestStream.of(store(), 1);
        stream.append(exactly(0), events(2));
        stream.append(exactly(2), events(1));
        stream.isIntact();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, 4, Integer.MAX_VALUE + 1L, Long.MAX_VALUE})
    default void exactPositionIsRefusedByAStreamThatIsElsewhere(long position) {
        TestStream.of(store(), 3).refuses(exactly(position), events(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE})
    default void exactPositionIsRefusedByAMissingStream(long position) {
        TestStream.missing(store()).refuses(exactly(position), events(2));
    }

    @Test
    default void streamThatRefusedAnAppendAcceptsTheNext() {
        TestStream stream = TestStream.of(store(), 2);
        stream.refuses(exactly(0), events(1));
        stream.append(exactly(1), events(1));
        stream.isIntact();
    }

    @Test
    default void refusedBatchLeavesNothingInTheReadOfAll() {
        TestStream stream = TestStream.of(store(), 3);
        long before = lastCommitPosition(store());
        stream.refuses(exactly(1), events(20));
        NewEvent next = event();
        stream.append(exactly(2), List.of(next));
        assertThat(allAfter(store(), before)).extracting(RecordedEvent::id).containsExactly(next.id());
    }

    @Test
    default void batchWithTheSameEventTwiceIsRefusedAsAWhole() {
        TestStream stream = TestStream.of(store(), 1);
        List<NewEvent> batch = new ArrayList<>(events(5));
        batch.add(batch.get(1));
        assertThatThrownBy(() -> store().append(stream.name(), any(), batch))
                .isInstanceOf(IllegalArgumentException.class);
        stream.isIntact();
    }

    @Test
    default void batchThatBreaksOffInTheMiddleLeavesNothing() {
        TestStream stream = TestStream.of(store(), 1);
        List<NewEvent> batch = new ArrayList<>(events(5));
        batch.set(3, null);
        assertThatThrownBy(() -> store().append(stream.name(), any(), batch))
                .as("an event is null")
                .isInstanceOf(RuntimeException.class);
        stream.isIntact();
    }

    @Test
    default void batchIsAppendedInItsOrder() {
        TestStream stream = TestStream.missing(store());
        List<NewEvent> batch = new ArrayList<>(events(500));
        stream.append(noStream(), batch);
        stream.isIntact();
    }

    @Test
    default void callersListIsNotKept() {
        TestStream stream = TestStream.missing(store());
        List<NewEvent> batch = new ArrayList<>(events(3));
        stream.append(noStream(), batch);
        batch.clear();
        stream.isIntact();
    }

    @Test
    default void emptyAppendWritesNothingAndReportsWhereTheStreamIs() {
        TestStream stream = TestStream.of(store(), 3);
        AppendResult expected = new AppendResult(stream.name(), stream.position(), 0);
        assertThat(List.of(any(), streamExists(), exactly(2)))
                .allSatisfy(met -> assertThat(store().append(stream.name(), met, List.of()))
                        .isEqualTo(expected));
        stream.isIntact();
    }

    @Test
    default void emptyAppendDoesNotMakeAStream() {
        TestStream stream = TestStream.missing(store());
        AppendResult expected = new AppendResult(stream.name(), StreamPosition.NONE, 0);
        assertThat(store().append(stream.name(), any(), List.of())).isEqualTo(expected);
        assertThat(store().append(stream.name(), noStream(), List.of())).isEqualTo(expected);
        stream.append(noStream(), events(1));
        stream.isIntact();
    }

    @Test
    default void emptyAppendStillChecksTheExpectation() {
        TestStream stream = TestStream.of(store(), 3);
        stream.refuses(noStream(), List.of());
        stream.refuses(exactly(1), List.of());
        TestStream.missing(store()).refuses(streamExists(), List.of());
    }

    @Test
    default void streamPositionsHaveNoGaps() {
        TestStream stream = TestStream.missing(store());
        for (int size : new int[] {1, 3, 1, 2, 7}) {
            stream.append(stream.asItIs(), events(size));
            TestStream.of(store(), 1);
        }
        stream.isIntact();
    }

    @Test
    default void streamsDoNotTouchEachOther() {
        TestStream one = TestStream.of(store(), 3);
        TestStream other = TestStream.missing(store());
        assertThat(store().position(other.name())).isEqualTo(StreamPosition.NONE);
        other.append(noStream(), events(2));
        one.append(exactly(2), events(1));
        one.isIntact();
        other.isIntact();
    }

    @Test
    default void positionOfAStreamIsThatOfItsLastEvent() {
        TestStream stream = TestStream.missing(store());
        assertThat(store().position(stream.name())).isEqualTo(StreamPosition.NONE);
        stream.append(any(), events(1));
        assertThat(store().position(stream.name())).isEqualTo(StreamPosition.of(0));
        stream.append(any(), events(4));
        assertThat(store().position(stream.name())).isEqualTo(StreamPosition.of(4));
    }

    @Test
    default void resultHasTheCommitPositionOfTheLastEvent() {
        TestStream stream = TestStream.missing(store());
        for (int size : new int[] {1, 4, 2}) {
            AppendResult result = stream.append(any(), events(size));
            List<RecordedEvent> read = stream.read();
            assertThat(read).isNotEmpty();
            assertThat(read.get(read.size() - 1).commitPosition()).isEqualTo(result.commitPosition());
        }
    }

    @Test
    default void commitPositionsArePositiveUniqueAndIncreaseOverAllStreams() {
        long before = lastCommitPosition(store());
        TestStream one = TestStream.missing(store());
        TestStream other = TestStream.missing(store());
        for (int i = 0; i < 5; i++) {
            one.append(any(), events(2));
            other.append(any(), events(3));
        }
        List<Long> positions = allAfter(store(), before).stream()
                .map(RecordedEvent::commitPosition)
                .toList();
        assertThat(positions).hasSize(25).isSorted().doesNotHaveDuplicates().allMatch(position -> position > 0);
        List<Long> own = one.read().stream().map(RecordedEvent::commitPosition).toList();
        assertThat(positions).as("the same in both reads").containsSubsequence(own);
    }

    @Test
    default void orderIsThatOfAppendingAndNotOfTimestamps() {
        TestStream stream = TestStream.missing(store());
        for (int i = 0; i < 5; i++) {
            stream.append(any(), List.of(event("Conformance.Happened", TestEvents.TIME.minusSeconds(i))));
        }
        stream.isIntact();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "1582-10-10T12:00:00.000001Z",
                "2026-03-29T01:30:00.123456Z",
                "2026-10-25T00:59:59.999999Z",
                "2026-11-01T09:15:00.1Z",
                "9999-12-31T23:59:59.999999Z"
            })
    default void timestampIsKeptInMicroseconds(String timestamp) {
        Instant instant = Instant.parse(timestamp);
        TestStream stream = TestStream.missing(store());
        stream.append(any(), List.of(event("Conformance.Happened", instant)));
        assertThat(stream.read()).extracting(RecordedEvent::timestamp).containsExactly(instant);
    }

    @Test
    default void nanosecondsOfATimestampAreCutOff() {
        TestStream stream = TestStream.missing(store());
        stream.append(any(), List.of(event("Conformance.Happened", Instant.parse("2026-02-03T04:05:06.123456789Z"))));
        assertThat(stream.read())
                .extracting(RecordedEvent::timestamp)
                .containsExactly(Instant.parse("2026-02-03T04:05:06.123456Z"));
    }

    @Test
    default void everyPartOfAnEventComesBack() {
        TestStream stream = TestStream.missing(store());
        NewEvent event = event("Dog.TrickAdded");
        AppendResult result = stream.append(noStream(), List.of(event));
        List<RecordedEvent> read = stream.read();
        assertThat(read).hasSize(1);
        RecordedEvent recorded = read.get(0);
        assertThat(recorded.stream()).isEqualTo(stream.name());
        assertThat(recorded.streamPosition()).isZero();
        assertThat(recorded.commitPosition()).isEqualTo(result.commitPosition());
        assertThat(recorded.id()).isEqualTo(event.id());
        assertThat(recorded.type()).isEqualTo("Dog.TrickAdded");
        assertThat(recorded.timestamp()).isEqualTo(event.timestamp());
        assertThat(Arrays.asList(recorded.data(), recorded.metadata())).containsExactly(event.data(), event.metadata());
    }
}
