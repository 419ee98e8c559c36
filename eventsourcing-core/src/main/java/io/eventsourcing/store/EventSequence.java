package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The result of a read: fetched lazily while it is iterated, of bounded memory whatever its length. It can be iterated
 * once, by one thread, in one of three ways: as an {@link Iterable}, a {@link #stream()} or a {@link #publisher()}.
 *
 * <p>Iterating to the end closes it. Closing it before, which any thread may do, ends it early: whoever asks an iterator for
 * more afterwards gets a {@link CancellationException}, so that what was broken off is not taken for the whole.
 */
public interface EventSequence extends Iterable<RecordedEvent>, AutoCloseable {

    /**
     * Its events. The iterator throws a {@link CancellationException} behind {@link #close()}, unless it had reached the end.
     *
     * @throws IllegalStateException if called a second time, or after {@link #close()}
     */
    @Override
    Iterator<RecordedEvent> iterator();

    /** Does nothing when called again, or behind the end. */
    @Override
    void close();

    /** The same as a stream; closing the stream closes this. */
    default Stream<RecordedEvent> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), traits), false)
                .onClose(this::close);
    }

    /**
     * The same for one subscriber, which gets no more events than it has asked for, by threads of its own. Cancelling the
     * subscription closes this; closing this ends it with a {@link CancellationException}. Whatever can't be read ends it
     * as well. A second subscriber is refused.
     */
    default Flow.Publisher<RecordedEvent> publisher() {
        return new EventPublisher(EventSource.of(this));
    }

    /** All that is left, in memory. */
    default List<RecordedEvent> toList() {
        List<RecordedEvent> events = new ArrayList<>();
        forEach(events::add);
        return events;
    }
}
