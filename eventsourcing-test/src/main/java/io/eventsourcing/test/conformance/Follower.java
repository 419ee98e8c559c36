package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Reads all events, again and again from behind the last one it has seen, as a projection does. Not thread-safe. */
class Follower {

    private final String name;
    private final long limit;
    private final List<RecordedEvent> seen = new ArrayList<>();
    private EventStore store;
    private long position;

    /** @param limit of each read */
    Follower(String name, EventStore store, long position, long limit) {
        this.name = name;
        this.store = store;
        this.position = position;
        this.limit = limit;
    }

    /** One that reads all that there is, without a rest. */
    static Follower fast(EventStore store, long position) {
        return new Follower("the fast follower", store, position, Long.MAX_VALUE);
    }

    /** One that reads little at once, and rests in between. */
    static Follower slow(EventStore store, long position) {
        return new Follower("the slow follower", store, position, 17) {
            @Override
            void rest() {
                LockSupport.parkNanos(1_000_000);
            }
        };
    }

    /** One that dies now and then, less often as time goes by, and goes on from its last position with another store. */
    static Follower restarting(EventStore store, long position, Supplier<EventStore> restart) {
        return new Follower("the restarting follower", store, position, 170) {
            private int reads;

            @Override
            void rest() {
                if (++reads > 4 && Integer.bitCount(reads) == 1) {
                    goOnWith(restart.get());
                }
            }
        };
    }

    /** What it does after each read. */
    void rest() {}

    final void goOnWith(EventStore another) {
        store = another;
    }

    /** Reads once, and rests. */
    final void readAndRest() {
        read();
        rest();
    }

    /** Reads until a read finds less than it may; without a limit, once. */
    final void catchUp() {
        while (read()) {
            // there may be more
        }
    }

    private boolean read() {
        long count = 0;
        try (EventSequence events =
                store.readAll(ReadOptions.forwards().from(position + 1).limit(limit))) {
            for (RecordedEvent event : events) {
                see(event);
                count++;
            }
        }
        return count == limit;
    }

    private void see(RecordedEvent event) {
        assertThat(event.commitPosition())
                .as("commit position of the next event that %s sees", name)
                .isGreaterThan(position);
        seen.add(event);
        position = event.commitPosition();
    }

    /** All that it has seen, in its order. */
    List<RecordedEvent> seen() {
        return seen;
    }

    @Override
    public String toString() {
        return name;
    }
}
