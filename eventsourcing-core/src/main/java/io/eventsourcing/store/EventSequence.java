package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The result of a read: fetched lazily while it is iterated, of bounded memory whatever its length. It can be iterated
 * once, by one thread. Closing ends it early; iterating to the end closes it too.
 */
public interface EventSequence extends Iterable<RecordedEvent>, AutoCloseable {

    /** @throws IllegalStateException if called a second time, or after {@link #close()} */
    @Override
    Iterator<RecordedEvent> iterator();

    @Override
    void close();

    /** The same as a stream; closing the stream closes this. */
    default Stream<RecordedEvent> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /** All that is left, in memory. */
    default List<RecordedEvent> toList() {
        List<RecordedEvent> events = new ArrayList<>();
        forEach(events::add);
        return events;
    }
}
