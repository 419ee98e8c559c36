package io.eventsourcing.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcOperations;

/** Takes what an append needs in one round trip; each statement sees what was committed while the one before it waited. */
final class PostgresReservation {

    /** Of streams that nobody else holds, since it would wait for whoever makes the same one in a transaction. */
    static final String INSERT_STREAMS = """
            INSERT INTO es_streams (tenant, name)
                SELECT c.tenant, c.name FROM unnest(?::varchar[], ?::varchar[], ?::int[]) AS c (tenant, name, lock)
                WHERE pg_try_advisory_xact_lock(%d, c.lock)
                    AND NOT EXISTS (SELECT FROM es_streams s WHERE s.tenant = c.tenant AND s.name = c.name)
                ON CONFLICT DO NOTHING""".formatted(PostgresSql.STREAM_LOCK);

    /** The first append of a transaction has the lowest key, so that the others need none. */
    private static final String LOCK_APPENDS = """
            SELECT %s WHERE coalesce(current_setting('eventsourcing.appending', true), '') = '';
            SELECT set_config('eventsourcing.appending', 'yes', true), %s""".formatted(PostgresSql.LOCK_APPEND, PostgresPlans.ONCE_FOR_NOW);

    /** Those that somebody else holds; everybody takes them in their order, so that nobody waits in a circle. */
    private static final String STREAMS =
            "SELECT k FROM unnest(?) AS k WHERE pg_{tries}advisory_xact_lock(%d, k) {isMissing}"
                    .formatted(PostgresSql.STREAM_LOCK);

    private static final String TAGS = """
            SELECT t.k FROM unnest(?::int[], ?::boolean[]) AS t (k, alone)
            WHERE CASE WHEN t.alone THEN pg_{tries}advisory_xact_lock(%1$d, t.k) {isMissing}
                       ELSE pg_{tries}advisory_xact_lock_shared(%1$d, t.k) {isMissing} END""".formatted(PostgresSql.TAG_LOCK);

    private static final String HEADS =
            StreamHead.SELECT + " WHERE (s.tenant, s.name) IN (SELECT * FROM unnest(?::varchar[], ?::varchar[]))";

    private static final String DRAW = "SELECT coalesce(array_agg(nextval('es_commit_positions')), '{}'), "
            + PostgresPlans.AS_BEFORE + " FROM generate_series(1, ?)";

    private static final String WAITING = sql("IS NULL", "", STREAMS);
    private static final String FREE = sql("IS NOT TRUE", "try_", STREAMS);
    private static final String TAGS_WAITING = sql("IS NULL", "", TAGS, STREAMS);
    private static final String TAGS_FREE = sql("IS NOT TRUE", "try_", TAGS, STREAMS);

    /**
     * What every insert takes, taken before a position is drawn, so that {@link #ALONE} waits for whoever has drawn one and
     * has not inserted yet.
     */
    private static final String WITH_OTHERS = "LOCK TABLE es_events IN ROW EXCLUSIVE MODE;\n";

    private static final String ALONE = "SELECT es_lock_events();\n";

    /** What PostgreSQL says where it would have to wait for a row that the snapshot doesn't have. */
    private static final String SERIALIZATION_FAILURE = "40001";

    private PostgresReservation() {}

    /**
     * @param isMissing what is said of a lock that somebody else has
     * @param tries empty, or what makes the functions try instead of wait
     */
    private static String sql(String isMissing, String tries, String... locks) {
        String text = String.join(";\n", LOCK_APPENDS, String.join(";\n", locks), INSERT_STREAMS, HEADS, DRAW);
        return text.replace("{tries}", tries).replace("{isMissing}", isMissing);
    }

    /** @throws StaleSnapshotException if a stream was made behind the back of this transaction */
    static Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
        try {
            Reservation reservation =
                    jdbc.execute(sql(wanted, waits), (PreparedStatement statement) -> reserve(statement, wanted));
            return Objects.requireNonNull(reservation);
        } catch (ConcurrencyFailureException e) {
            if (e.getRootCause() instanceof SQLException failure
                    && SERIALIZATION_FAILURE.equals(failure.getSQLState())) {
                throw new StaleSnapshotException(e);
            }
            throw e;
        }
    }

    private static String sql(Reservation.Wanted wanted, boolean waits) {
        String sql = wanted.tags().isEmpty() ? (waits ? WAITING : FREE) : (waits ? TAGS_WAITING : TAGS_FREE);
        return (wanted.alone() ? ALONE : WITH_OTHERS) + sql;
    }

    private static Reservation reserve(PreparedStatement statement, Reservation.Wanted wanted) throws SQLException {
        boolean tagged = !wanted.tags().isEmpty();
        Columns columns = new Columns(statement);
        if (tagged) {
            columns.addInts(wanted.tags().exclusive().keySet().stream());
            columns.addBooleans(wanted.tags().exclusive().values().stream());
        }
        columns.addInts(keys(wanted.streams()));
        addNewStreams(columns, wanted.created());
        addStreams(columns, wanted.streams());
        columns.addNumber(wanted.events());
        statement.execute();
        Set<Integer> tags = tagged ? keys(result(statement, 3)) : Set.of();
        Set<Integer> streams = keys(result(statement, tagged ? 1 : 3));
        return new Reservation(
                heads(result(statement, 2)), drawn(result(statement, 1)), busy(wanted.streams(), streams, tags));
    }

    /** What {@link #INSERT_STREAMS} wants. */
    static void addNewStreams(Columns columns, List<StreamKey> streams) throws SQLException {
        addStreams(columns, streams);
        columns.addInts(streams.stream().map(PostgresSql::lockKey));
    }

    /** The result so many further on. */
    private static ResultSet result(PreparedStatement statement, int further) throws SQLException {
        for (int i = 0; i < further; i++) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    private static Set<Integer> keys(ResultSet rows) throws SQLException {
        Set<Integer> keys = new HashSet<>();
        while (rows.next()) {
            keys.add(rows.getInt(1));
        }
        return keys;
    }

    private static Reservation.Busy busy(List<StreamKey> streams, Set<Integer> streamKeys, Set<Integer> tags) {
        return new Reservation.Busy(
                streams.stream()
                        .filter(stream -> streamKeys.contains(PostgresSql.lockKey(stream)))
                        .collect(Collectors.toSet()),
                tags);
    }

    private static long[] drawn(ResultSet row) throws SQLException {
        row.next();
        return Stream.of((Long[]) row.getArray(1).getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Sorted, so that two appends to the same streams don't wait for each other. */
    private static Stream<Integer> keys(List<StreamKey> streams) {
        return streams.stream().map(PostgresSql::lockKey).sorted().distinct();
    }

    /** Whose they are, and what they are called. */
    static void addStreams(Columns columns, List<StreamKey> streams) throws SQLException {
        columns.addTexts(streams.stream().map(StreamKey::tenant));
        columns.addTexts(streams.stream().map(stream -> stream.name().value()));
    }

    private static List<StreamHead> heads(ResultSet rows) throws SQLException {
        List<StreamHead> heads = new ArrayList<>();
        while (rows.next()) {
            heads.add(StreamHead.of(rows));
        }
        return heads;
    }
}
