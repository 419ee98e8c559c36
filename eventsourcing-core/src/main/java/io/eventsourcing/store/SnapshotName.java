package io.eventsourcing.store;

/**
 * What snapshots are of: one stream, or one projection of all events. The names of the two are apart. Names are compared
 * character by character.
 *
 * @param value the name of the stream; or that of the projection, which keeps to the same rules
 */
public record SnapshotName(Kind kind, String value) {

    /** What a name names. */
    public enum Kind {
        STREAM,
        PROJECTION
    }

    /** @throws IllegalArgumentException if the name breaks one of the rules of {@link StreamName}; the message says which */
    public SnapshotName {
        StreamName.of(value);
    }

    /** Snapshots of what a stream's events make, by stream position. */
    public static SnapshotName ofStream(StreamName stream) {
        return new SnapshotName(Kind.STREAM, stream.value());
    }

    /** Snapshots of what all events make, by commit position. */
    public static SnapshotName ofProjection(String projection) {
        return new SnapshotName(Kind.PROJECTION, projection);
    }

    @Override
    public String toString() {
        return kind == Kind.STREAM ? value : "the projection " + value;
    }
}
