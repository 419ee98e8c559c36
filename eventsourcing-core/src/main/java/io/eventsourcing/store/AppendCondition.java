package io.eventsourcing.store;

import java.util.UUID;
import java.util.function.Predicate;

/**
 * What must be true of a store for an append to be accepted, beyond what the append expects of its own stream. A closed set
 * of immutable values.
 */
public sealed interface AppendCondition {

    /** A stream is in a state; nothing need be appended to it. */
    static AppendCondition stream(StreamName stream, ExpectedPosition expected) {
        return new StreamState(stream, expected);
    }

    /** A stream ends with the event of this id. */
    static AppendCondition lastEvent(StreamName stream, UUID eventId) {
        return new LastEvent(stream, eventId);
    }

    /** The store has no event that matches. */
    static AppendCondition noMatch(EventQuery query) {
        return new NoMatch(query, 0);
    }

    /**
     * The store has no event that matches behind a commit position: the last one that was looked at when the decision was
     * made, by a read of all events, whether it matched or not.
     *
     * @param commitPosition 0 or more; 0 for the beginning
     */
    static AppendCondition noMatchAfter(long commitPosition, EventQuery query) {
        return new NoMatch(query, commitPosition);
    }

    /**
     * A question about all events has the answer yes. It may be any question, so nobody else appends while it is answered:
     * prefer {@link #noMatchAfter} where that says the same.
     *
     * @param text the question, for messages
     * @param answer reads what it needs, on the thread of the append and in its transaction, and nowhere else
     */
    static AppendCondition isTrue(String text, Predicate<AllReader> answer) {
        return new Question(text, answer);
    }

    /** See {@link #stream}. */
    record StreamState(StreamName stream, ExpectedPosition expected) implements AppendCondition {

        @Override
        public String toString() {
            return "stream " + stream + " at " + expected;
        }
    }

    /** See {@link #lastEvent}. */
    record LastEvent(StreamName stream, UUID eventId) implements AppendCondition {

        @Override
        public String toString() {
            return "event " + eventId + " at the end of stream " + stream;
        }
    }

    /** See {@link #isTrue}. */
    record Question(String text, Predicate<AllReader> answer) implements AppendCondition {

        @Override
        public String toString() {
            return "a yes to '" + text + "'";
        }
    }

    /**
     * See {@link #noMatchAfter}.
     *
     * @param after a commit position, 0 or more
     */
    record NoMatch(EventQuery query, long after) implements AppendCondition {

        public NoMatch {
            if (after < 0) {
                throw new IllegalArgumentException("A commit position is 0 or more, not " + after);
            }
        }

        @Override
        public String toString() {
            return "no " + query + (after == 0 ? "" : " behind commit position " + after);
        }
    }
}
