package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.StreamName;
import io.kurrent.dbclient.EventData;
import java.util.List;

/** How many bytes an append may have. Immutable. */
final class AppendLimit {

    /** What servers take up to version 25.0, unless they are told otherwise. */
    static final int SMALL = 1024 * 1024;

    private final Connection connection;
    private final int configured;

    /** @param configured what the server was told; 0 if it was told nothing */
    AppendLimit(Connection connection, int configured) {
        this.connection = connection;
        this.configured = configured;
    }

    /** @throws AppendTooLargeException if the server would refuse them */
    void require(StreamName stream, List<EventData> events) {
        long size = events.stream().mapToLong(EventFormat::size).sum();
        int most = configured > 0 ? configured : SMALL;
        if (size <= most || configured == 0 && connection.isAtLeast(25, 1)) {
            return;
        }
        throw new AppendTooLargeException(
                "Appending to " + stream + " failed: an append is written at once or not at all, its " + events.size()
                        + " events have " + size + " bytes, and the server takes " + most
                        + ". If its setting MaxAppendSize is greater, say so when the store is built",
                null);
    }
}
