package io.eventsourcing.eventstoredb.test;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * One event in the log.
 *
 * @param position where its record starts, in bytes from the start of the log; commit and prepare position in one
 * @param revision its place in the stream, from 0; {@link #TOMBSTONE_REVISION} for the end of a tombstoned stream
 */
record LogRecord(
        long position,
        String stream,
        long revision,
        UUID id,
        String type,
        boolean json,
        ByteString data,
        ByteString metadata,
        Instant created) {

    static final long TOMBSTONE_REVISION = Long.MAX_VALUE;

    /** What a record takes beside its names and payload: lengths, flags, ids, positions and the time. */
    private static final int FIXED_BYTES = 87;

    /** Where the next record starts. So positions have gaps, as those of the real server. */
    long end() {
        return position + FIXED_BYTES + bytes(stream) + bytes(type) + data.size() + metadata.size();
    }

    /** Whether reads of $all leave it out, as the real server does with what it notes at each start. */
    boolean hidden() {
        return stream.equals(SystemNames.EPOCH_STREAM);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
