package io.eventsourcing.projection;

import io.eventsourcing.projection.Feed.Page;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The events of a segment, page by page: what is left of one isn't read again, and while one is handled, the next is read. Not
 * thread-safe.
 */
final class ReadAhead {

    private final Feed feed;
    private final BoundProjection projection;
    private final SegmentId segment;
    private final Executor executor;

    /** Null if the next page has to be read. */
    private @Nullable Page current;

    private @Nullable CompletableFuture<Page> next;

    ReadAhead(Feed feed, BoundProjection projection, SegmentId segment, Executor executor) {
        this.feed = feed;
        this.projection = projection;
        this.segment = segment;
        this.executor = executor;
    }

    /**
     * What comes behind a position, and isn't there in vain. The position is never less than before.
     *
     * @param limit the last position that is of interest
     */
    Page after(long position, long limit) {
        Page page = current != null && position < current.end() ? current : load(position, limit);
        return page.between(position, Math.max(position, limit));
    }

    private Page load(long position, long limit) {
        Page page = next != null ? joined(next) : null;
        next = null;
        if (page == null || page.begin() > position || page.end() <= position) {
            page = read(position, limit);
        }
        current = page.isFull() ? page : null;
        if (page.isFull() && page.end() < limit) {
            next = readAfter(page.end(), limit);
        }
        return page;
    }

    private Page read(long position, long limit) {
        return feed.after(position, limit, projection)
                .filter(event -> projection.wants(event) && segment.holds(event.stream()));
    }

    /** Null if there is no thread any more. */
    private @Nullable CompletableFuture<Page> readAfter(long position, long limit) {
        try {
            return CompletableFuture.supplyAsync(() -> read(position, limit), executor);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private static Page joined(CompletableFuture<Page> page) {
        try {
            return page.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
