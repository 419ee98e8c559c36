package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * H2 has no advisory locks and no statement that returns what a batch has drawn, so appends take turns: each holds one row
 * until its transaction ends, and counts positions by itself.
 */
final class H2Sql implements Vendor.Sql {

    /**
     * H2 answers a query with the result that the same query has had before, if no commit was noted in between; but commits
     * are noted only after their locks are gone, so whoever gets the append lock could see a stream as it was. It doesn't
     * keep results that depend on chance.
     */
    static final String ASKED = "RAND() >= 0";

    private static final String INSERT_STREAM =
            "SELECT stream_id FROM FINAL TABLE (INSERT INTO es_streams (tenant, name) VALUES (?, ?))";

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata, tags)
            VALUES\s""";

    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /**
     * One statement for many rows is faster than a batch of statements. Only few sizes, as H2 keeps a statement for the next
     * time if its text is the same.
     */
    private static final int MANY_ROWS = 1_000;

    private static final int SOME_ROWS = 100;
    private static final String INSERT_MANY = insertOf(MANY_ROWS);
    private static final String INSERT_SOME = insertOf(SOME_ROWS);

    private static final String SAVE_SNAPSHOT = """
            MERGE INTO es_snapshots t USING (
                SELECT CAST(? AS VARCHAR) tenant, CAST(? AS VARCHAR) kind, CAST(? AS VARCHAR) name,
                    CAST(? AS BIGINT) position, CAST(? AS UUID) last_event, CAST(? AS VARCHAR) type, CAST(? AS VARCHAR) shape,
                    CAST(? AS VARBINARY) data, CAST(? AS TIMESTAMP(6) WITH TIME ZONE) taken_at
                WHERE NOT EXISTS (SELECT 1 FROM es_snapshots l WHERE l.tenant = ? AND l.kind = ? AND l.name = ?
                                      AND l.position > ?)
            ) s ON (t.tenant = s.tenant AND t.kind = s.kind AND t.name = s.name AND t.position = s.position)
            WHEN MATCHED THEN UPDATE SET last_event = s.last_event, type = s.type, shape = s.shape, data = s.data,
                taken_at = s.taken_at
            WHEN NOT MATCHED THEN INSERT
                VALUES (s.tenant, s.kind, s.name, s.position, s.last_event, s.type, s.shape, s.data, s.taken_at)""";

    private static String insertOf(int rows) {
        return INSERT + String.join(", ", Collections.nCopies(rows, ROW));
    }

    @Override
    public void lockSchema(JdbcOperations jdbc) {
        // DDL commits in H2, so nothing can be held; its databases are mostly opened by one process
    }

    @Override
    public String tableName(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
        jdbc.queryForObject("SELECT id FROM es_append_lock WHERE id = 1 FOR UPDATE", Integer.class);
        List<StreamHead> heads = new ArrayList<>(wanted.streams().size());
        for (StreamKey stream : wanted.streams()) {
            EventReads.head(jdbc, this, stream)
                    .or(() -> wanted.created().contains(stream)
                            ? Optional.of(insertStream(jdbc, stream))
                            : Optional.empty())
                    .ifPresent(heads::add);
        }
        return new Reservation(heads, draw(jdbc, wanted.events()), Reservation.Busy.NOTHING);
    }

    private static StreamHead insertStream(JdbcOperations jdbc, StreamKey stream) {
        try {
            Long id = jdbc.queryForObject(
                    INSERT_STREAM, Long.class, stream.tenant(), stream.name().value());
            return StreamHead.withoutEvents(stream, Objects.requireNonNull(id));
        } catch (DuplicateKeyException e) {
            throw new StaleSnapshotException(e);
        }
    }

    private long[] draw(JdbcOperations jdbc, int count) {
        long next = EventReads.lastPosition(jdbc, this) + 1;
        return LongStream.range(next, next + count).toArray();
    }

    /** As an append does, but so that a transaction which doesn't see it can't append any more. */
    @Override
    public void lockStream(JdbcOperations jdbc, StreamKey stream) {
        jdbc.update("UPDATE es_append_lock SET id = 1 WHERE id = 1");
    }

    /** Whoever holds the append lock sees the deletion. */
    @Override
    public void keepOut(JdbcOperations jdbc, StreamHead tombstoned) {}

    @Override
    public List<String> beforeReadingAll() {
        return List.of();
    }

    @Override
    public List<String> afterReadingAll() {
        return List.of();
    }

    @Override
    public void requireDecidable(ResultSet first) {
        // nothing was asked
    }

    @Override
    public void requirePrimary(JdbcOperations jdbc) {
        // H2 has no standbys
    }

    /** Positions become visible in their order, since whoever draws one holds the lock until it is visible. */
    @Override
    public String decided() {
        return ASKED;
    }

    @Override
    public String asked() {
        return ASKED;
    }

    @Override
    public String now() {
        return "CURRENT_TIMESTAMP";
    }

    @Override
    public String later() {
        return "DATEADD(MILLISECOND, ?, CURRENT_TIMESTAMP)";
    }

    @Override
    public void limitIdleness(JdbcOperations jdbc, Duration limit) {
        // H2 can't, but gives up waiting for a lock after a while
    }

    /** What depends on chance isn't kept for the next row either. */
    @Override
    public boolean asksForEachRow() {
        return true;
    }

    @Override
    public NamePrefix namePrefix() {
        return NamePrefix.LIKE;
    }

    /** In the same process there are no round trips to save. */
    @Override
    public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {}

    /** There are no round trips to save. */
    @Override
    public Map<Long, List<UUID>> ids(JdbcOperations jdbc, Collection<Repetitions.Range> ranges) {
        return ranges.stream().collect(Collectors.toMap(Repetitions.Range::streamId, range -> ids(jdbc, range)));
    }

    private List<UUID> ids(JdbcOperations jdbc, Repetitions.Range range) {
        return EventReads.stored(jdbc, this, range.streamId(), range.first(), range.last()).stream()
                .map(AppendRules.Stored::id)
                .toList();
    }

    @Override
    public void insert(JdbcOperations jdbc, List<NewRow> rows) {
        int start = 0;
        while (start < rows.size()) {
            int count = rowsAtOnce(rows.size() - start);
            insertAtOnce(jdbc, rows.subList(start, start + count));
            start += count;
        }
        H2Conditions.insertTags(jdbc, rows);
    }

    private static int rowsAtOnce(int left) {
        return left >= MANY_ROWS ? MANY_ROWS : Math.min(left, SOME_ROWS);
    }

    private static String insert(int rows) {
        return switch (rows) {
            case MANY_ROWS -> INSERT_MANY;
            case SOME_ROWS -> INSERT_SOME;
            default -> insertOf(rows);
        };
    }

    private static void insertAtOnce(JdbcOperations jdbc, List<NewRow> rows) {
        jdbc.update(insert(rows.size()), statement -> {
            int index = 0;
            for (NewRow row : rows) {
                NewEvent event = row.event();
                statement.setLong(++index, row.commitPosition());
                statement.setLong(++index, row.streamId());
                statement.setLong(++index, row.streamPosition());
                statement.setObject(++index, event.id());
                statement.setObject(++index, event.timestamp().atOffset(ZoneOffset.UTC));
                statement.setString(++index, event.type());
                statement.setBytes(++index, event.data());
                statement.setBytes(++index, event.metadata());
                statement.setObject(
                        ++index, event.tags().isEmpty() ? null : event.tags().toArray());
            }
        });
    }

    @Override
    public List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions) {
        return H2Conditions.matched(jdbc, conditions);
    }

    /** They do. */
    @Override
    public void awaitOthers(JdbcOperations jdbc) {}

    @Override
    public String saveSnapshot() {
        return SAVE_SNAPSHOT;
    }

    @Override
    public boolean isInMemory(JdbcOperations jdbc) {
        return jdbc.queryForObject("CALL DATABASE_PATH()", String.class) == null;
    }

    @Override
    public List<String> durabilityWarnings(JdbcOperations jdbc) {
        // two rows once it was ever set: what is stored, and what is in force, which only the URL changes for good
        Integer delay = jdbc.queryForObject(
                "SELECT MAX(CAST(SETTING_VALUE AS INTEGER)) FROM INFORMATION_SCHEMA.SETTINGS"
                        + " WHERE SETTING_NAME = 'WRITE_DELAY'",
                Integer.class);
        if (delay == null || delay == 0 || isInMemory(jdbc)) {
            return List.of();
        }
        return List.of("H2 acknowledges commits up to " + delay + " ms before it writes them, so events that were"
                + " acknowledged are lost when this process is killed. Add ;WRITE_DELAY=0 to the URL");
    }
}
