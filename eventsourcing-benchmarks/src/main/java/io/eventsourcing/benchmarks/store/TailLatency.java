package io.eventsourcing.benchmarks.store;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * From when an append returns until a follower has its event, on PostgreSQL. The follower reads all events from where it
 * was, as fast as it can, and shares the machine with the writers.
 */
final class TailLatency {

    private static final int WRITERS = 16;
    private static final long MILLIS = 2000;

    private final EventStore store;
    private final long millis;
    private final Map<Long, Long> returned = new ConcurrentHashMap<>();
    private final Map<Long, Long> seen = new HashMap<>();
    private volatile long last = -1;

    private TailLatency(EventStore store, long millis) {
        this.store = store;
        this.millis = millis;
    }

    static Contest contest(String name) {
        return new Contest(
                name,
                "append returns → a follower has it, %d writers".formatted(WRITERS),
                "–",
                List.of(new Row(name + "-p50", Figure.P50, Goal.NONE), new Row(name + "-p99", Figure.P99, Goal.NONE)),
                arena -> {
                    EventStore store = arena.store(arena.postgres(WRITERS + 1));
                    return new Duel(() -> new TailLatency(store, arena.millis(MILLIS)).run(), Subject.NONE);
                });
    }

    private Figures run() throws Exception {
        long start = append(StreamName.of("TrainingSchool", UUID.randomUUID()), 0, Randoms.one());
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> follower = executor.submit(() -> follow(start));
            Sample appends = Load.run(WRITERS, millis, thread -> writer());
            last = returned.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
            follower.get();
            return new Sample(appends.nanos(), latencies()).rateAndLatencies();
        } finally {
            executor.shutdown();
        }
    }

    private Load.Operation writer() {
        StreamName stream = StreamName.of("TrainingSchool", UUID.randomUUID());
        SplittableRandom random = Randoms.one();
        return count -> {
            long position = append(stream, count, random);
            returned.put(position, System.nanoTime());
        };
    }

    private long append(StreamName stream, long position, SplittableRandom random) {
        AppendResult result = store.append(
                stream,
                position == 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(position - 1),
                List.of(Events.event(random)));
        return result.commitPosition();
    }

    private void follow(long start) {
        long position = start;
        while (last < 0 || position < last) {
            for (RecordedEvent event : store.readAll(ReadOptions.forwards().from(position + 1))) {
                position = event.commitPosition();
                seen.put(position, System.nanoTime());
            }
        }
    }

    /** An event that was seen before its append had returned was seen at once. */
    private long[] latencies() {
        return returned.entrySet().stream()
                .mapToLong(each -> Math.max(0, sight(each.getKey()) - each.getValue()))
                .toArray();
    }

    private long sight(long position) {
        Long time = seen.get(position);
        if (time == null) {
            throw new IllegalStateException("The follower has missed the event at " + position);
        }
        return time;
    }
}
