package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.NewEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Rows by PostgreSQL's COPY in its binary format, which is the fastest way into a table. */
final class RawCopy implements AutoCloseable {

    private static final String COPY = """
            COPY es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            FROM STDIN BINARY""";

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int COLUMNS = 8;
    private static final long EPOCH_SECOND =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Connection connection;
    private final CopyIn copy;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * CHUNK_BYTES);
    private final DataOutputStream out = new DataOutputStream(bytes);

    RawCopy(HikariDataSource pool) throws SQLException, IOException {
        connection = pool.getConnection();
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void write(long commitPosition, long stream, long position, NewEvent event) throws SQLException, IOException {
        out.writeShort(COLUMNS);
        writeLong(commitPosition);
        writeLong(stream);
        writeLong(position);
        out.writeInt(2 * Long.BYTES);
        out.writeLong(event.id().getMostSignificantBits());
        out.writeLong(event.id().getLeastSignificantBits());
        writeLong(micros(event.timestamp()));
        writeBytes(event.type().getBytes(StandardCharsets.UTF_8));
        writeBytes(event.data());
        writeBytes(event.metadata());
        if (bytes.size() > CHUNK_BYTES) {
            send();
        }
    }

    private static long micros(Instant instant) {
        return (instant.getEpochSecond() - EPOCH_SECOND) * 1_000_000 + instant.getNano() / 1_000;
    }

    private void writeLong(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    private void writeBytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    private void send() throws SQLException {
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
    }

    /** Ends the COPY, which commits it. */
    @Override
    public void close() throws SQLException, IOException {
        try (connection) {
            out.writeShort(-1);
            send();
            copy.endCopy();
        }
    }
}
