package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The queries for events: each is one round trip, ends at a limit, and walks an index. */
final class EventReads {

    static final String STREAM_ID = "(SELECT s.stream_id FROM es_streams s WHERE s.tenant = '' AND s.name = ?)";

    private static final String ALL_FORWARDS = " AND e.commit_position >= ? ORDER BY e.commit_position LIMIT ?";
    private static final String ALL_BACKWARDS = " AND e.commit_position < ? ORDER BY e.commit_position DESC LIMIT ?";

    private static final String POSITION =
            "SELECT MAX(e.stream_position) FROM es_events e WHERE e.stream_id = " + STREAM_ID;

    private static final String STORED = """
            SELECT stream_position, commit_position, event_id FROM es_events
            WHERE stream_id = ? AND stream_position BETWEEN ? AND ? ORDER BY stream_id, stream_position""";

    private final JdbcTemplate jdbc;
    private final StreamNames names;
    private final KnownHeads heads;
    private final Vendor.Sql sql;
    private final String allForwards;
    private final String allBackwards;

    EventReads(JdbcTemplate jdbc, Vendor.Sql sql, KnownHeads heads) {
        this.jdbc = jdbc;
        this.names = new StreamNames(jdbc);
        this.heads = heads;
        this.sql = sql;
        this.allForwards = all(sql, SqlCondition.any(), ALL_FORWARDS);
        this.allBackwards = all(sql, SqlCondition.any(), ALL_BACKWARDS);
    }

    private static String all(Vendor.Sql sql, SqlCondition condition, String end) {
        List<String> statements = new ArrayList<>(sql.beforeReadingAll());
        statements.add(EventRow.SELECT + condition.text() + " AND " + sql.decided() + end);
        statements.addAll(sql.afterReadingAll());
        return String.join("; ", statements);
    }

    PagedEvents.PageReader stream(StreamName stream, boolean backwards) {
        return new StreamPages(jdbc, stream, backwards, heads);
    }

    List<RecordedEvent> allPage(OptionalLong from, boolean backwards, int count) {
        return page(backwards ? allBackwards : allForwards, SqlCondition.any(), from, backwards, count);
    }

    /** Of the events that fulfil a condition. */
    List<RecordedEvent> allPage(SqlCondition condition, OptionalLong from, boolean backwards, int count) {
        String statements = all(sql, condition, backwards ? ALL_BACKWARDS : ALL_FORWARDS);
        return page(statements, condition, from, backwards, count);
    }

    private List<RecordedEvent> page(
            String statements, SqlCondition condition, OptionalLong from, boolean backwards, int count) {
        List<EventRow> rows = jdbc.execute(statements, (PreparedStatement statement) -> {
            int bound = condition.bind(statement);
            statement.setLong(bound + 1, from.orElse(backwards ? Long.MAX_VALUE : 0));
            statement.setInt(bound + 2, count);
            statement.execute();
            skipResultsBefore(statement);
            return rows(statement.getResultSet());
        });
        return names.name(Objects.requireNonNull(rows));
    }

    private void skipResultsBefore(PreparedStatement statement) throws SQLException {
        int before = sql.beforeReadingAll().size();
        if (before > 0) {
            sql.requireDecidable(statement.getResultSet());
        }
        for (int i = 0; i < before; i++) {
            statement.getMoreResults();
        }
    }

    private static List<EventRow> rows(ResultSet result) throws SQLException {
        List<EventRow> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(EventRow.of(result));
        }
        return rows;
    }

    StreamPosition position(StreamName stream) {
        Long position = jdbc.queryForObject(POSITION, Long.class, stream.value());
        return StreamPosition.of(position == null ? -1 : position);
    }

    List<AppendRules.Stored> stored(long streamId, long first, long last) {
        return jdbc.query(
                STORED,
                (row, number) -> new AppendRules.Stored(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class)),
                streamId,
                first,
                last);
    }
}
