package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link PostgresAtOnce} sends: how the streams are found, and whether tags are minded. What is selected by an INSERT is
 * evaluated behind its conditions, so that no position is drawn before the locks are held.
 */
final class AtOnceText {

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata%s)
            SELECT nextval('es_commit_positions'),""";

    private static final String RETURNING = " RETURNING commit_position, event_id, stream_id";

    /** The last event of a stream. Its id alone doesn't say which one it is, as nothing keeps ids apart. */
    private static final String HEAD = """
            (SELECT e.stream_id, e.stream_position, e.event_id FROM es_events e WHERE e.stream_id = %s
             ORDER BY e.stream_position DESC LIMIT 1) AS h""";

    /** One event, to a stream whose head is known: the most frequent case, and worth a plan of its own. */
    static final String ONE_AT_HEAD = INSERT.formatted("") + " h.stream_id, h.stream_position + 1, ?, ?, ?, ?, ? FROM "
            + HEAD.formatted("?")
            + " WHERE %s IS NOT NULL AND pg_try_advisory_xact_lock(%d, ?) AND h.stream_position = ? AND h.event_id = ?"
                    .formatted(PostgresSql.LOCK_APPEND, PostgresSql.STREAM_LOCK)
            + RETURNING;

    /** The streams whose end is where the appends expect it, as far as nobody else holds them. */
    private static final String STREAMS_AT_HEADS =
            """
            SELECT array_agg(CASE WHEN pg_try_advisory_xact_lock(%d, i.lock)
                                  THEN (SELECT h.stream_id FROM %s WHERE h.stream_position = i.position
                                                                     AND h.event_id = i.event_id) END ORDER BY i.n) AS ids
            FROM unnest(?::bigint[], ?::bigint[], ?::uuid[], ?::int[])
                WITH ORDINALITY AS i (stream_id, position, event_id, lock, n)""".formatted(PostgresSql.STREAM_LOCK, HEAD.formatted("i.stream_id"));

    /** The id of an event is given where the place isn't what the caller has named. */
    private static final String STREAMS_BY_NAME = """
            SELECT array_agg(CASE WHEN pg_try_advisory_xact_lock(%d, x.lock) AND x.position = coalesce(
                    (SELECT max(e.stream_position) FROM es_events e WHERE e.stream_id = x.stream_id), -1)
                AND (x.position < 0 OR NOT EXISTS (SELECT FROM es_deletions d
                                                   WHERE d.stream_id = x.stream_id AND d.first_readable = %d))
                AND (x.event_id IS NULL OR x.event_id = (
                    SELECT e.event_id FROM es_events e
                    WHERE e.stream_id = x.stream_id AND e.stream_position = x.position))
                THEN x.stream_id END ORDER BY x.n) AS ids
            FROM (SELECT i.n, i.position, i.event_id, i.lock,
                         (SELECT s.stream_id FROM es_streams s WHERE s.tenant = i.tenant AND s.name = i.name) AS stream_id
                  FROM unnest(?::varchar[], ?::varchar[], ?::bigint[], ?::uuid[], ?::int[])
                      WITH ORDINALITY AS i (tenant, name, position, event_id, lock, n)) AS x""".formatted(PostgresSql.STREAM_LOCK, StreamEnd.NEVER);

    /** Whoever is alone waits for those who have begun, so nobody may begin, and then wait for the table. */
    private static final String BEGIN = "INSERT INTO es_events SELECT * FROM es_events WHERE FALSE";

    /** A statement of its own: those behind it see what was committed until it held the locks. */
    private static final String LOCK_TAGS = """
            SELECT set_config('eventsourcing.busy',
                              (coalesce(array_agg(DISTINCT l.n) FILTER (WHERE NOT l.held), '{}'))::text, true)
            FROM (SELECT t.n, CASE WHEN t.alone THEN pg_try_advisory_xact_lock(%1$d, t.lock)
                                   ELSE pg_try_advisory_xact_lock_shared(%1$d, t.lock) END AS held
                  FROM unnest(?::int[], ?::int[], ?::boolean[]) AS t (n, lock, alone)) AS l""".formatted(PostgresSql.TAG_LOCK);

    /** Where the transaction doesn't see what was committed meanwhile, nothing can be said. */
    private static final String UNBROKEN = """
             AND current_setting('transaction_isolation') LIKE 'read %%'
             AND e.n <> ALL (current_setting('eventsourcing.busy')::int[])
             AND e.n <> ALL (ARRAY(%s))""".formatted(PostgresConditions.BROKEN);

    static final String AT_HEADS = text(false, STREAMS_AT_HEADS);
    static final String BY_NAME = text(false, STREAMS_BY_NAME);
    static final String WITH_NEW = text(false, STREAMS_BY_NAME, PostgresReservation.INSERT_STREAMS);
    static final String TAGGED_AT_HEADS = text(true, STREAMS_AT_HEADS);
    static final String TAGGED_BY_NAME = text(true, STREAMS_BY_NAME);
    static final String TAGGED_WITH_NEW = text(true, STREAMS_BY_NAME, PostgresReservation.INSERT_STREAMS);

    private AtOnceText() {}

    /** @param before what makes streams, if some are new */
    private static String text(boolean tagged, String streams, String... before) {
        List<String> statements = new ArrayList<>();
        statements.add("SELECT " + PostgresPlans.ONCE); // a plan that fits any number of rows
        if (tagged) {
            statements.add(BEGIN);
        }
        statements.addAll(List.of(before));
        if (tagged) {
            statements.add(LOCK_TAGS);
        }
        statements.add(events(tagged, streams));
        return String.join("; ", statements);
    }

    /** Tags come as text, since arrays of arrays have to be of one length each. */
    private static String events(boolean tagged, String streams) {
        return "WITH locked AS MATERIALIZED (SELECT " + PostgresSql.LOCK_APPEND + "), streams AS (" + streams + ") "
                + INSERT.formatted(tagged ? ", tags" : "")
                + """
                 streams.ids[e.n], e.position, e.id, e.occurred_at, e.type, e.data, e.metadata%s
                FROM locked, streams,
                    unnest(?::int[], ?::bigint[], ?::uuid[], ?::timestamptz[], ?::varchar[], ?::bytea[], ?::bytea[]%s)
                        AS e (n, position, id, occurred_at, type, data, metadata%s)
                WHERE streams.ids[e.n] IS NOT NULL""".formatted(
                                tagged ? ", nullif(e.tags, '{}')::text[]" : "",
                                tagged ? ", ?::text[]" : "",
                                tagged ? ", tags" : "")
                + (tagged ? "\n" + UNBROKEN : "")
                + RETURNING;
    }
}
