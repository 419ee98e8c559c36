package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All of this is also true of many threads at once. */
public interface ConcurrencyConformance extends ConformanceSuite {

    @Test
    default void exactlyOneOfManyWritersThatExpectTheSamePositionWins() {
        TestStream stream = TestStream.missing(store());
        for (int round = 0; round < 100; round++) {
            ExpectedPosition expected = stream.asItIs();
            List<Attempt> attempts = Race.of(8, number -> attempt(stream.name(), expected));
            List<Attempt> winners =
                    attempts.stream().filter(Attempt::isSuccessful).toList();
            assertThat(winners).as("winners of round " + round).hasSize(1);
            stream.nowHas(winners.get(0).events());
            attempts.stream()
                    .filter(attempt -> !attempt.isSuccessful())
                    .forEach(loser -> stream.isConflict((VersionConflictException) loser.outcome(), expected));
        }
        stream.isIntact();
    }

    @Test
    default void manyWritersOfOneStreamLoseNothing() {
        TestStream stream = TestStream.missing(store());
        List<List<List<NewEvent>>> written = Race.of(8, number -> appendBatches(stream.name(), 25));
        List<RecordedEvent> read = stream.read();
        assertThat(read).hasSize(8 * 25 * 3);
        assertThat(read)
                .extracting(RecordedEvent::streamPosition)
                .containsExactlyElementsOf(
                        Stream.iterate(0L, i -> i + 1).limit(read.size()).toList());
        assertThat(read).extracting(RecordedEvent::commitPosition).isSorted().doesNotHaveDuplicates();
        List<UUID> order = ids(read);
        assertThat(written)
                .allSatisfy(batches -> assertThat(order)
                        .as("the events of one writer, in its order")
                        .containsSubsequence(flat(batches)));
        assertThat(written.stream().flatMap(List::stream))
                .allSatisfy(batch -> assertThat(order).as("one append").containsSequence(flat(List.of(batch))));
    }

    @Test
    default void writersOfDifferentStreamsDoNotDisturbEachOther() {
        List<TestStream> streams = Race.of(8, number -> {
            TestStream stream = TestStream.missing(store());
            for (int i = 0; i < 25; i++) {
                stream.append(stream.asItIs(), events(2));
            }
            return stream;
        });
        assertThat(streams).hasSize(8).allSatisfy(TestStream::isIntact);
    }

    @ParameterizedTest
    @EnumSource
    default void sameAppendOfManyWritersIsMadeOnce(Expectation expectation) {
        for (int round = 0; round < 10; round++) {
            TestStream stream = expectation.newStream(store());
            List<NewEvent> batch = events(3);
            List<AppendResult> results =
                    Race.of(8, number -> store().append(stream.name(), expectation.position(), batch));
            assertThat(results.stream().distinct()).as("different results").hasSize(1);
            stream.nowHas(batch).isIntact();
            assertThat(results.get(0).streamPosition()).isEqualTo(stream.position());
        }
    }

    @Test
    default void readersSeeWholeAppendsOnly() {
        StreamName stream = TestEvents.newStream();
        Writers writers = new Writers(2);
        List<Integer> sizes = new ArrayList<>();
        Race.of(
                4,
                number -> number < 2
                        ? writers.run(() -> appendBatches(stream, 25))
                        : writers.whileRunning(() -> {
                            int size = store().read(stream, ReadOptions.forwards())
                                    .toList()
                                    .size();
                            synchronized (sizes) {
                                sizes.add(size);
                            }
                        }));
        assertThat(sizes).allMatch(size -> size % 3 == 0).contains(2 * 25 * 3);
    }

    private Attempt attempt(StreamName stream, ExpectedPosition expected) {
        List<NewEvent> events = events(1);
        try {
            return new Attempt(events, store().append(stream, expected, events));
        } catch (VersionConflictException e) {
            return new Attempt(events, e);
        }
    }

    private List<List<NewEvent>> appendBatches(StreamName stream, int count) {
        List<List<NewEvent>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<NewEvent> batch = events(3);
            store().append(stream, any(), batch);
            batches.add(batch);
        }
        return batches;
    }

    private static List<UUID> flat(List<List<NewEvent>> batches) {
        return batches.stream().flatMap(List::stream).map(NewEvent::id).toList();
    }
}
