package io.eventsourcing.benchmarks;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many events of two fields an aggregate is made of in a second, from memory. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class ReplayBenchmark {

    private static final int EVENTS = 10_000;

    private final EventSourcing json = EventSourcing.of(new MemoryEventStore());
    private final EventSourcing decoded = EventSourcing.builder(new MemoryEventStore())
            .mapper(new DecodedEvents())
            .build();
    private UUID jsonId = new UUID(0, 0);
    private UUID decodedId = new UUID(0, 0);

    @Setup
    public void record() {
        jsonId = record(json);
        decodedId = record(decoded);
    }

    private static UUID record(EventSourcing eventSourcing) {
        Counter counter = new Counter("benchmark");
        for (int i = 1; i < EVENTS; i++) {
            counter.add(i, "because");
        }
        eventSourcing.save(counter);
        return counter.id();
    }

    /** Decoding JSON included. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long json() {
        return json.repository().get(Counter.class, jsonId).total();
    }

    /** What the framework itself does: reading, dispatching, running the bodies. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long decoded() {
        return decoded.repository().get(Counter.class, decodedId).total();
    }

    /** Hands out arguments that were decoded before. */
    private static final class DecodedEvents implements EventMapper {

        private final JacksonEventMapper json = new JacksonEventMapper();
        private final Object[] started = {"benchmark"};
        private final Object[] added = {1L, "because"};

        @Override
        public void check(EventShape shape) {
            json.check(shape);
        }

        @Override
        public byte[] encode(EventShape shape, Object[] arguments) {
            return json.encode(shape, arguments);
        }

        @Override
        public Object[] decode(EventShape shape, RecordedEvent event) {
            return event.streamPosition() == 0 ? started : added;
        }

        @Override
        public byte[] encode(Metadata metadata) {
            return json.encode(metadata);
        }

        @Override
        public Metadata decodeMetadata(RecordedEvent event) {
            return json.decodeMetadata(event);
        }
    }
}
