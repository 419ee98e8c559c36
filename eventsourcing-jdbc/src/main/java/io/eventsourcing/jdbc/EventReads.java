package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.StreamPosition;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;

/** The queries for events: each is one round trip, ends at a limit, and walks an index. */
final class EventReads {

    static final String STREAM_ID = "(SELECT s.stream_id FROM es_streams s WHERE s.tenant = ? AND s.name = ?)";

    private static final String HEAD = StreamHead.SELECT + " WHERE s.tenant = ? AND s.name = ? AND ";

    private static final String LAST_POSITION = "SELECT commit_position FROM es_events WHERE ";
    private static final String NEWEST = " ORDER BY commit_position DESC LIMIT 1";

    private static final String STORED = """
            SELECT stream_position, commit_position, event_id FROM es_events
            WHERE stream_id = ? AND stream_position BETWEEN ? AND ? AND %s ORDER BY stream_id, stream_position""";

    private final JdbcTemplate jdbc;
    private final StreamNames names;
    private final KnownHeads heads;
    private final Vendor.Sql sql;

    EventReads(JdbcTemplate jdbc, Vendor.Sql sql, KnownHeads heads) {
        this.jdbc = jdbc;
        this.names = new StreamNames(jdbc);
        this.heads = heads;
        this.sql = sql;
    }

    PagedEvents.PageReader stream(StreamKey stream) {
        return new StreamPages(jdbc, sql, stream, heads);
    }

    PagedEvents.PageReader all() {
        return all(SqlCondition.any());
    }

    /** Of the events that fulfil a condition. */
    PagedEvents.PageReader all(SqlCondition condition) {
        return new AllPages(jdbc, sql, names, condition);
    }

    /** Empty if the stream was never made. */
    static Optional<StreamHead> head(JdbcOperations jdbc, Vendor.Sql sql, StreamKey stream) {
        return jdbc
                .query(
                        HEAD + sql.asked(),
                        (row, number) -> StreamHead.of(row),
                        stream.tenant(),
                        stream.name().value())
                .stream()
                .findFirst();
    }

    /** The commit position of the newest event; 0 if there is none. */
    static long lastPosition(JdbcOperations jdbc, Vendor.Sql sql) {
        return jdbc.queryForList(LAST_POSITION + sql.asked() + NEWEST, Long.class).stream()
                .findFirst()
                .orElse(0L);
    }

    StreamPosition position(StreamKey stream) {
        return head(jdbc, sql, stream).map(head -> head.end().position()).orElse(StreamPosition.NONE);
    }

    List<AppendRules.Stored> stored(long streamId, long first, long last) {
        return stored(jdbc, sql, streamId, first, last);
    }

    static List<AppendRules.Stored> stored(JdbcOperations jdbc, Vendor.Sql sql, long streamId, long first, long last) {
        return jdbc.query(
                STORED.formatted(sql.asked()),
                (row, number) -> new AppendRules.Stored(row.getLong(1), row.getLong(2), row.getObject(3, UUID.class)),
                streamId,
                first,
                last);
    }
}
