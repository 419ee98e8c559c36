package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * An append to several streams writes all of them or none. A store without {@link Capability#MULTI_STREAM_APPEND} refuses
 * it, which each of these tests then expects.
 */
public interface MultiStreamConformance extends ConformanceSuite {

    @Test
    default void appendToSeveralStreamsWritesAllOfThem() {
        whereSupported(appender -> {
            TestStream one = TestStream.of(store(), 2);
            TestStream other = TestStream.missing(store());
            List<NewEvent> first = events(2);
            List<NewEvent> second = events(3);
            List<AppendResult> results = appender.append(List.of(
                    new StreamAppend(one.name(), exactly(1), first),
                    new StreamAppend(other.name(), noStream(), second)));
            one.nowHas(first).isIntact();
            other.nowHas(second).isIntact();
            assertThat(results).containsExactly(lastOf(one), lastOf(other));
        });
    }

    @Test
    default void appendToSeveralStreamsIsInTheReadOfAll() {
        whereSupported(appender -> {
            long before = lastCommitPosition(store());
            List<NewEvent> first = events(2);
            List<NewEvent> second = events(2);
            appender.append(List.of(
                    new StreamAppend(TestEvents.newStream(), any(), first),
                    new StreamAppend(TestEvents.newStream(), any(), second)));
            List<RecordedEvent> all = allAfter(store(), before);
            assertThat(ids(all)).hasSize(4).containsSubsequence(idsOf(first)).containsSubsequence(idsOf(second));
            assertThat(all).extracting(RecordedEvent::commitPosition).isSorted().doesNotHaveDuplicates();
        });
    }

    @Test
    default void oneConflictRefusesTheAppendToAllStreams() {
        whereSupported(appender -> {
            TestStream missing = TestStream.missing(store());
            TestStream moved = TestStream.of(store(), 3);
            TestStream last = TestStream.of(store(), 1);
            VersionConflictException conflict = catchThrowableOfType(
                    VersionConflictException.class,
                    () -> appender.append(List.of(
                            new StreamAppend(missing.name(), noStream(), events(2)),
                            new StreamAppend(moved.name(), exactly(1), events(2)),
                            new StreamAppend(last.name(), exactly(0), events(2)))));
            moved.isConflict(conflict, exactly(1));
            assertThat(List.of(missing, moved, last)).allSatisfy(TestStream::isIntact);
        });
    }

    @Test
    default void appendThatNamesAStreamTwiceIsRefused() {
        whereSupported(appender -> {
            TestStream stream = TestStream.of(store(), 1);
            TestStream other = TestStream.missing(store());
            List<StreamAppend> appends = List.of(
                    new StreamAppend(other.name(), any(), events(1)),
                    new StreamAppend(stream.name(), exactly(0), events(1)),
                    new StreamAppend(stream.name(), exactly(1), events(1)));
            assertThatThrownBy(() -> appender.append(appends))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(stream.name().value());
            assertThat(List.of(stream, other)).allSatisfy(TestStream::isIntact);
        });
    }

    @Test
    default void repeatedAppendToSeveralStreamsWritesNothingAndHasTheFirstResults() {
        whereSupported(appender -> {
            TestStream one = TestStream.of(store(), 2);
            TestStream other = TestStream.missing(store());
            List<NewEvent> first = events(2);
            List<NewEvent> second = events(1);
            List<StreamAppend> appends = List.of(
                    new StreamAppend(one.name(), exactly(1), first),
                    new StreamAppend(other.name(), noStream(), second));
            List<AppendResult> results = appender.append(appends);
            one.nowHas(first).append(exactly(3), events(2));
            assertThat(appender.append(appends)).isEqualTo(results);
            one.isIntact();
            other.nowHas(second).isIntact();
        });
    }

    @Test
    default void emptyAppendToOneStreamGuardsTheOthers() {
        whereSupported(appender -> {
            TestStream guard = TestStream.of(store(), 2);
            TestStream stream = TestStream.missing(store());
            List<NewEvent> events = events(1);
            StreamAppend append = new StreamAppend(stream.name(), any(), events);
            assertThatThrownBy(() ->
                            appender.append(List.of(append, new StreamAppend(guard.name(), exactly(0), List.of()))))
                    .isInstanceOf(VersionConflictException.class);
            stream.isIntact();
            appender.append(List.of(append, new StreamAppend(guard.name(), streamExists(), List.of())));
            stream.nowHas(events).isIntact();
            guard.isIntact();
        });
    }

    @Test
    default void appendsThatNameTheSameStreamsInAnotherOrderDoNotBlockEachOther() {
        whereSupported(appender -> {
            TestStream one = TestStream.of(store(), 1);
            TestStream other = TestStream.of(store(), 1);
            Race.of(8, number -> {
                for (int i = 0; i < 25; i++) {
                    StreamAppend left = new StreamAppend(one.name(), any(), events(1));
                    StreamAppend right = new StreamAppend(other.name(), any(), events(1));
                    appender.append(number % 2 == 0 ? List.of(left, right) : List.of(right, left));
                }
                return number;
            });
            assertThat(store().position(one.name())).isEqualTo(StreamPosition.of(200));
            assertThat(store().position(other.name())).isEqualTo(StreamPosition.of(200));
            assertThat(one.read()).hasSize(201);
        });
    }

    private void whereSupported(Consumer<MultiStreamAppender> test) {
        if (fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND)) {
            test.accept(store().require(MultiStreamAppender.class));
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(MultiStreamAppender.class)
                        .append(List.of(
                                new StreamAppend(stream.name(), any(), events(1)),
                                new StreamAppend(TestEvents.newStream(), any(), events(1)))))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(MultiStreamAppender.class.getSimpleName());
        stream.isIntact();
    }

    private static AppendResult lastOf(TestStream stream) {
        List<RecordedEvent> events = stream.read();
        return new AppendResult(
                stream.name(), stream.position(), events.get(events.size() - 1).commitPosition());
    }

    private static List<UUID> idsOf(List<NewEvent> events) {
        return events.stream().map(NewEvent::id).toList();
    }
}
