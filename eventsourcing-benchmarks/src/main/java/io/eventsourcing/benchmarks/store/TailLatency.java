package io.eventsourcing.benchmarks.store;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From when an append returns until a subscription of the same process has its event, on PostgreSQL. It shares the machine
 * with the writers.
 */
final class TailLatency {

    private static final int WRITERS = 16;
    private static final long MILLIS = 2000;

    private final EventStore store;
    private final long millis;
    private final Map<Long, Long> returned = new ConcurrentHashMap<>();
    private final Map<Long, Long> seen = new ConcurrentHashMap<>();

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
        try (Subscription follower = store.subscribe(
                SubscribeOptions.after(start), event -> seen.put(event.commitPosition(), System.nanoTime()))) {
            Sample appends = Load.run(WRITERS, millis, thread -> writer());
            awaitLast(follower);
            return new Sample(appends.nanos(), latencies()).rateAndLatencies();
        }
    }

    private void awaitLast(Subscription follower) throws InterruptedException {
        long last = returned.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        while (follower.position() < last) {
            Thread.sleep(1);
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
