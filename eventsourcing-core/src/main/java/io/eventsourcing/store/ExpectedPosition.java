package io.eventsourcing.store;

/** What must be true of a stream for an append to be accepted. A closed set of immutable values. */
public sealed interface ExpectedPosition {

    /** Whether a stream is in the expected state. */
    boolean isMetBy(StreamPosition actual);

    /** Whether it says where the events go, so that an append that is repeated is recognised by its place. */
    default boolean namesPlace() {
        return this instanceof Exactly || this instanceof NoStream;
    }

    /** Whatever the stream's state. */
    static ExpectedPosition any() {
        return Any.INSTANCE;
    }

    /** The stream has no events. */
    static ExpectedPosition noStream() {
        return NoStream.INSTANCE;
    }

    /** The stream has at least one event. */
    static ExpectedPosition streamExists() {
        return StreamExists.INSTANCE;
    }

    /**
     * The stream's last event has this position.
     *
     * @param position 0 or more
     */
    static ExpectedPosition exactly(long position) {
        return new Exactly(position);
    }

    /** See {@link #any()}. */
    enum Any implements ExpectedPosition {
        INSTANCE;

        @Override
        public boolean isMetBy(StreamPosition actual) {
            return true;
        }

        @Override
        public String toString() {
            return "any position";
        }
    }

    /** See {@link #noStream()}. */
    enum NoStream implements ExpectedPosition {
        INSTANCE;

        @Override
        public boolean isMetBy(StreamPosition actual) {
            return !actual.exists();
        }

        @Override
        public String toString() {
            return "no stream";
        }
    }

    /** See {@link #streamExists()}. */
    enum StreamExists implements ExpectedPosition {
        INSTANCE;

        @Override
        public boolean isMetBy(StreamPosition actual) {
            return actual.exists();
        }

        @Override
        public String toString() {
            return "an existing stream";
        }
    }

    /** See {@link #exactly(long)}. */
    record Exactly(long position) implements ExpectedPosition {

        public Exactly {
            if (position < 0) {
                throw new IllegalArgumentException("A stream position is 0 or more, not " + position
                        + "; a stream without events is ExpectedPosition.noStream()");
            }
        }

        @Override
        public boolean isMetBy(StreamPosition actual) {
            return actual.exists() && actual.value() == position;
        }

        @Override
        public String toString() {
            return "position " + position;
        }
    }
}
