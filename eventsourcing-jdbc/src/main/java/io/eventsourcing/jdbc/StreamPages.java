package io.eventsourcing.jdbc;

import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The pages of one read of a stream. The first one finds the stream by its name, those behind it by the number that the
 * first one has shown, since H2 would look for the name once for each row. For one thread.
 */
final class StreamPages implements PagedEvents.PageReader {

    private static final String BY_NAME = EventRow.SELECT + "e.stream_id = " + EventReads.STREAM_ID;
    private static final String BY_NUMBER = EventRow.SELECT + "e.stream_id = ?";

    // H2 sorts all that is left unless the order starts with the whole index
    private static final String FORWARDS =
            " AND e.stream_position >= ? ORDER BY e.stream_id, e.stream_position LIMIT ?";
    private static final String BACKWARDS =
            " AND e.stream_position <= ? ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT ?";

    private final JdbcTemplate jdbc;
    private final StreamName stream;
    private final boolean backwards;
    private final KnownHeads heads;
    private String select = BY_NAME;
    private Object key;

    StreamPages(JdbcTemplate jdbc, StreamName stream, boolean backwards, KnownHeads heads) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.backwards = backwards;
        this.heads = heads;
        this.key = stream.value();
    }

    @Override
    public List<RecordedEvent> read(OptionalLong from, int count) {
        List<EventRow> rows = jdbc.query(
                select + (backwards ? BACKWARDS : FORWARDS),
                (row, number) -> EventRow.of(row),
                key,
                from.orElse(backwards ? Long.MAX_VALUE : 0),
                count);
        if (!rows.isEmpty()) {
            note(rows.get(rows.size() - 1), rows.size() < count);
        }
        return rows.stream().map(row -> row.named(stream)).toList();
    }

    private void note(EventRow last, boolean complete) {
        select = BY_NUMBER;
        key = last.streamId();
        if (complete && !backwards) {
            heads.saw(stream, new KnownHeads.Head(last.streamId(), last.streamPosition(), last.id()));
        }
    }
}
