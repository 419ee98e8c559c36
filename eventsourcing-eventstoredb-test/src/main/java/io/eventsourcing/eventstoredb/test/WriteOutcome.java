package io.eventsourcing.eventstoredb.test;

import java.util.List;

/** What became of a write. */
sealed interface WriteOutcome {

    /**
     * The events are in the log, now or since an earlier try.
     *
     * @param lastRevisions the revision of the last event of each stream, {@code -1} for none
     * @param position the position of the last event, {@code -1} if it cannot be told
     */
    record Written(List<Long> lastRevisions, long position) implements WriteOutcome {}

    /** Nothing was written, because a stream isn't where the write expected it. */
    record WrongRevision(int index, long current) implements WriteOutcome {}

    /** Nothing was written, because only a part of it had been written before. */
    record PartlyRepeated() implements WriteOutcome {}

    /** Nothing was written, because a stream is deleted. */
    record Deleted(int index) implements WriteOutcome {}
}
