package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream that was deleted for good refuses appends for ever. */
public interface TombstoneConformance extends DeletionSuite {

    @Test
    default void tombstonedStreamHasNoEventsAndRefusesAppends() {
        whereDeleted(deleter -> {
            TestStream other = TestStream.of(store(), 2);
            StreamName stream = TestStream.of(store(), 5).name();
            deleter.tombstone(stream, any());
            assertRefusesAppends(stream);
            other.isIntact();
        });
    }

    @Test
    default void deletedStreamCanBeTombstoned() {
        whereDeleted(deleter -> {
            StreamName stream = TestStream.of(store(), 5).name();
            deleter.delete(stream, any());
            deleter.tombstone(stream, exactly(4));
            assertRefusesAppends(stream);
        });
    }

    @Test
    default void streamThatBeganAgainCanBeTombstoned() {
        whereDeleted(deleter -> {
            StreamName stream = TestStream.of(store(), 3).name();
            deleter.delete(stream, any());
            store().append(stream, noStream(), events(2));
            deleter.tombstone(stream, exactly(4));
            assertRefusesAppends(stream);
        });
    }

    @Test
    default void tombstoneIsSetOnce() {
        whereDeleted(deleter -> {
            StreamName stream = TestStream.of(store(), 5).name();
            deleter.tombstone(stream, exactly(4));
            deleter.tombstone(stream, exactly(4));
            deleter.tombstone(stream, any());
            deleter.delete(stream, any());
            assertRefusesAppends(stream);
        });
    }

    @Test
    default void tombstoneOfAMissingStreamDoesNothing() {
        whereDeleted(deleter -> {
            for (ExpectedPosition expected : List.of(any(), noStream(), streamExists(), exactly(3))) {
                TestStream stream = TestStream.missing(store());
                deleter.tombstone(stream.name(), expected);
                stream.append(noStream(), events(2));
                stream.isIntact();
            }
        });
    }

    @Test
    default void tombstoneIsRefusedByAStreamThatIsElsewhere() {
        whereDeleted(deleter -> {
            TestStream stream = TestStream.of(store(), 5);
            for (ExpectedPosition expected : List.of(noStream(), exactly(3), exactly(5))) {
                assertThatThrownBy(() -> deleter.tombstone(stream.name(), expected))
                        .isInstanceOfSatisfying(
                                VersionConflictException.class, conflict -> stream.isConflict(conflict, expected));
            }
            stream.append(exactly(4), events(1));
            stream.isIntact();
        });
    }

    @Test
    default void appendToSeveralStreamsIsRefusedIfOneOfThemIsTombstoned() {
        whereDeleted(deleter -> {
            if (!fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND)) {
                return;
            }
            TestStream one = TestStream.of(store(), 1);
            StreamName stream = TestStream.of(store(), 3).name();
            deleter.tombstone(stream, any());
            assertThatThrownBy(() -> store().require(MultiStreamAppender.class)
                            .append(List.of(
                                    new StreamAppend(one.name(), any(), events(1)),
                                    new StreamAppend(stream, any(), events(1)))))
                    .isInstanceOfSatisfying(
                            StreamTombstonedException.class,
                            e -> assertThat(e.stream()).isEqualTo(stream));
            one.isIntact();
        });
    }

    /** Large ones too, which some stores write in another way. */
    private void assertRefusesAppends(StreamName stream) {
        assertHasNoEvents(stream);
        long before = lastCommitPosition(store());
        for (int count : new int[] {1, 2, 600}) {
            for (ExpectedPosition expected : List.of(
                    any(),
                    noStream(),
                    streamExists(),
                    exactly(4),
                    exactly(5),
                    exactly(6),
                    exactly(Long.MAX_VALUE - 1))) {
                assertThatThrownBy(() -> store().append(stream, expected, events(count)))
                        .as("append of " + count + " that expects " + expected)
                        .isInstanceOfSatisfying(
                                StreamTombstonedException.class,
                                e -> assertThat(e.stream()).isEqualTo(stream))
                        .hasMessageContaining(stream.value());
            }
        }
        assertHasNoEvents(stream);
        assertThat(store().readAll(ReadOptions.forwards().from(before + 1)).toList())
                .isEmpty();
    }
}
