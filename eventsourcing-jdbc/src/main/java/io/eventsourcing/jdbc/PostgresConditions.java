package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.StoreUnavailableException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;

/** Asks whether anything matches, once nobody else can append what would. All conditions of a batch in one round trip. */
final class PostgresConditions {

    /** So few positions are looked at one by one, faster than the index of tags. */
    private static final int FEW = 500;

    /**
     * The numbers of the conditions that are broken. Types and tags come as text, since arrays of arrays have to be of one
     * length each. Events are counted, as for {@code EXISTS} the planner would look at one position after the other from the
     * first one on, in the hope of a match; and 0 is added, as it would collect all those positions from their index.
     */
    static final String BROKEN = """
            SELECT i.condition
            FROM unnest(?::int[], ?::varchar[], ?::bigint[], ?::text[], ?::text[])
                AS i (condition, tenant, after, types, tags)
            WHERE CASE WHEN i.tags = '{}' OR %s - i.after < %d THEN EXISTS (
                    SELECT FROM es_events e
                    WHERE e.commit_position > i.after AND (i.tags = '{}' OR e.tags @> i.tags::text[])
                        AND (i.types = '{}' OR e.event_type = ANY (i.types::text[])) AND {tenant})
                ELSE (
                    SELECT count(*) FROM es_events e
                    WHERE e.tags @> i.tags::text[] AND e.commit_position + 0 > i.after
                        AND (i.types = '{}' OR e.event_type = ANY (i.types::text[])) AND {tenant}) > 0 END""".formatted(PostgresSql.DRAWN, FEW)
            .replace("{tenant}", "(SELECT s.tenant FROM es_streams s WHERE s.stream_id = e.stream_id) = i.tenant");

    private static final String MATCHED = "SELECT current_setting('transaction_isolation'), %s;\n%s;\nSELECT %s"
            .formatted(PostgresPlans.ONCE_FOR_NOW, BROKEN, PostgresPlans.AS_BEFORE);

    private static final String OTHERS = """
            SELECT EXISTS (SELECT FROM pg_locks
                           WHERE locktype = 'advisory' AND classid = %d AND objsubid = 2 AND granted
                               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                               AND pid IS DISTINCT FROM pg_backend_pid())""".formatted(PostgresSql.APPEND_LOCK);

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private PostgresConditions() {}

    /**
     * A transaction that ends gives back its locks of tables before those of ours, so who is alone may still find the lock of
     * one that was committed, and would not be shown its events.
     */
    static void awaitOthers(JdbcOperations jdbc) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (Boolean.TRUE.equals(jdbc.queryForObject(OTHERS, Boolean.class))) {
            if (System.nanoTime() > deadline) {
                throw new StoreUnavailableException(
                        "A transaction that appends doesn't end, so nobody can say what is true of all events", null);
            }
        }
    }

    /** A condition, and the number that is selected if it is broken. */
    record Numbered(int number, TenantCondition condition) {}

    /** One item of its query. */
    private record Asked(int number, TenantCondition condition, EventQuery.Item item) {

        static Stream<Asked> of(Numbered numbered) {
            TenantCondition condition = numbered.condition();
            return condition.noMatch().query().items().stream()
                    .map(item -> new Asked(numbered.number(), condition, item));
        }
    }

    static List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions) {
        List<TenantCondition> matched =
                jdbc.execute(MATCHED, (PreparedStatement statement) -> matched(statement, conditions));
        return Objects.requireNonNull(matched);
    }

    private static List<TenantCondition> matched(PreparedStatement statement, List<TenantCondition> conditions)
            throws SQLException {
        bind(
                new Columns(statement),
                IntStream.range(0, conditions.size()).mapToObj(i -> new Numbered(i, conditions.get(i))));
        statement.execute();
        requireReadCommitted(statement.getResultSet());
        statement.getMoreResults();
        List<TenantCondition> matched = new ArrayList<>();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                matched.add(conditions.get(rows.getInt(1)));
            }
        }
        return matched;
    }

    /** What {@link #BROKEN} wants. */
    static void bind(Columns columns, Stream<Numbered> conditions) throws SQLException {
        List<Asked> asked = conditions.flatMap(Asked::of).toList();
        columns.addInts(asked.stream().map(Asked::number));
        columns.addTexts(asked.stream().map(each -> each.condition().tenant()));
        columns.addLongs(asked.stream().map(each -> each.condition().noMatch().after()));
        columns.addArrays(asked.stream().map(each -> each.item().types()));
        columns.addArrays(asked.stream().map(each -> each.item().tags()));
    }

    private static void requireReadCommitted(ResultSet row) throws SQLException {
        row.next();
        PostgresSql.requireReadCommitted(row.getString(1), "An append can't depend on conditions", "Append");
    }
}
