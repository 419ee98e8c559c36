package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The pages of one read of a stream. The first one finds the stream by its name, those behind it by the number that the
 * first one has shown, since H2 would look for the name once for each row. Where only some of the events are wanted, a page
 * goes past so many at most. For one thread.
 */
final class StreamPages implements PagedEvents.PageReader {

    /** Behind what was deleted of the stream. */
    private static final String BY_NAME = EventRow.SELECT + "e.stream_id = " + EventReads.STREAM_ID
            + " AND e.stream_position >= COALESCE((SELECT MAX(d.first_readable) FROM es_deletions d WHERE d.stream_id = "
            + EventReads.STREAM_ID + "), 0)";

    private static final String BY_NUMBER = EventRow.SELECT + "e.stream_id = ?";

    // H2 sorts all that is left unless the order starts with the whole index
    private static final String ORDER_FORWARDS = " ORDER BY e.stream_id, e.stream_position LIMIT ?";
    private static final String ORDER_BACKWARDS = " ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT ?";

    private static final String FORWARDS = " AND e.stream_position >= ?" + ORDER_FORWARDS;
    private static final String BACKWARDS = " AND e.stream_position <= ?" + ORDER_BACKWARDS;
    private static final String BETWEEN = " AND e.stream_position BETWEEN ? AND ?";

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final StreamKey stream;
    private final KnownHeads heads;
    private @Nullable Long streamId;
    private @Nullable Optional<StreamHead> head;

    StreamPages(JdbcTemplate jdbc, Vendor.Sql sql, StreamKey stream, KnownHeads heads) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.stream = stream;
        this.heads = heads;
    }

    @Override
    public EventPage read(EventFilter filter, Span span, int count) {
        return filter.isEverything() ? everything(span, count) : some(filter, span, count);
    }

    private EventPage everything(Span span, int count) {
        Span readable = streamId == null ? span : readable(span);
        List<EventRow> rows = rows(span, count);
        if (!rows.isEmpty()) {
            note(rows.get(rows.size() - 1), rows.size() < count && !span.backwards());
        }
        List<RecordedEvent> events = rows.stream()
                .filter(row -> row.streamPosition() >= readable.first() && row.streamPosition() <= readable.last())
                .map(row -> row.named(stream))
                .toList();
        return EventPage.filtered(
                events, events.size() < count, EventFilter.everything(), count, RecordedEvent::streamPosition);
    }

    /** Forwards, the first page has gone past what was deleted. */
    private Span readable(Span span) {
        return span.backwards()
                ? span.notBelow(head().map(known -> known.end().firstReadable()).orElse(0L))
                : span;
    }

    private List<EventRow> rows(Span span, int count) {
        String end = span.backwards() ? BACKWARDS : FORWARDS;
        String name = stream.name().value();
        long bound = span.backwards() ? span.last() : span.first();
        return streamId == null
                ? rows(BY_NAME + end, stream.tenant(), name, stream.tenant(), name, bound, count)
                : rows(BY_NUMBER + end, streamId, bound, count);
    }

    private List<EventRow> rows(String query, Object... parameters) {
        return jdbc.query(query, (row, number) -> EventRow.of(row), parameters);
    }

    private void note(EventRow last, boolean complete) {
        streamId = last.streamId();
        if (complete) {
            heads.saw(stream, new KnownHeads.Head(last.streamId(), last.streamPosition(), LatestIds.of(last.id())));
        }
    }

    private EventPage some(EventFilter filter, Span span, int count) {
        Optional<StreamHead> found = head();
        long last = found.map(
                        known -> Math.min(span.last(), known.end().position().value()))
                .orElse(-1L);
        long first = found.map(known -> Math.max(span.first(), known.end().firstReadable()))
                .orElse(0L);
        if (first > last) {
            return EventPage.last(List.of());
        }
        Span part = span.backwards()
                ? new Span(Math.max(first, last - AllPages.LOOKED_AT + 1), last, true)
                : new Span(first, Math.min(last, first + AllPages.LOOKED_AT - 1), false);
        List<RecordedEvent> events = fetch(found.orElseThrow().streamId(), filter, part, count);
        long end = part.backwards() ? part.first() : part.last();
        long lookedUpTo = events.size() == count ? events.get(count - 1).streamPosition() : end;
        return new EventPage(events.stream().filter(filter::matches).toList(), OptionalLong.of(lookedUpTo));
    }

    /** What comes behind it meanwhile isn't looked at. */
    private Optional<StreamHead> head() {
        if (head == null) {
            head = EventReads.head(jdbc, sql, stream);
        }
        return head;
    }

    private List<RecordedEvent> fetch(long streamId, EventFilter filter, Span part, int count) {
        FilterSql conditions = new FilterSql(filter, sql);
        String query =
                BY_NUMBER + BETWEEN + conditions.ofEvent() + (part.backwards() ? ORDER_BACKWARDS : ORDER_FORWARDS);
        List<RecordedEvent> events = jdbc.execute(query, (PreparedStatement statement) -> {
            statement.setLong(1, streamId);
            statement.setLong(2, part.first());
            statement.setLong(3, part.last());
            statement.setInt(conditions.bindEvent(statement, 4), count);
            List<RecordedEvent> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(EventRow.of(rows).named(stream));
                }
            }
            return found;
        });
        return Objects.requireNonNull(events);
    }
}
