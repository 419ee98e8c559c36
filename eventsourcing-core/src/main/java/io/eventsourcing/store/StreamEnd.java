package io.eventsourcing.store;

/**
 * For backends: where a stream ends, and what has been deleted of it. Immutable.
 *
 * @param last the position of its last event, deleted or not
 * @param start where the events begin that were appended behind the last deletion but one: what is at the end of the stream
 *     was appended in one go of its life from there on. 0 if nothing was deleted
 */
public record StreamEnd(StreamPosition last, long start, State state) {

    /** What readers see of the events from the start on. */
    public enum State {
        /** All of them. */
        OPEN,
        /** None; appends go on behind the last one. */
        DELETED,
        /** None, for ever. */
        TOMBSTONED
    }

    /** Of a stream of which nothing was deleted. */
    public static StreamEnd at(StreamPosition last) {
        return new StreamEnd(last, 0, State.OPEN);
    }

    /** As readers see it. */
    public StreamPosition position() {
        return state == State.OPEN ? last : StreamPosition.NONE;
    }

    /** Whether events may be appended that expect this. */
    boolean accepts(ExpectedPosition expected) {
        boolean follows = state == State.DELETED && expected instanceof ExpectedPosition.Exactly;
        return expected.isMetBy(follows ? last : position());
    }
}
