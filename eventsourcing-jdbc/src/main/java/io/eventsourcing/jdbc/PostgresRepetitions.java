package io.eventsourcing.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/** Reads the ids of events at the ends of many streams in one round trip. */
final class PostgresRepetitions {

    private static final String IDS = """
            SELECT %s;
            SELECT i.stream_id, ARRAY(
                SELECT e.event_id FROM es_events e
                WHERE e.stream_id = i.stream_id AND e.stream_position BETWEEN i.first AND i.last
                ORDER BY e.stream_position)
            FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS i (stream_id, first, last);
            SELECT %s""".formatted(PostgresPlans.ONCE_FOR_NOW, PostgresPlans.AS_BEFORE);

    private PostgresRepetitions() {}

    static Map<Long, List<UUID>> ids(JdbcOperations jdbc, Collection<Repetitions.Range> ranges) {
        return Objects.requireNonNull(jdbc.execute(IDS, (PreparedStatement statement) -> ids(statement, ranges)));
    }

    private static Map<Long, List<UUID>> ids(PreparedStatement statement, Collection<Repetitions.Range> ranges)
            throws SQLException {
        Columns columns = new Columns(statement);
        columns.addLongs(ranges.stream().map(Repetitions.Range::streamId));
        columns.addLongs(ranges.stream().map(Repetitions.Range::first));
        columns.addLongs(ranges.stream().map(Repetitions.Range::last));
        Map<Long, List<UUID>> found = new HashMap<>();
        statement.execute();
        statement.getMoreResults();
        try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
                found.put(rows.getLong(1), List.of((UUID[]) rows.getArray(2).getArray()));
            }
        }
        return found;
    }
}
