package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.util.List;

/** The suites for a store that can do nothing but what every store can. */
class ModestConformanceTest extends EventStoreConformance {

    @Override
    protected EventStoreFixture newFixture() {
        return EventStoreFixture.of(new ModestStore(new MemoryEventStore()));
    }

    private record ModestStore(EventStore store) implements EventStore {

        @Override
        public String description() {
            return "modest";
        }

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return store.append(stream, expected, events);
        }

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return store.read(stream, options);
        }

        @Override
        public EventSequence readAll(ReadOptions options) {
            return store.readAll(options);
        }

        @Override
        public StreamPosition position(StreamName stream) {
            return store.position(stream);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
