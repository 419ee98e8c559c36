package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;

/** Each of the expectations, with a stream that meets it. */
enum Expectation {
    NO_STREAM(ExpectedPosition.noStream(), 0),
    EXACTLY(ExpectedPosition.exactly(1), 2),
    ANY(ExpectedPosition.any(), 2),
    STREAM_EXISTS(ExpectedPosition.streamExists(), 2);

    private final ExpectedPosition position;
    private final int size;

    Expectation(ExpectedPosition position, int size) {
        this.position = position;
        this.size = size;
    }

    ExpectedPosition position() {
        return position;
    }

    TestStream newStream(EventStore store) {
        return size == 0 ? TestStream.missing(store) : TestStream.of(store, size);
    }
}
