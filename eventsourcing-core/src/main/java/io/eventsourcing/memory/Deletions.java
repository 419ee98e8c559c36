package io.eventsourcing.memory;

import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.util.HashMap;
import java.util.Map;

/** What was deleted of which streams. Not thread-safe: the store's lock guards it. */
final class Deletions {

    /**
     * Of one stream.
     *
     * @param start where the events began that were deleted last
     * @param behind the position behind them
     */
    private record Deletion(long start, long behind, boolean forGood) {}

    private static final Deletion NONE = new Deletion(0, 0, false);

    private final Map<StreamName, Deletion> deletions = new HashMap<>();

    StreamEnd end(StreamName stream, StreamPosition last) {
        Deletion deletion = deletions.getOrDefault(stream, NONE);
        if (deletion.forGood) {
            return new StreamEnd(last, deletion.start, StreamEnd.State.TOMBSTONED);
        }
        return last.next() > deletion.behind
                ? new StreamEnd(last, deletion.behind, StreamEnd.State.OPEN)
                : new StreamEnd(last, deletion.start, last.exists() ? StreamEnd.State.DELETED : StreamEnd.State.OPEN);
    }

    void add(StreamName stream, StreamEnd end, boolean forGood) {
        deletions.put(stream, new Deletion(end.start(), end.last().next(), forGood));
    }

    /** The position of the first event that isn't deleted, if there is one. */
    long firstReadable(StreamName stream) {
        return deletions.getOrDefault(stream, NONE).behind;
    }
}
