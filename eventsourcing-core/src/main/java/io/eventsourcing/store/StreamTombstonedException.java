package io.eventsourcing.store;

import org.jspecify.annotations.Nullable;

/** An append was refused since its stream was deleted for good. Nothing was written, and nothing ever will be. */
public class StreamTombstonedException extends EventStoreException {

    private final transient StreamName stream;

    public StreamTombstonedException(StreamName stream) {
        this(stream, null);
    }

    public StreamTombstonedException(StreamName stream, @Nullable Throwable cause) {
        super("Stream " + stream + " was deleted for good, and its name can't be used again", cause);
        this.stream = stream;
    }

    public StreamName stream() {
        return stream;
    }
}
