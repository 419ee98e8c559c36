package io.eventsourcing.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/**
 * A read that fetches one page after the other, and holds no resource of the store in between. For backends: a page is
 * read from where the last one ended, so that events appended meanwhile are found.
 */
public final class PagedEvents implements EventSequence {

    /** Reads one page: at most {@code count} events, in order, from a position that counts as in {@link ReadOptions}. */
    @FunctionalInterface
    public interface PageReader {
        List<RecordedEvent> read(OptionalLong from, int count);
    }

    /** Where the page behind an event starts. */
    @FunctionalInterface
    public interface Continuation {
        OptionalLong after(RecordedEvent last);
    }

    private static final int FIRST_PAGE = 100;
    private static final int MIN_PAGE = 10;
    private static final int MAX_PAGE = 4096;

    /** What a page may weigh, if its events are as large as those of the page before. */
    private static final long PAGE_BYTES = 8 * 1024 * 1024;

    private final PageReader reader;
    private final Continuation continuation;
    private OptionalLong from;
    private long remaining;
    private boolean used;
    private boolean closed;

    public PagedEvents(ReadOptions options, PageReader reader, Continuation continuation) {
        this.reader = reader;
        this.continuation = continuation;
        this.from = options.from();
        this.remaining = options.limit();
    }

    /** For a stream: its positions have no gaps, and the position given is included in both directions. */
    public static PagedEvents ofStream(ReadOptions options, PageReader reader) {
        return new PagedEvents(options, reader, last -> next(last.streamPosition(), options.isBackwards(), true));
    }

    /** For all events: the position given is included forwards and excluded backwards. */
    public static PagedEvents ofAll(ReadOptions options, PageReader reader) {
        return new PagedEvents(options, reader, last -> next(last.commitPosition(), options.isBackwards(), false));
    }

    private static OptionalLong next(long position, boolean backwards, boolean inclusive) {
        if (!backwards) {
            return OptionalLong.of(position + 1);
        }
        return inclusive && position == 0 ? OptionalLong.empty() : OptionalLong.of(inclusive ? position - 1 : position);
    }

    @Override
    public Iterator<RecordedEvent> iterator() {
        if (used || closed) {
            throw new IllegalStateException("The events of a read can be iterated once; read again");
        }
        used = true;
        return new PageIterator();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class PageIterator implements Iterator<RecordedEvent> {

        private List<RecordedEvent> page = List.of();
        private int index;
        private int pageSize = FIRST_PAGE;
        private boolean last;

        @Override
        public boolean hasNext() {
            if (index < page.size()) {
                return !closed;
            }
            return !closed && !last && remaining > 0 && fetch();
        }

        @Override
        public RecordedEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.get(index++);
        }

        private boolean fetch() {
            int count = (int) Math.min(pageSize, remaining);
            page = reader.read(from, count);
            index = 0;
            remaining -= page.size();
            last = page.size() < count;
            if (!page.isEmpty()) {
                pageSize = nextPageSize();
                from = continuation.after(page.get(page.size() - 1));
                last |= from.isEmpty();
            }
            return !page.isEmpty();
        }

        private int nextPageSize() {
            long bytes = 1;
            for (RecordedEvent event : page) {
                bytes += event.data().length + event.metadata().length;
            }
            long fitting = PAGE_BYTES * page.size() / bytes;
            return (int) Math.max(MIN_PAGE, Math.min(Math.min(pageSize * 4L, MAX_PAGE), fitting));
        }
    }
}
