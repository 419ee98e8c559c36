package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The queries for events: each is one round trip, ends at a limit, and walks an index. */
final class EventReads {

    private static final String STREAM_ID = "(SELECT s.stream_id FROM es_streams s WHERE s.tenant = '' AND s.name = ?)";

    private static final String OF_STREAM =
            "SELECT " + EventRow.COLUMNS + " FROM es_events e WHERE e.stream_id = " + STREAM_ID;

    // H2 sorts all that is left unless the order starts with the whole index
    private static final String STREAM_FORWARDS =
            OF_STREAM + " AND e.stream_position >= ? ORDER BY e.stream_id, e.stream_position LIMIT ?";
    private static final String STREAM_BACKWARDS =
            OF_STREAM + " AND e.stream_position <= ? ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT ?";

    // no join: what a stream is called doesn't change, and looking it up costs as much as all the rest of a row
    private static final String OF_ALL = "SELECT " + EventRow.COLUMNS + ", e.stream_id FROM es_events e WHERE ";
    private static final String ALL_FORWARDS = " AND e.commit_position >= ? ORDER BY e.commit_position LIMIT ?";
    private static final String ALL_BACKWARDS = " AND e.commit_position < ? ORDER BY e.commit_position DESC LIMIT ?";

    private static final String POSITION =
            "SELECT MAX(e.stream_position) FROM es_events e WHERE e.stream_id = " + STREAM_ID;

    private static final String STORED = """
            SELECT stream_position, commit_position, event_id FROM es_events
            WHERE stream_id = ? AND stream_position BETWEEN ? AND ? ORDER BY stream_id, stream_position""";

    private static final int STREAM_ID_COLUMN = 8;

    private final JdbcTemplate jdbc;
    private final StreamNames names;
    private final Vendor.Sql sql;
    private final String allForwards;
    private final String allBackwards;

    EventReads(JdbcTemplate jdbc, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.names = new StreamNames(jdbc);
        this.sql = sql;
        this.allForwards = all(sql, ALL_FORWARDS);
        this.allBackwards = all(sql, ALL_BACKWARDS);
    }

    private static String all(Vendor.Sql sql, String end) {
        return sql.beforeReadingAll().stream()
                .map(statement -> statement + "; ")
                .collect(Collectors.joining("", "", OF_ALL + sql.decided() + end));
    }

    List<RecordedEvent> streamPage(StreamName stream, OptionalLong from, boolean backwards, int count) {
        return jdbc.query(
                backwards ? STREAM_BACKWARDS : STREAM_FORWARDS,
                (row, number) -> EventRow.of(row, 0).named(stream),
                stream.value(),
                from.orElse(backwards ? Long.MAX_VALUE : 0),
                count);
    }

    List<RecordedEvent> allPage(OptionalLong from, boolean backwards, int count) {
        List<EventRow> rows = jdbc.execute(backwards ? allBackwards : allForwards, (PreparedStatement statement) -> {
            statement.setLong(1, from.orElse(backwards ? Long.MAX_VALUE : 0));
            statement.setInt(2, count);
            statement.execute();
            skipResultsBefore(statement);
            return rows(statement.getResultSet());
        });
        return named(Objects.requireNonNull(rows));
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
            rows.add(EventRow.of(result, result.getLong(STREAM_ID_COLUMN)));
        }
        return rows;
    }

    private List<RecordedEvent> named(List<EventRow> rows) {
        Set<Long> ids = new HashSet<>();
        rows.forEach(row -> ids.add(row.streamId()));
        Map<Long, StreamName> byId = names.of(ids);
        List<RecordedEvent> events = new ArrayList<>(rows.size());
        rows.forEach(row -> events.add(row.named(Objects.requireNonNull(byId.get(row.streamId())))));
        return events;
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
