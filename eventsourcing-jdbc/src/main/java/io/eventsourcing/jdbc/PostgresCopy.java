package io.eventsourcing.jdbc;

import io.eventsourcing.store.NewEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.Oid;

/** Writes many rows by {@code COPY}, in PostgreSQL's binary format: twice as fast as inserting them from some thousands on. */
final class PostgresCopy {

    private static final String COPY = """
            COPY es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata,
                 tags)
            FROM STDIN (FORMAT BINARY)""";

    private static final int COLUMNS = 9;
    private static final int BUFFER = 64 * 1024;
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    /** What PostgreSQL counts microseconds from. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2 * BUFFER);
    private final DataOutputStream output = new DataOutputStream(buffer);
    private final CopyIn copy;

    private PostgresCopy(CopyIn copy) {
        this.copy = copy;
    }

    static void insert(Connection connection, List<NewRow> rows) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            new PostgresCopy(copy).write(rows);
            copy.endCopy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void write(List<NewRow> rows) throws IOException, SQLException {
        output.write(SIGNATURE);
        output.writeInt(0); // no flags
        output.writeInt(0); // no extension of the header
        for (NewRow row : rows) {
            write(row);
            flushIf(buffer.size() >= BUFFER);
        }
        output.writeShort(-1); // the end
        flushIf(true);
    }

    private void write(NewRow row) throws IOException {
        NewEvent event = row.event();
        output.writeShort(COLUMNS);
        writeLong(row.commitPosition());
        writeLong(row.streamId());
        writeLong(row.streamPosition());
        writeUuid(event.id());
        writeLong(ChronoUnit.MICROS.between(EPOCH, event.timestamp()));
        writeBytes(event.type().getBytes(StandardCharsets.UTF_8));
        writeBytes(event.data());
        writeBytes(event.metadata());
        writeTags(event.tags());
    }

    /** An array of one dimension whose indexes begin with 1; NULL for none. */
    private void writeTags(Set<String> tags) throws IOException {
        if (tags.isEmpty()) {
            output.writeInt(-1);
            return;
        }
        List<byte[]> texts =
                tags.stream().map(tag -> tag.getBytes(StandardCharsets.UTF_8)).toList();
        output.writeInt(5 * Integer.BYTES
                + texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
        output.writeInt(1);
        output.writeInt(0); // no element is null
        output.writeInt(Oid.TEXT);
        output.writeInt(texts.size());
        output.writeInt(1);
        for (byte[] text : texts) {
            writeBytes(text);
        }
    }

    private void writeLong(long value) throws IOException {
        output.writeInt(Long.BYTES);
        output.writeLong(value);
    }

    private void writeUuid(UUID id) throws IOException {
        output.writeInt(2 * Long.BYTES);
        output.writeLong(id.getMostSignificantBits());
        output.writeLong(id.getLeastSignificantBits());
    }

    private void writeBytes(byte[] bytes) throws IOException {
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    private void flushIf(boolean full) throws SQLException {
        if (full) {
            byte[] bytes = buffer.toByteArray();
            copy.writeToCopy(bytes, 0, bytes.length);
            buffer.reset();
        }
    }
}
