package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Appends don't wait for each other, except in one stream. Positions therefore become visible out of order, and a reader has
 * to know how far nothing can appear any more: an append takes a shared advisory lock whose key is the last position that
 * was drawn <em>before</em> it draws its own. A reader first notes the last position drawn and then lists those locks. An
 * append that isn't among them has ended, or will draw behind what was noted; one that is draws behind its key. So what
 * lies at or below the lowest key is decided, without waiting for anybody.
 */
final class PostgresSql implements Vendor.Sql {

    /** The first half of the keys of advisory locks, "ES" and what is locked; the second half says which one. */
    private static final int SCHEMA_LOCK = 0x4553_0000;

    static final int APPEND_LOCK = 0x4553_0001;
    static final int STREAM_LOCK = 0x4553_0002;
    static final int TAG_LOCK = 0x4553_0003;
    static final int LISTENER_LOCK = 0x4553_0004;

    static final String DRAWN = "coalesce(pg_sequence_last_value('es_commit_positions'), 0)";

    static final String LOCK_APPEND =
            "pg_advisory_xact_lock_shared(%d, (%s & 4294967295)::bit(32)::int)".formatted(APPEND_LOCK, DRAWN);

    /** A lock that was taken behind the reader's back may be so far ahead of what the reader has noted. */
    private static final long FARTHEST_AHEAD = 1L << 24;

    /** Must be statements of their own: within one, nothing says what is looked at first. */
    private static final List<String> BEFORE_READING_ALL = List.of(
            // the sequence itself, which refuses a role without rights; the function would say that nothing was drawn
            "SELECT set_config('eventsourcing.drawn', (CASE WHEN is_called THEN last_value ELSE 0 END)::text, true),"
                    + " pg_is_in_recovery(), current_setting('transaction_isolation')"
                    + " FROM es_commit_positions",
            // a key is the lower half of a position, the upper half is that of the last one drawn, or one less
            // a prepared transaction has no pid
            """
            SELECT set_config('eventsourcing.decided', (d - coalesce(max(behind) FILTER (WHERE behind < %d), 0))::text, true),
                %s
            FROM (SELECT d, (d - l.objid::bigint) & 4294967295 AS behind
                  FROM (SELECT current_setting('eventsourcing.drawn')::bigint AS d) AS p
                  LEFT JOIN pg_locks l
                      ON l.locktype = 'advisory' AND l.classid = %d AND l.objsubid = 2 AND l.granted
                      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND l.pid IS DISTINCT FROM pg_backend_pid()) AS k
            GROUP BY d""".formatted((1L << 32) - FARTHEST_AHEAD, PostgresPlans.ONCE_FOR_NOW, APPEND_LOCK));

    /**
     * The plan of the query is the same for all positions, but in a large table PostgreSQL would make it anew each time. What
     * else the caller's transaction does keeps its own.
     */
    private static final List<String> AFTER_READING_ALL = List.of("SELECT " + PostgresPlans.AS_BEFORE);

    private static final String OPEN_APPENDS = """
            SELECT coalesce(l.pid, 0), coalesce(a.application_name, ''),
                   coalesce(1000 * extract(epoch FROM clock_timestamp() - a.xact_start), 0)::bigint
            FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.classid = %d AND l.objsubid = 2 AND l.granted
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY 3 DESC""".formatted(APPEND_LOCK);

    private static final String LOCK_STREAM =
            "SELECT current_setting('transaction_isolation') FROM pg_advisory_xact_lock(%d, ?)".formatted(STREAM_LOCK);

