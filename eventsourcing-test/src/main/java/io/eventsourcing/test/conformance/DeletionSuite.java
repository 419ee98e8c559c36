package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What the suites about deletion have in common. */
interface DeletionSuite extends ConformanceSuite {

    /** Runs a test, or expects a refusal of a store without {@link Capability#STREAM_DELETION}. */
    default void whereDeleted(Consumer<StreamDeleter> test) {
        if (fixture().capabilities().contains(Capability.STREAM_DELETION)) {
            test.accept(store().require(StreamDeleter.class));
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(StreamDeleter.class).delete(stream.name(), any()))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(StreamDeleter.class.getSimpleName());
        stream.isIntact();
    }

    /** Whichever way the stream is read. */
    default void assertHasNoEvents(StreamName stream) {
        assertThat(store().read(stream, ReadOptions.forwards()).toList()).isEmpty();
        assertThat(store().read(stream, ReadOptions.backwards()).toList()).isEmpty();
        assertThat(store().read(stream, ReadOptions.forwards().from(1)).toList())
                .isEmpty();
        assertThat(store().read(stream, ReadOptions.backwards().from(1)).toList())
                .isEmpty();
        assertThat(store().position(stream)).isEqualTo(StreamPosition.NONE);
    }

    /**
     * Whichever way the stream is read, it has these events alone.
     *
     * @param first the position of the first of them, 1 or more
     */
    default void assertHas(StreamName stream, long first, List<NewEvent> events) {
        List<RecordedEvent> read = store().read(stream, ReadOptions.forwards()).toList();
        assertThat(read).extracting(TestEvents::appended).isEqualTo(events);
        assertThat(read)
                .extracting(RecordedEvent::streamPosition)
                .isEqualTo(
                        LongStream.range(first, first + events.size()).boxed().toList());
        assertThat(store().read(stream, ReadOptions.backwards()).toList()).isEqualTo(TestEvents.reversed(read));
        assertThat(store().read(stream, ReadOptions.forwards().from(first - 1).limit(1))
                        .toList())
                .isEqualTo(read.subList(0, 1));
        assertThat(store().read(stream, ReadOptions.backwards().from(first - 1)).toList())
                .isEmpty();
        assertThat(store().position(stream)).isEqualTo(StreamPosition.of(first + events.size() - 1));
    }
}
