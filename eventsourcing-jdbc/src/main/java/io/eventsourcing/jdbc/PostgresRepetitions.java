package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/** Looks for events by their ids at the ends of many streams in one round trip. */
final class PostgresRepetitions {

    /** OFFSET keeps the planner from looking for the ids first, for which there is no index. */
    private static final String FIND = """
            SELECT %s;
            SELECT e.stream_id, e.stream_position, e.commit_position, e.event_id
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS i (stream_id, first, last)
            CROSS JOIN LATERAL (
                SELECT * FROM es_events s
                WHERE s.stream_id = i.stream_id AND s.stream_position BETWEEN i.first AND i.last
                ORDER BY s.stream_position OFFSET 0) AS e
            WHERE e.event_id = ANY (?::uuid[])
            ORDER BY e.stream_id, e.stream_position;
            SELECT %s""".formatted(PostgresPlans.ONCE_FOR_NOW, PostgresPlans.AS_BEFORE);

    private PostgresRepetitions() {}

    static Map<Long, List<AppendRules.Stored>> find(
            JdbcOperations jdbc, Collection<Repetitions.Range> ranges, Collection<UUID> ids) {
        return Objects.requireNonNull(
                jdbc.execute(FIND, (PreparedStatement statement) -> find(statement, ranges, ids)));
    }

    private static Map<Long, List<AppendRules.Stored>> find(
            PreparedStatement statement, Collection<Repetitions.Range> ranges, Collection<UUID> ids)
            throws SQLException {
        Columns columns = new Columns(statement);
        columns.add("int8", ranges.stream().map(Repetitions.Range::streamId));
        columns.add("int8", ranges.stream().map(Repetitions.Range::first));
        columns.add("int8", ranges.stream().map(Repetitions.Range::last));
        columns.add("uuid", ids.stream());
        Map<Long, List<AppendRules.Stored>> found = new HashMap<>();
        statement.execute();
        statement.getMoreResults();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getLong(1), stream -> new ArrayList<>())
                        .add(new AppendRules.Stored(rows.getLong(2), rows.getLong(3), rows.getObject(4, UUID.class)));
            }
        }
        return found;
    }
}
