package io.eventsourcing.projection;

import io.eventsourcing.store.Bound;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a store for all projections of a node: the newest ones, which one subscription brings, are kept for a while,
 * so that all who are at the end share them; the others are read. Thread-safe.
 */
final class Feed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    private static final int PAGE = 5_000;
    private static final long PAGE_BYTES = 2 << 20;
    private static final int KEPT_EVENTS = 1_000;
    private static final long KEPT_BYTES = 4 << 20;

    /**
     * Some events behind a position.
     *
     * @param begin behind which it begins
     * @param events in their order; those that a projection doesn't want may be among them
     * @param end up to where there are no others that it wants
     * @param isFull whether there may be more
     */
    record Page(long begin, List<RecordedEvent> events, long end, boolean isFull) {

        Page filter(Predicate<RecordedEvent> condition) {
            return new Page(begin, events.stream().filter(condition).toList(), end, isFull);
        }

        /** What is behind a position and not behind another, which is no less. */
        Page between(long position, long limit) {
            if (position <= begin && end <= limit) {
                return this;
            }
            List<RecordedEvent> some = events.stream()
                    .filter(event -> event.commitPosition() > position && event.commitPosition() <= limit)
                    .toList();
            return new Page(position, some, Math.min(end, limit), isFull);
        }
    }

    private final EventStore store;
    private final Runnable onEvent;
    private final Deque<RecordedEvent> recent = new ArrayDeque<>();
    private long bytes;

    /** Behind it, the recent events are all that there are. */
    private long base;

    private volatile long head;
    private volatile long beginning;
    private @Nullable Subscription subscription;

    /** @param onEvent called when there is another event; it returns at once */
    Feed(EventStore store, Runnable onEvent) {
        this.store = store;
        this.onEvent = onEvent;
    }

    /** Does nothing when called again. Throws what the store throws if it can't be read. */
    synchronized void start() {
        if (subscription == null) {
            base = store.lastPosition().orElse(0);
            head = base;
            beginning = base;
            subscription = store.subscribe(SubscribeOptions.after(base).named("the projections"), this::add);
        }
    }

    /** Starts if the store can be reached. */
    void findTheEnd() {
        try {
            start();
        } catch (EventStoreException e) {
            log.debug("Where the events end is found out when the store can be reached", e);
        }
    }

    synchronized boolean isStarted() {
        return subscription != null;
    }

    /** The position of the last event that is known. */
    long head() {
        return head;
    }

    /** The position of the last event that was there when this was started. */
    long beginning() {
        return beginning;
    }

    private void add(RecordedEvent event) {
        synchronized (this) {
            if (event.commitPosition() <= head) {
                return; // it comes again if nobody could be told of it
            }
            recent.addLast(event);
            bytes += size(event);
            head = event.commitPosition();
            while (recent.size() > KEPT_EVENTS || bytes > KEPT_BYTES) {
                RecordedEvent oldest = recent.removeFirst();
                bytes -= size(oldest);
                base = oldest.commitPosition();
            }
        }
        onEvent.run();
    }

    private static long size(RecordedEvent event) {
        return event.data().length + event.metadata().length;
    }

    /**
     * What comes behind a position for a projection.
     *
     * @param limit the last position that is of interest
     */
    Page after(long position, long limit, BoundProjection projection) {
        long end;
        synchronized (this) {
            end = Math.max(Math.min(head, limit), position);
            if (position >= base) {
                return new Page(position, recentBetween(position, end), end, false);
            }
        }
        return read(position, end, projection);
    }

    private List<RecordedEvent> recentBetween(long position, long end) {
        LinkedList<RecordedEvent> events = new LinkedList<>();
        Iterator<RecordedEvent> newestFirst = recent.descendingIterator();
        while (newestFirst.hasNext()) {
            RecordedEvent event = newestFirst.next();
            if (event.commitPosition() <= position) {
                break;
            }
            if (event.commitPosition() <= end) {
                events.addFirst(event);
            }
        }
        return events;
    }

    private Page read(long position, long end, BoundProjection projection) {
        if (position >= end) {
            return new Page(position, List.of(), end, false);
        }
        ReadOptions range = ReadOptions.forwards()
                .from(position + 1)
                .upper(Bound.inclusive(end))
                .limit(PAGE);
        List<RecordedEvent> events = new ArrayList<>();
        long size = 0;
        try (EventSequence found = store.readAll(projection.select(range))) {
            for (RecordedEvent event : found) {
                events.add(event);
                size += size(event);
                if (events.size() == PAGE || size > PAGE_BYTES) {
                    return new Page(position, events, event.commitPosition(), true);
                }
            }
        }
        return new Page(position, events, end, false);
    }

    /** The event at a commit position; null if it isn't in the store any more. */
    @Nullable
    RecordedEvent at(long commitPosition) {
        Bound only = Bound.inclusive(commitPosition);
        try (EventSequence events =
                store.readAll(ReadOptions.forwards().lower(only).upper(only))) {
            Iterator<RecordedEvent> found = events.iterator();
            return found.hasNext() ? found.next() : null;
        }
    }

    @Override
    public void close() {
        Subscription running;
        synchronized (this) {
            running = subscription;
            subscription = null;
            recent.clear();
            bytes = 0;
        }
        if (running != null) {
            running.close();
        }
    }
}
