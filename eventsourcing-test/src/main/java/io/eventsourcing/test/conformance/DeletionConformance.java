package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that was deleted has no events, and can begin again; nothing else changes. */
public interface DeletionConformance extends DeletionSuite {

    @Test
    default void deletedStreamHasNoEvents() {
        whereDeleted(deleter -> {
            TestStream other = TestStream.of(store(), 2);
            StreamName stream = TestStream.of(store(), 5).name();
            deleter.delete(stream, any());
            assertHasNoEvents(stream);
            deleter.delete(stream, any());
            deleter.delete(stream, exactly(4));
            assertHasNoEvents(stream);
            other.isIntact();
        });
    }

    @Test
    default void deletedStreamThatWasReadBeforeHasNoEvents() {
        whereDeleted(deleter -> {
            TestStream stream = TestStream.of(store(), 5);
            stream.append(exactly(4), events(1));
            stream.isIntact();
            deleter.delete(stream.name(), exactly(5));
            assertHasNoEvents(stream.name());
        });
    }

    @Test
    default void deletionOfAMissingStreamDoesNothing() {
        whereDeleted(deleter -> {
            for (ExpectedPosition expected : List.of(any(), noStream(), streamExists(), exactly(3))) {
                TestStream stream = TestStream.missing(store());
                deleter.delete(stream.name(), expected);
                stream.append(noStream(), events(2));
                stream.isIntact();
            }
        });
    }

    @Test
    default void deletionIsRefusedByAStreamThatIsElsewhere() {
        whereDeleted(deleter -> {
            TestStream stream = TestStream.of(store(), 5);
            for (ExpectedPosition expected : List.of(noStream(), exactly(3), exactly(5))) {
                assertThatThrownBy(() -> deleter.delete(stream.name(), expected))
                        .isInstanceOfSatisfying(
                                VersionConflictException.class, conflict -> stream.isConflict(conflict, expected));
            }
            stream.isIntact();
        });
    }

    @Test
    default void deletionIsMadeWhereTheStreamIsAsExpected() {
        whereDeleted(deleter -> {
            for (ExpectedPosition expected : List.of(any(), streamExists(), exactly(2))) {
                StreamName stream = TestStream.of(store(), 3).name();
                deleter.delete(stream, expected);
                assertHasNoEvents(stream);
            }
        });
    }

    @Test
    default void positionsGoOnBehindWhatWasDeleted() {
        whereDeleted(deleter -> {
            for (ExpectedPosition expected : List.of(noStream(), any(), exactly(4))) {
                StreamName stream = deleted(deleter, 5);
                List<NewEvent> events = events(2);
                AppendResult result = store().append(stream, expected, events);
                assertThat(result.streamPosition()).isEqualTo(StreamPosition.of(6));
                assertHas(stream, 5, events);
                List<NewEvent> more = events(1);
                store().append(stream, exactly(6), more);
                assertHas(stream, 5, joined(events, more));
            }
        });
    }

    @Test
    default void longReadsEndWhereTheDeletionDid() {
        whereDeleted(deleter -> {
            StreamName stream = deleted(deleter, 1_200);
            List<NewEvent> events = events(1_100);
            store().append(stream, noStream(), events);
            assertHas(stream, 1_200, events);
            assertThat(
                            store()
                                    .read(
                                            stream,
                                            ReadOptions.backwards()
                                                    .types(
                                                            events.get(0).type(),
                                                            events.get(1).type()))
                                    .stream()
                                    .mapToLong(event -> event.streamPosition())
                                    .min())
                    .hasValue(1_200);
        });
    }

    @Test
    default void deletedStreamDoesNotExist() {
        whereDeleted(deleter -> {
            StreamName stream = deleted(deleter, 5);
            for (ExpectedPosition expected : List.of(streamExists(), exactly(2), exactly(5))) {
                assertThatThrownBy(() -> store().append(stream, expected, events(1)))
                        .isInstanceOf(VersionConflictException.class);
            }
            assertHasNoEvents(stream);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 150})
    default void streamCanBeDeletedAgainAndAgain(int count) {
        whereDeleted(deleter -> {
            StreamName stream = deleted(deleter, 3);
            store().append(stream, noStream(), events(count));
            deleter.delete(stream, exactly(count + 2));
            assertHasNoEvents(stream);
            List<NewEvent> events = events(1);
            store().append(stream, noStream(), events);
            assertHas(stream, count + 3, events);
        });
    }

    @Test
    default void appendThatBeganAStreamAgainIsRecognised() {
        whereDeleted(deleter -> {
            StreamName stream = deleted(deleter, 3);
            List<NewEvent> events = events(2);
            AppendResult first = store().append(stream, noStream(), events);
            assertThat(store().append(stream, noStream(), events)).isEqualTo(first);
            List<NewEvent> more = events(2);
            AppendResult second = store().append(stream, exactly(4), more);
            assertThat(store().append(stream, exactly(4), more)).isEqualTo(second);
            assertThat(store().append(stream, noStream(), events)).isEqualTo(first);
            assertHas(stream, 3, joined(events, more));
            assertThatThrownBy(() -> store().append(stream, noStream(), events(2)))
                    .isInstanceOf(VersionConflictException.class);
        });
    }

    @Test
    default void deletedEventsStayInTheReadOfAll() {
        whereDeleted(deleter -> {
            long before = lastCommitPosition(store());
            StreamName stream = TestEvents.newStream();
            List<NewEvent> events = new ArrayList<>(events(3));
            store().append(stream, noStream(), events);
            deleter.delete(stream, any());
            assertThat(allAfter(store(), before))
                    .extracting(TestEvents::appended)
                    .isEqualTo(events);
            events.addAll(events(2));
            store().append(stream, noStream(), events.subList(3, 5));
            deleter.delete(stream, any());
            deleter.tombstone(stream, any());
            assertThat(allAfter(store(), before))
                    .extracting(TestEvents::appended)
                    .isEqualTo(events);
        });
    }

    @Test
    default void deletionInATransactionEndsAsTheTransactionDoes() {
        whereDeleted(deleter -> {
            if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
                return;
            }
            TestStream stream = TestStream.of(store(), 3);
            fixture().inTransaction(store(), () -> {
                deleter.delete(stream.name(), any());
                assertHasNoEvents(stream.name());
                return TransactionEnd.ROLLBACK;
            });
            stream.isIntact();
            fixture().inTransaction(store(), () -> {
                deleter.delete(stream.name(), exactly(2));
                store().append(stream.name(), noStream(), events(1));
                return TransactionEnd.COMMIT;
            });
            assertThat(store().position(stream.name())).isEqualTo(StreamPosition.of(3));
        });
    }

    private StreamName deleted(StreamDeleter deleter, int count) {
        StreamName stream = TestStream.of(store(), count).name();
        deleter.delete(stream, any());
        return stream;
    }

    private static List<NewEvent> joined(List<NewEvent> one, List<NewEvent> other) {
        List<NewEvent> joined = new ArrayList<>(one);
        joined.addAll(other);
        return joined;
    }
}
