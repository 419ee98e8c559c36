package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.KnownHeads.Head;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
            SELECT nextval('es_commit_positions'),""";

    private static final String RETURNING = " RETURNING commit_position, event_id, stream_id";

    /** The last event of a stream. Its id alone doesn't say which one it is, as nothing keeps ids apart. */
    private static final String HEAD = """
            (SELECT e.stream_id, e.stream_position, e.event_id FROM es_events e WHERE e.stream_id = %s
             ORDER BY e.stream_position DESC LIMIT 1) AS h""";

    /**
     * One event, to a stream whose head is known: the most frequent case, and worth a plan of its own. What is selected is
     * evaluated behind the condition, so that no position is drawn before the lock is held.
     */
    private static final String ONE_AT_HEAD = INSERT + " h.stream_id, h.stream_position + 1, ?, ?, ?, ?, ? FROM "
            + HEAD.formatted("?")
            + " WHERE %s IS NOT NULL AND pg_try_advisory_xact_lock(%d, ?) AND h.stream_position = ? AND h.event_id = ?"
                    .formatted(PostgresSql.LOCK_APPEND, PostgresSql.STREAM_LOCK)
            + RETURNING;

    /** A plan that fits any number of rows is made once, not at each call. */
    private static final String GENERIC_PLAN = "SELECT " + PostgresPlans.ONCE + "; ";

    /** The streams whose end is where the appends expect it, as far as nobody else holds them. */
    private static final String AT_HEADS = """
            SELECT array_agg(CASE WHEN pg_try_advisory_xact_lock(%d, i.lock)
                                  THEN (SELECT h.stream_id FROM %s WHERE h.stream_position = i.position
                                                                     AND h.event_id = i.event_id) END ORDER BY i.n) AS ids
            FROM unnest(?::bigint[], ?::bigint[], ?::uuid[], ?::int[])
                WITH ORDINALITY AS i (stream_id, position, event_id, lock, n)""".formatted(PostgresSql.STREAM_LOCK, HEAD.formatted("i.stream_id"));

    private static final String BY_NAME = """
            SELECT array_agg(CASE WHEN pg_try_advisory_xact_lock(%d, x.lock) AND x.position = coalesce(
                    (SELECT max(e.stream_position) FROM es_events e WHERE e.stream_id = x.stream_id), -1)
                AND (x.position < 0 OR NOT EXISTS (SELECT FROM es_deletions d
                                                   WHERE d.stream_id = x.stream_id AND d.first_readable = %d))
                THEN x.stream_id END ORDER BY x.n) AS ids
            FROM (SELECT i.n, i.position, i.lock, (SELECT s.stream_id FROM es_streams s
                                                   WHERE s.tenant = i.tenant AND s.name = i.name) AS stream_id
                  FROM unnest(?::varchar[], ?::varchar[], ?::bigint[], ?::int[])
                      WITH ORDINALITY AS i (tenant, name, position, lock, n)) AS x""".formatted(PostgresSql.STREAM_LOCK, StreamEnd.NEVER);

    private static final String MANY_AT_HEADS = GENERIC_PLAN + events(AT_HEADS);
    private static final String MANY_BY_NAME = GENERIC_PLAN + events(BY_NAME);
    private static final String MANY_WITH_NEW =
            GENERIC_PLAN + PostgresReservation.INSERT_STREAMS + "; " + events(BY_NAME);

    private static String events(String streams) {
        return "WITH locked AS MATERIALIZED (SELECT " + PostgresSql.LOCK_APPEND + "), streams AS (" + streams + ") "
                + INSERT + """
                 streams.ids[e.n], e.position, e.id, e.occurred_at, e.type, e.data, e.metadata
                FROM locked, streams,
                    unnest(?::int[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[], ?::bytea[], ?::bytea[])
                        AS e (n, position, id, occurred_at, type, data, metadata)
                WHERE streams.ids[e.n] IS NOT NULL""" + RETURNING;
    }

    private final KnownHeads heads;
    private final List<AppendRequest> requests;
    private final List<StreamAppend> appends;
    private final List<Head> known;

    private PostgresAtOnce(KnownHeads heads, List<AppendRequest> requests) {
        this.heads = heads;
        this.requests = requests;
        this.appends = requests.stream().map(PostgresAtOnce::append).toList();
        this.known = requests.stream()
                .map(request -> heads.at(stream(request), position(append(request))))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Does nothing on connections that don't commit by themselves. */
    static void write(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {
        List<AppendRequest> fitting = fitting(requests);
        if (!fitting.isEmpty()) {
            new PostgresAtOnce(heads, fitting).write(jdbc);
        }
    }

    /** Of two appends to one stream, the second is decided by what becomes of the first. */
    private static List<AppendRequest> fitting(List<AppendRequest> requests) {
        Set<StreamKey> streams = new HashSet<>();
        List<AppendRequest> fitting = new ArrayList<>(requests.size());
        for (AppendRequest request : requests) {
            if (isFitting(request) && streams.add(stream(request))) {
                fitting.add(request);
            }
        }
        return fitting;
    }

    private static boolean isFitting(AppendRequest request) {
        return request.conditions().isEmpty()
                && request.appends().size() == 1
                && append(request).expected().namesPlace()
                && !append(request).events().isEmpty()
                && append(request).events().size() < PostgresSql.ROWS_WORTH_A_COPY
                && append(request).events().stream()
                        .allMatch(event -> event.tags().isEmpty());
    }

    private static StreamAppend append(AppendRequest request) {
        return request.appends().get(0);
    }

    private static StreamKey stream(AppendRequest request) {
        return request.key(append(request).stream());
    }

    private static long position(StreamAppend append) {
        return append.expected() instanceof ExpectedPosition.Exactly exactly ? exactly.position() : -1;
    }

    private void write(JdbcOperations jdbc) {
        String sql = sql();
        jdbc.execute(sql, (PreparedStatement statement) -> {
            boolean commits = statement.getConnection().getAutoCommit();
            if (commits) {
                bind(statement, sql);
                statement.execute();
                tell(lastResult(statement));
            }
            return commits;
        });
    }

    private String sql() {
        if (known.size() == appends.size()) {
            return appends.size() == 1 && appends.get(0).events().size() == 1 ? ONE_AT_HEAD : MANY_AT_HEADS;
        }
        return appends.stream().anyMatch(append -> position(append) < 0) ? MANY_WITH_NEW : MANY_BY_NAME;
    }

    private void bind(PreparedStatement statement, String sql) throws SQLException {
        if (sql.equals(ONE_AT_HEAD)) {
            bindOne(statement);
            return;
        }
        Columns columns = new Columns(statement);
        if (sql.equals(MANY_AT_HEADS)) {
            columns.add("int8", known.stream().map(Head::streamId));
            columns.add("int8", known.stream().map(Head::position));
            columns.add("uuid", known.stream().map(Head::eventId));
        } else {
            if (sql.equals(MANY_WITH_NEW)) {
                PostgresReservation.addNewStreams(columns, newStreams());
            }
            PostgresReservation.addStreams(
                    columns, requests.stream().map(PostgresAtOnce::stream).toList());
            columns.add("int8", appends.stream().map(PostgresAtOnce::position));
        }
        columns.add("int4", requests.stream().map(request -> PostgresSql.lockKey(stream(request))));
        bindEvents(columns);
    }

    private void bindOne(PreparedStatement statement) throws SQLException {
        StreamAppend append = appends.get(0);
        NewEvent event = append.events().get(0);
        Head head = known.get(0);
        statement.setObject(1, event.id());
        statement.setObject(2, event.timestamp().atOffset(ZoneOffset.UTC));
        statement.setString(3, event.type());
        statement.setBytes(4, event.data());
        statement.setBytes(5, event.metadata());
        statement.setLong(6, head.streamId());
        statement.setInt(7, PostgresSql.lockKey(stream(requests.get(0))));
        statement.setLong(8, head.position());
        statement.setObject(9, head.eventId());
    }

    private List<StreamKey> newStreams() {
        return requests.stream()
                .filter(request -> position(append(request)) < 0)
                .map(PostgresAtOnce::stream)
                .toList();
    }

    private void bindEvents(Columns columns) throws SQLException {
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
            if (current != null && current.getMetaData().getColumnCount() > 1) {
                return current;
            }
            statement.getMoreResults();
        }
    }

    /** Rows come in the order of the events, all of an append or none. */
    private void tell(ResultSet rows) throws SQLException {
        boolean more = rows.next();
        for (AppendRequest request : requests) {
            StreamAppend append = append(request);
            long commitPosition = 0;
            long streamId = 0;
            for (int i = 0; more && i < append.events().size(); i++) {
                if (!rows.getObject(2, UUID.class).equals(append.events().get(i).id())) {
                    break;
                }
                commitPosition = rows.getLong(1);
                streamId = rows.getLong(3);
                more = rows.next();
            }
            if (commitPosition > 0) {
                succeed(request, streamId, commitPosition);
            }
        }
    }

    private void succeed(AppendRequest request, long streamId, long commitPosition) {
        StreamAppend append = append(request);
        long last = position(append) + append.events().size();
        NewEvent event = append.events().get(append.events().size() - 1);
        heads.saw(stream(request), new Head(streamId, last, event.id()));
        request.succeed(List.of(new AppendResult(append.stream(), StreamPosition.of(last), commitPosition)));
    }
}