    private static final String INSERT_TOMBSTONE = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            VALUES (?, ?, ?, gen_random_uuid(), now(), '$tombstone', '', '')""";

    private static final String SAVE_SNAPSHOT = """
            INSERT INTO es_snapshots (tenant, kind, name, position, last_event, type, shape, data, taken_at)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?
            WHERE NOT EXISTS (SELECT FROM es_snapshots l WHERE l.tenant = ? AND l.kind = ? AND l.name = ?
                                  AND l.position > ?)
            ON CONFLICT (tenant, kind, name, position) DO UPDATE SET last_event = excluded.last_event,
                type = excluded.type, shape = excluded.shape, data = excluded.data, taken_at = excluded.taken_at""";

    @Override
    public void lockSchema(JdbcOperations jdbc) {
        jdbc.execute("SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ", 0)");
    }

    @Override
    public String now() {
        return "clock_timestamp()";
    }

    @Override
    public String later() {
        return "clock_timestamp() + CAST(? AS double precision) * INTERVAL '1 millisecond'";
    }

    @Override
    public void limitIdleness(JdbcOperations jdbc, Duration limit) {
        jdbc.queryForObject(
                "SELECT set_config('idle_in_transaction_session_timeout', ?, true)",
                String.class,
                Long.toString(limit.toMillis()));
    }

    @Override
    public String tableName(String name) {
        return name;
    }

    @Override
    public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
        return PostgresReservation.reserve(jdbc, wanted, waits);
    }

    @Override
    public void lockStream(JdbcOperations jdbc, StreamKey stream) {
        String isolation = jdbc.queryForObject(LOCK_STREAM, String.class, lockKey(stream));
        requireReadCommitted(isolation, "A stream can't be deleted", "Delete it");
    }

    @Override
    public void keepOut(JdbcOperations jdbc, StreamHead tombstoned) {
        jdbc.update(
                INSERT_TOMBSTONE,
                -tombstoned.streamId(),
                tombstoned.streamId(),
                tombstoned.end().last().next());
    }

    /** @throws EventStoreException if what others have committed can't be seen in a transaction of this isolation */
    static void requireReadCommitted(@Nullable String isolation, String what, String cure) {
        if (isolation != null && !isolation.startsWith("read ")) {
            throw new EventStoreException(what + " in a transaction of isolation " + isolation.toUpperCase(Locale.ROOT)
                    + ": its snapshot doesn't have what others have committed since. " + cure
                    + " in READ COMMITTED, or outside of the transaction");
        }
    }

    @Override
    public List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions) {
        return PostgresConditions.matched(jdbc, conditions);
    }

    @Override
    public void awaitOthers(JdbcOperations jdbc) {
        PostgresConditions.awaitOthers(jdbc);
    }

    @Override
    public List<String> beforeReadingAll() {
        return BEFORE_READING_ALL;
    }

    @Override
    public List<String> afterReadingAll() {
        return AFTER_READING_ALL;
    }

    @Override
    public void requireDecidable(ResultSet first) throws SQLException {
        first.next();
        if (first.getBoolean(2)) {
            throw onStandby();
        }
        if (!first.getString(3).startsWith("read ")) {
            throw new EventStoreException("All events can't be read in a transaction of isolation "
                    + first.getString(3).toUpperCase(Locale.ROOT)
                    + ": its snapshot is older than what is known of appends in flight, and a reader that goes on from"
                    + " there would skip events. Read them in READ COMMITTED, or outside of the transaction");
        }
    }

    @Override
    public void requirePrimary(JdbcOperations jdbc) {
        if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_is_in_recovery()", Boolean.class))) {
            throw onStandby();
        }
    }

    private static EventStoreException onStandby() {
        return new EventStoreException(
                "This PostgreSQL is a standby. It can't append, and doesn't know which appends are"
                        + " in flight on its primary, so a reader of all events would skip some. Connect to the primary"
                        + " (targetServerType=primary in the URL, if it names several hosts)");
    }

    @Override
    public String decided() {
        return "e.commit_position BETWEEN 1 AND current_setting('eventsourcing.decided')::bigint"; // below are
        // tombstones
    }

    @Override
    public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {
        PostgresAtOnce.write(jdbc, requests, heads);
    }

    /** What conditions look at keeps the server busy, and this process could make the next batch meanwhile. */
    @Override
    public int lanes() {
        return 2;
    }

    @Override
    public Map<Long, List<UUID>> ids(JdbcOperations jdbc, Collection<Repetitions.Range> ranges) {
        return PostgresRepetitions.ids(jdbc, ranges);
    }

    @Override
    public void insert(JdbcOperations jdbc, List<NewRow> rows) {
        PostgresInsert.insert(jdbc, rows);
    }

    static int lockKey(StreamKey stream) {
        return 31 * stream.tenant().hashCode() + stream.name().value().hashCode();
    }

    static String timestamp(NewEvent event) {
        return event.timestamp().atOffset(ZoneOffset.UTC).toString();
    }

    @Override
    public String saveSnapshot() {
        return SAVE_SNAPSHOT;
    }

    @Override
    public List<OpenAppend> openAppends(JdbcOperations jdbc) {
        return jdbc.query(
                OPEN_APPENDS,
                (row, number) -> new OpenAppend(row.getInt(1), row.getString(2), Duration.ofMillis(row.getLong(3))));
    }

    @Override
    public boolean isInMemory(JdbcOperations jdbc) {
        return false;
    }

    @Override
    public List<String> durabilityWarnings(JdbcOperations jdbc) {
        List<String> warnings = new ArrayList<>();
        for (String setting : List.of("fsync", "synchronous_commit")) {
            if ("off".equals(jdbc.queryForObject("SELECT current_setting(?)", String.class, setting))) {
                warnings.add(
                        "PostgreSQL runs with " + setting + "=off, so events that were acknowledged are lost when the"
                                + " server dies. Set " + setting + "=on");
            }
        }
        return warnings;
    }
}
