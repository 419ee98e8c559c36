package io.eventsourcing.store;

/**
 * For backends: where a stream ends, and how far it was deleted. Immutable.
 *
 * @param last the position of its last event, deleted or not
 * @param firstReadable the position of the first event that isn't deleted, or that the next one will have if all are; 0 if
 *     nothing was deleted, {@link #NEVER} if there will never be one
 */
public record StreamEnd(StreamPosition last, long firstReadable) {

    /** Behind all positions: that of a stream which was deleted for good. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Of a stream of which nothing was deleted. */
    public static StreamEnd at(StreamPosition last) {
        return new StreamEnd(last, 0);
    }

    /** As readers see it. */
    public StreamPosition position() {
        return last.value() < firstReadable ? StreamPosition.NONE : last;
    }

    boolean isDeleted() {
        return last.exists() && !position().exists();
    }

    boolean isTombstoned() {
        return firstReadable == NEVER;
    }

    /** Whether events may be appended that expect this: also those that follow the last event which was deleted. */
    boolean accepts(ExpectedPosition expected) {
        return expected.isMetBy(position())
                || isDeleted() && expected instanceof ExpectedPosition.Exactly && expected.isMetBy(last);
    }
}
