package io.eventsourcing.store;

/** An append was refused since its stream was not in the expected state. Nothing was written. */
public class VersionConflictException extends EventStoreException {

    private final transient StreamName stream;
    private final transient ExpectedPosition expected;
    private final transient StreamPosition actual;

    public VersionConflictException(StreamName stream, ExpectedPosition expected, StreamPosition actual) {
        super("Stream " + stream + " was expected at " + expected + ", it is at " + actual);
        this.stream = stream;
        this.expected = expected;
        this.actual = actual;
    }

    public StreamName stream() {
        return stream;
    }

    public ExpectedPosition expected() {
        return expected;
    }

    public StreamPosition actual() {
        return actual;
    }
}
