package io.eventsourcing.store;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.ToLongFunction;

/**
 * A read that fetches one page after the other, and holds no resource of the store in between. For backends: a page is
 * read from where the last one ended, so that events appended meanwhile are found.
 */
public final class PagedEvents implements EventSequence {

    /** Reads one page. */
    @FunctionalInterface
    public interface PageReader {

        /**
         * The first events of a span that a filter wants. A page takes a bounded time, whatever the filter: rather than look
         * for long, it says how far it has looked.
         *
         * @param count the most events to find, more than 0
         */
        EventPage read(EventFilter filter, Span span, int count);
    }

    private static final int FIRST_PAGE = 100;
    private static final int MIN_PAGE = 10;
    private static final int MAX_PAGE = 4096;

    /** What a page may weigh, if its events are as large as those of the page before. */
    private static final long PAGE_BYTES = 8 * 1024 * 1024;

    private final ReadOptions options;
    private final Span span;
    private final PageReader reader;
    private final ToLongFunction<RecordedEvent> position;
    private boolean used;
    private volatile boolean closed;

    private PagedEvents(ReadOptions options, Span span, PageReader reader, ToLongFunction<RecordedEvent> position) {
        this.options = options;
        this.span = span;
        this.reader = reader;
        this.position = position;
    }

    /**
     * Of one stream: spans are of stream positions.
     *
     * @throws IllegalArgumentException if the options make no sense for one stream
     */
    public static PagedEvents ofStream(ReadOptions options, PageReader reader) {
        return new PagedEvents(options, options.ofStream(), reader, RecordedEvent::streamPosition);
    }

    /** Of all events: spans are of commit positions. */
    public static PagedEvents ofAll(ReadOptions options, PageReader reader) {
        return new PagedEvents(options, options.ofAll(), reader, RecordedEvent::commitPosition);
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

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("The read was closed before its end");
        }
    }

    /** Where the read really begins, if that depends on what there is; empty for nowhere. */
    private Span start() {
        return options.latest().map(this::fromLatest).orElse(span);
    }

    private Span fromLatest(ReadOptions.Latest latest) {
        EventFilter wanted = options.filter().type(latest.type());
        Span left = new Span(span.first(), span.last(), true);
        while (!left.isEmpty()) {
            requireOpen();
            EventPage page = reader.read(wanted, left, 1);
            if (!page.events().isEmpty()) {
                return span.notBelow(position.applyAsLong(page.events().get(0)));
            }
            left = behind(left, page);
        }
        return latest.ifMissing() == ReadOptions.IfMissing.READ_EVERYTHING ? span : Span.NOTHING;
    }

    private static Span behind(Span span, EventPage page) {
        OptionalLong lookedUpTo = page.lookedUpTo();
        return lookedUpTo.isPresent() ? span.behind(lookedUpTo.getAsLong()) : Span.NOTHING;
    }

    private final class PageIterator implements Iterator<RecordedEvent> {

        private Span left = span;
        private boolean begun;
        private List<RecordedEvent> page = List.of();
        private int index;
        private int pageSize = FIRST_PAGE;
        private long remaining = options.limit();
        private boolean ended;

        @Override
        public boolean hasNext() {
            while (!ended && index >= page.size()) {
                requireOpen();
                fetch();
            }
            if (!ended) {
                requireOpen();
            }
            return !ended;
        }

        @Override
        public RecordedEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.get(index++);
        }

        private void fetch() {
            if (remaining > 0 && !begun) {
                begun = true;
                left = start();
            }
            if (remaining == 0 || left.isEmpty()) {
                ended = true;
                page = List.of();
                return;
            }
            EventPage found = reader.read(options.filter(), left, (int) Math.min(pageSize, remaining));
            left = behind(left, found);
            page = found.events();
            index = 0;
            remaining -= page.size();
            pageSize = nextPageSize();
        }

        private int nextPageSize() {
            long bytes = 1;
            for (RecordedEvent event : page) {
                bytes += event.data().length + event.metadata().length;
            }
            long fitting = page.isEmpty() ? pageSize : PAGE_BYTES * page.size() / bytes;
            return (int) Math.max(MIN_PAGE, Math.min(Math.min(pageSize * 4L, MAX_PAGE), fitting));
        }
    }
}
