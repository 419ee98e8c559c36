package io.eventsourcing.store;

/** Reads single streams. */
public interface StreamReader {

    /**
     * The events of a stream; none if it doesn't exist.
     *
     * @throws IllegalArgumentException if the options choose streams
     */
    EventSequence read(StreamName stream, ReadOptions options);

    /** The position of the stream's last event. */
    StreamPosition position(StreamName stream);
}
