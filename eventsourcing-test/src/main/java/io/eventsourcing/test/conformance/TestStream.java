package io.eventsourcing.test.conformance;

import static io.eventsourcing.test.conformance.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A stream, and what must be in it after all that the test has appended. Not thread-safe. */
final class TestStream {

    private final EventStore store;
    private final StreamName name;
    private final List<NewEvent> appended = new ArrayList<>();

    private TestStream(EventStore store, StreamName name) {
        this.store = store;
        this.name = name;
    }

    /** A stream that doesn't exist yet. */
    static TestStream missing(EventStore store) {
        return missing(store, TestEvents.newStream());
    }

    static TestStream missing(EventStore store, StreamName name) {
        return new TestStream(store, name);
    }

    /** A stream of so many events, which the store was seen to have. */
    static TestStream of(EventStore store, int count) {
        TestStream stream = missing(store);
        stream.append(ExpectedPosition.noStream(), events(count));
        stream.isIntact();
        return stream;
    }

    StreamName name() {
        return name;
    }

    /** The position of the last event. */
    StreamPosition position() {
        return StreamPosition.of(appended.size() - 1L);
    }

    ExpectedPosition asItIs() {
        return appended.isEmpty() ? ExpectedPosition.noStream() : ExpectedPosition.exactly(appended.size() - 1L);
    }

    /** Appends to the store, which must say so. */
    AppendResult append(ExpectedPosition expected, List<NewEvent> events) {
        AppendResult result = store.append(name, expected, events);
        appended.addAll(events);
        assertThat(result.stream()).isEqualTo(name);
        assertThat(result.streamPosition())
                .as("position of the last event of " + name)
                .isEqualTo(position());
        return result;
    }

    /** Remembers what the test has appended by other means. */
    TestStream nowHas(List<NewEvent> events) {
        appended.addAll(events);
        return this;
    }

    /** An append that was made before changes nothing, and has the result that it had. */
    void repeats(ExpectedPosition expected, List<NewEvent> events, AppendResult first) {
        assertThat(store.append(name, expected, events))
                .as("result of the same append, repeated with " + expected)
                .isEqualTo(first);
        isIntact();
    }

    /** An append is refused with all that there is to know, and writes nothing. */
    void refuses(ExpectedPosition expected, List<NewEvent> events) {
        VersionConflictException conflict =
                catchThrowableOfType(VersionConflictException.class, () -> store.append(name, expected, events));
        isConflict(conflict, expected);
        isIntact();
    }

    void isConflict(VersionConflictException conflict, ExpectedPosition expected) {
        assertThat(conflict)
                .as("conflict of a stream at " + position() + ", expected at " + expected)
                .isNotNull();
        assertThat(conflict.stream()).isEqualTo(name);
        assertThat(conflict.expected()).isEqualTo(expected);
        assertThat(conflict.actual()).isEqualTo(position());
    }

    /** The stream has what was appended, all of it and in order, and nothing else. */
    void isIntact() {
        isIntactIn(store);
    }

    void isIntactIn(EventStore other) {
        List<RecordedEvent> read = other.read(name, ReadOptions.forwards()).toList();
        assertThat(read)
                .as("events of " + name)
                .extracting(TestEvents::appended)
                .containsExactlyElementsOf(appended);
        assertThat(read)
                .extracting(RecordedEvent::streamPosition)
                .containsExactlyElementsOf(
                        LongStream.range(0, appended.size()).boxed().toList());
        assertThat(read).extracting(RecordedEvent::stream).allMatch(name::equals);
        assertThat(other.position(name)).as("position of " + name).isEqualTo(position());
    }

    List<RecordedEvent> read() {
        return store.read(name, ReadOptions.forwards()).toList();
    }
}
