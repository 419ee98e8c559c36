package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.List;

/** The suites for a store that is durable. All fixtures share its data, so that no test relies on an empty store. */
class DurableConformanceTest extends EventStoreConformance {

    private static final MemoryEventStore DATA = new MemoryEventStore();

    @Override
    protected EventStoreFixture newFixture() {
        return Kit.fixture(
                new View(),
                new View(),
                Capability.MULTI_STREAM_APPEND,
                Capability.CONDITIONAL_APPEND,
                Capability.DURABLE);
    }

    private static final class View extends ModestStore implements ConditionalAppender {

        View() {
            super(DATA);
        }

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return DATA.append(stream, expected, events);
        }

        @Override
        public List<AppendResult> append(List<StreamAppend> appends) {
            return DATA.append(appends);
        }

        @Override
        public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
            return DATA.append(appends, conditions);
        }
    }
}
