package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writers and followers at work at the same time, in rounds. Between two of them nothing is in flight. */
final class FeedLoad {

    /** The system property that makes a load last longer, in seconds. */
    static final String PROPERTY = "eventsourcing.test.feed.seconds";

    private static final double SECONDS = Double.parseDouble(System.getProperty(PROPERTY, "1.5"));
    private static final int ROUNDS = 3;
    private static final int WRITERS = 5;

    /** So that a fast store doesn't fill the memory of the test. */
    private static final long STEPS_OF_A_ROUND = Math.max(1, (long) (SECONDS * 500));

    private final EventStoreFixture fixture;
    private final List<EventStore> stores = new ArrayList<>();
    private final long before;
    private final FeedJournal journal = new FeedJournal();
    private final List<Follower> followers;
    private final List<FeedWriter> writers;

    FeedLoad(EventStoreFixture fixture) {
        this.fixture = fixture;
        stores.add(fixture.store());
        if (isCapableOf(Capability.DURABLE)) {
            stores.add(fixture.reopen());
        }
        this.before = TestEvents.lastCommitPosition(fixture.store());
        this.followers = List.of(
                Follower.fast(fixture.store(), before),
                Follower.slow(store(1), before),
                Follower.restarting(fixture.store(), before, this::restarted));
        List<StreamName> shared = List.of(TestEvents.newStream(), TestEvents.newStream());
        this.writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> new FeedWriter(store(i), shared, i, isCapableOf(Capability.MULTI_STREAM_APPEND)))
                .toList();
    }

    private boolean isCapableOf(Capability capability) {
        return fixture.capabilities().contains(capability);
    }

    /** Writers take turns with the stores that there are. */
    EventStore store(int writer) {
        return stores.get(writer % stores.size());
    }

    private EventStore restarted() {
        return isCapableOf(Capability.DURABLE) ? fixture.reopen() : fixture.store();
    }

    /** Lets the writers do something again and again, and the followers follow. */
    void run(WriterStep step) {
        for (int round = 0; round < ROUNDS; round++) {
            long deadline = System.nanoTime() + (long) (SECONDS / ROUNDS * TimeUnit.SECONDS.toNanos(1));
            Writers running = new Writers(WRITERS);
            Race.of(
                    WRITERS + followers.size(),
                    number -> number < WRITERS
                            ? running.run(() -> write(number, step, deadline))
                            : running.whileRunning(followers.get(number - WRITERS)::readAndRest));
            followers.forEach(Follower::catchUp);
            followers.forEach(journal::isWhatWasSeenBy);
        }
        allHaveSeenOneOrder();
    }

    /** What a writer does again and again, and then what is committed of it. */
    @FunctionalInterface
    interface WriterStep {
        void write(int number, FeedWriter writer, Consumer<List<Written>> committed);
    }

    private long write(int number, WriterStep step, long deadline) {
        long steps = 0;
        while (steps < STEPS_OF_A_ROUND && System.nanoTime() < deadline) {
            step.write(number, writers.get(number), journal::acknowledge);
            steps++;
        }
        return steps;
    }

    private void allHaveSeenOneOrder() {
        Follower late = new Follower("a follower that starts at the end", store(1), before, Long.MAX_VALUE);
        late.catchUp();
        assertThat(late.seen()).as("events written").isNotEmpty();
        for (Follower follower : followers) {
            assertThat(follower.seen())
                    .as("order in which %s has seen all events", follower)
                    .isEqualTo(late.seen());
        }
    }
}
