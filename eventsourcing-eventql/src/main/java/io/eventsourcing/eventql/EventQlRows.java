package io.eventsourcing.eventql;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, found while they are iterated: once, by one thread. A query that sorts or groups looks at all of its
 * events before its first row.
 *
 * <p>Iterating to the end closes it, and so does whatever is thrown on the way. Closing it before, which any thread may do,
 * ends it early: whoever asks for more afterwards gets a {@link CancellationException}, so that what was broken off is not
 * taken for the whole.
 *
 * @param <R> what a row is
 */
public final class EventQlRows<R> implements Iterable<R>, AutoCloseable {

    private final Query query;
    private final Execution execution;
    private final Function<@Nullable Object, R> mapping;
    private boolean used;

    EventQlRows(Query query, Execution execution, Function<@Nullable Object, R> mapping) {
        this.query = query;
        this.execution = execution;
        this.mapping = mapping;
    }

    /**
     * The rows. Besides what the store may throw, the iterator throws an {@link EventQlLimitException} where the query
     * exceeds a limit, and an {@link EventQlException} where a row is not what was asked for.
     *
     * @throws IllegalStateException if called a second time
     */
    @Override
    public Iterator<R> iterator() {
        if (used) {
            throw new IllegalStateException("The rows of a query can be iterated once; ask again");
        }
        used = true;
        return new RowIterator();
    }

    /** The same as a stream; closing the stream closes this. */
    public Stream<R> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    /** All that is left, in memory. */
    public List<R> toList() {
        List<R> rows = new ArrayList<>();
        forEach(rows::add);
        return rows;
    }

    @Override
    public void close() {
        execution.close();
    }

    private final class RowIterator implements Iterator<R> {

        private @Nullable Iterator<@Nullable Object> values;
        private @Nullable R next;
        private boolean ended;
        private long count;

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                try {
                    advance();
                } catch (RuntimeException | Error e) {
                    ended = true;
                    close();
                    throw e;
                }
            }
            return next != null;
        }

        @Override
        public R next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            R row = Objects.requireNonNull(next);
            next = null;
            return row;
        }

        private void advance() {
            execution.requireTime();
            if (values == null) {
                values = Pipeline.rows(query, execution).iterator();
            }
            if (values.hasNext()) {
                execution.requireRow(++count);
                next = mapping.apply(values.next());
            } else {
                ended = true;
                close();
            }
        }
    }
}
