package io.eventsourcing.eventql;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One run of a query: what it has opened, and what it has cost. It sees the events that everybody could see when it began,
 * however often it reads them. For one thread, and any other may close it.
 */
final class Execution implements AutoCloseable {

    private final AllReader reader;
    private final Limits limits;
    private final Instant start;
    private final Queue<EventSequence> opened = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private long horizon = -1;
    private long kept;

    Execution(AllReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
        this.start = limits.clock().instant();
    }

    /** The row in which only constants have values. */
    Row emptyRow() {
        return Row.empty(start);
    }

    Stream<RecordedEvent> events(Search search, boolean backwards) {
        Search visible = search.upTo(horizon());
        if (visible.isEmpty()) {
            return Stream.empty();
        }
        EventSequence events = visible.read(reader, backwards);
        opened.add(events);
        requireTime();
        return StreamSupport.stream(new Visible(events.iterator(), visible, backwards), false)
                .filter(event -> visible.contains(event.commitPosition()));
    }

    private long horizon() {
        if (horizon < 0) {
            horizon = reader.readAll(ReadOptions.backwards().limit(1)).toList().stream()
                    .mapToLong(RecordedEvent::commitPosition)
                    .findFirst()
                    .orElse(0);
        }
        return horizon;
    }

    /** Notes that something stays in memory until the end. */
    void keep() {
        if (++kept > limits.kept()) {
            throw exceeded("has to keep more than " + limits.kept() + " rows, groups or values in memory, for ORDER BY,"
                    + " GROUP BY, DISTINCT, MEDIAN, a second FROM, subjects or eventtypes. Narrow it with WHERE or TOP, or"
                    + " raise the limit with keeping(…)");
        }
    }

    void requireRow(long number) {
        if (number > limits.rows()) {
            throw exceeded("gives more than " + limits.rows() + " rows. Ask for less with TOP, or raise the limit with"
                    + " rowLimit(…)");
        }
    }

    void requireTime() {
        if (closed) {
            throw new CancellationException("The query was closed before its end");
        }
        if (Duration.between(start, limits.clock().instant()).compareTo(limits.time()) > 0) {
            throw exceeded("takes longer than " + limits.time() + ". Narrow it by type, stream, time or position, or"
                    + " raise the limit with timeLimit(…)");
        }
    }

    private EventQlLimitException exceeded(String what) {
        close();
        return new EventQlLimitException("The query " + what);
    }

    @Override
    public void close() {
        closed = true;
        EventSequence next = opened.poll();
        while (next != null) {
            next.close();
            next = opened.poll();
        }
    }

    /** The events of a search until those behind it. */
    private final class Visible extends Spliterators.AbstractSpliterator<RecordedEvent> {

        private final Iterator<RecordedEvent> events;
        private final Search search;
        private final boolean backwards;
        private boolean ended;

        Visible(Iterator<RecordedEvent> events, Search search, boolean backwards) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.events = events;
            this.search = search;
            this.backwards = backwards;
        }

        @Override
        public boolean tryAdvance(Consumer<? super RecordedEvent> action) {
            requireTime();
            ended = ended || !events.hasNext();
            if (ended) {
                requireTime();
                return false;
            }
            RecordedEvent event = events.next();
            ended = search.isBehind(event.commitPosition(), backwards);
            if (!ended) {
                action.accept(event);
            }
            return !ended;
        }
    }
}
