package io.eventsourcing.store;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** For backends: names of streams that are fetched page by page while they are asked for. For one thread. */
public final class PagedNames {

    /** Fetches the names behind one of them, or the first ones; none if there are no more. */
    @FunctionalInterface
    public interface PageReader {
        List<StreamName> read(Optional<StreamName> behind);
    }

    private PagedNames() {}

    public static Stream<StreamName> of(PageReader pages) {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Names(pages), traits), false);
    }

    private static final class Names implements Iterator<StreamName> {

        private final PageReader pages;
        private Iterator<StreamName> page = Collections.emptyIterator();
        private Optional<StreamName> last = Optional.empty();
        private boolean ended;

        Names(PageReader pages) {
            this.pages = pages;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && !ended) {
                page = pages.read(last).iterator();
                ended = !page.hasNext();
            }
            return !ended;
        }

        @Override
        public StreamName next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StreamName next = page.next();
            last = Optional.of(next);
            return next;
        }
    }
}
