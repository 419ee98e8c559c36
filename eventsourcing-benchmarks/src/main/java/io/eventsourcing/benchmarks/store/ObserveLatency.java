package io.eventsourcing.benchmarks.store;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * From when an append of one event is called until a loop over an observation of its stream has it, on PostgreSQL, with
 * nobody else about; beside the append alone.
 */
final class ObserveLatency {

    private static final long MILLIS = 2000;
    private static final int CONNECTIONS = 3;

    private ObserveLatency() {}

    static Contest contest(String name) {
        return new Contest(
                name,
                "append, and an observer has it",
                "append alone",
                List.of(new Row(name + "-p50", Figure.P50, Goal.NONE), new Row(name + "-p99", Figure.P99, Goal.NONE)),
                arena -> {
                    EventStore store = arena.store(arena.postgres(CONNECTIONS));
                    return new Duel(
                            () -> observed(store, arena.millis(MILLIS)), () -> alone(store, arena.millis(MILLIS)));
                });
    }

    private static Figures observed(EventStore store, long millis) throws Exception {
        StreamName stream = StreamName.of("TrainingSchool", UUID.randomUUID());
        SplittableRandom random = Randoms.one();
        try (EventSequence events =
                store.observe(SubscribeOptions.fromBeginning().streams(StreamFilter.prefix(stream.value())))) {
            Iterator<RecordedEvent> observer = events.iterator();
            return Load.run(millis, count -> {
                        append(store, stream, count, random);
                        requireNext(observer.next(), count);
                    })
                    .rateAndLatencies();
        }
    }

    private static Figures alone(EventStore store, long millis) throws Exception {
        StreamName stream = StreamName.of("TrainingSchool", UUID.randomUUID());
        SplittableRandom random = Randoms.one();
        return Load.run(millis, count -> append(store, stream, count, random)).rateAndLatencies();
    }

    private static void append(EventStore store, StreamName stream, long count, SplittableRandom random) {
        store.append(
                stream,
                count == 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(count - 1),
                List.of(Events.event(random)));
    }

    private static void requireNext(RecordedEvent event, long position) {
        if (event.streamPosition() != position) {
            throw new IllegalStateException("Event " + position + " was expected, and " + event + " was seen");
        }
    }
}
