package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes appends in a single round trip, which is also their transaction: the driver sends all statements of a text
 * together, and the server runs them as one transaction where none was begun. It takes the appends that name their place,
 * and leaves open those that the database refuses, for reasons that only {@link EventWrites} can tell.
 *
 * <p>A stream that somebody else holds isn't waited for: it would hold up all the others.
 */
final class PostgresAtOnce {

    /**
     * One event, and a stream that is there: the most frequent case, and worth a plan of its own. What is selected is
     * evaluated behind the condition, so that no position is drawn before the lock is held.
     */
    private static final String ONE = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            SELECT nextval('es_commit_positions'), s.stream_id, ?, ?, ?, ?, ?, ?
            FROM es_streams s
            WHERE s.tenant = '' AND s.name = ? AND %s IS NOT NULL AND pg_try_advisory_xact_lock(%d, ?)
                AND (SELECT max(e.stream_position) FROM es_events e WHERE e.stream_id = s.stream_id) = ?
            RETURNING commit_position, event_id""".formatted(PostgresSql.LOCK_APPEND, PostgresSql.STREAM_LOCK);

    /** A plan that fits any number of rows is made once, not at each call. */
    private static final String GENERIC_PLAN = "SELECT set_config('plan_cache_mode', 'force_generic_plan', true); ";

    private static final String EVENTS = """
            WITH locked AS MATERIALIZED (SELECT %s),
            streams AS (
                SELECT array_agg(CASE WHEN pg_try_advisory_xact_lock(%d, x.lock) AND x.expected = coalesce(
                        (SELECT max(e.stream_position) FROM es_events e WHERE e.stream_id = x.stream_id), -1)
                    THEN x.stream_id END ORDER BY x.n) AS ids
                FROM (SELECT i.n, i.expected, i.lock, (SELECT s.stream_id FROM es_streams s
                                                       WHERE s.tenant = '' AND s.name = i.name) AS stream_id
                      FROM unnest(?::varchar[], ?::bigint[], ?::int[]) WITH ORDINALITY AS i (name, expected, lock, n)) AS x)
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            SELECT nextval('es_commit_positions'), streams.ids[e.n], e.position, e.id, e.occurred_at, e.type, e.data,
                   e.metadata
            FROM locked, streams, unnest(?::int[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[], ?::bytea[], ?::bytea[])
                AS e (n, position, id, occurred_at, type, data, metadata)
            WHERE streams.ids[e.n] IS NOT NULL
            RETURNING commit_position, event_id""".formatted(PostgresSql.LOCK_APPEND, PostgresSql.STREAM_LOCK);

    private static final String MANY_TO_EXISTING = GENERIC_PLAN + EVENTS;
    private static final String MANY = GENERIC_PLAN + PostgresSql.INSERT_STREAMS + "; " + EVENTS;

    private PostgresAtOnce() {}

    /** Does nothing on connections that don't commit by themselves. */
    static void write(JdbcOperations jdbc, List<AppendRequest> requests) {
        List<AppendRequest> fitting = fitting(requests);
        if (fitting.isEmpty()) {
            return;
        }
        String sql = sql(fitting);
        jdbc.execute(sql, (PreparedStatement statement) -> {
            boolean commits = statement.getConnection().getAutoCommit();
            if (commits) {
                execute(statement, sql, fitting);
            }
            return commits;
        });
    }

    private static String sql(List<AppendRequest> requests) {
        if (requests.stream().anyMatch(request -> position(append(request)) < 0)) {
            return MANY;
        }
        return requests.size() == 1 && append(requests.get(0)).events().size() == 1 ? ONE : MANY_TO_EXISTING;
    }

    private static void execute(PreparedStatement statement, String sql, List<AppendRequest> requests)
            throws SQLException {
        List<StreamAppend> appends =
                requests.stream().map(PostgresAtOnce::append).toList();
        Columns columns = new Columns(statement);
        if (sql.equals(ONE)) {
            bindOne(statement, appends.get(0));
        } else {
            if (sql.equals(MANY)) {
                bindNewStreams(columns, appends);
            }
            bindMany(columns, appends);
        }
        statement.execute();
        tell(requests, lastResult(statement));
    }

    private static StreamAppend append(AppendRequest request) {
        return request.appends().get(0);
    }

    /** Of two appends to one stream, the second is decided by what becomes of the first. */
    private static List<AppendRequest> fitting(List<AppendRequest> requests) {
        Set<StreamName> streams = new HashSet<>();
        List<AppendRequest> fitting = new ArrayList<>(requests.size());
        for (AppendRequest request : requests) {
            if (isFitting(request) && streams.add(append(request).stream())) {
                fitting.add(request);
            }
        }
        return fitting;
    }

    private static boolean isFitting(AppendRequest request) {
        return request.appends().size() == 1
                && append(request).expected().namesPlace()
                && !append(request).events().isEmpty()
                && append(request).events().size() < PostgresSql.ROWS_WORTH_A_COPY;
    }

    private static long position(StreamAppend append) {
        return append.expected() instanceof ExpectedPosition.Exactly exactly ? exactly.position() : -1;
    }

    private static void bindOne(PreparedStatement statement, StreamAppend append) throws SQLException {
        NewEvent event = append.events().get(0);
        statement.setLong(1, position(append) + 1);
        statement.setObject(2, event.id());
        statement.setObject(3, event.timestamp().atOffset(ZoneOffset.UTC));
        statement.setString(4, event.type());
        statement.setBytes(5, event.data());
        statement.setBytes(6, event.metadata());
        statement.setString(7, append.stream().value());
        statement.setInt(8, PostgresSql.lockKey(append.stream()));
        statement.setLong(9, position(append));
    }

    private static void bindNewStreams(Columns columns, List<StreamAppend> appends) throws SQLException {
        PostgresSql.addNewStreams(
                columns,
                appends.stream()
                        .filter(append -> position(append) < 0)
                        .map(StreamAppend::stream)
                        .toList());
    }

    private static void bindMany(Columns columns, List<StreamAppend> appends) throws SQLException {
        columns.add("varchar", appends.stream().map(append -> append.stream().value()));
        columns.add("int8", appends.stream().map(PostgresAtOnce::position));
        columns.add("int4", appends.stream().map(append -> PostgresSql.lockKey(append.stream())));
        List<Integer> numbers = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < appends.size(); i++) {
            long next = position(appends.get(i)) + 1;
            for (NewEvent event : appends.get(i).events()) {
                numbers.add(i + 1); // arrays begin with 1 in SQL
                positions.add(next++);
                events.add(event);
            }
        }
        columns.add("int4", numbers.stream());
        columns.add("int8", positions.stream());
        columns.addEvents(events);
    }

    private static ResultSet lastResult(PreparedStatement statement) throws SQLException {
        while (true) {
            ResultSet current = statement.getResultSet();
            if (current != null && current.getMetaData().getColumnCount() == 2) {
                return current;
            }
            statement.getMoreResults();
        }
    }

    /** Rows come in the order of the events, all of an append or none. */
    private static void tell(List<AppendRequest> requests, ResultSet rows) throws SQLException {
        boolean more = rows.next();
        for (AppendRequest request : requests) {
            StreamAppend append = append(request);
            long commitPosition = 0;
            for (int i = 0; more && i < append.events().size(); i++) {
                if (!rows.getObject(2, UUID.class).equals(append.events().get(i).id())) {
                    break;
                }
                commitPosition = rows.getLong(1);
                more = rows.next();
            }
            if (commitPosition > 0) {
                StreamPosition last =
                        StreamPosition.of(position(append) + append.events().size());
                request.succeed(List.of(new AppendResult(append.stream(), last, commitPosition)));
            }
        }
    }
}
