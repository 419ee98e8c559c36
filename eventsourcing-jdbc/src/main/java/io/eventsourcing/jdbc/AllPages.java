package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The pages of one read of all events. Whatever is wanted, a page takes a bounded time: it goes along commit positions, past
 * so many events at most; or, where few events belong to the streams that are wanted, it fetches those by their streams. For
 * one thread.
 */
final class AllPages implements PagedEvents.PageReader {

    /** How many events a page looks at. */
    static final int LOOKED_AT = 10_000;

    /** So many streams may have few events. */
    private static final int FEW_STREAMS = 1_000;

    /** So few events that are left are looked at sooner than anything is asked about streams. */
    private static final int FEW_EVENTS = 1_000;

    private static final String FORWARDS = " AND e.commit_position >= ? ORDER BY e.commit_position LIMIT ?";
    private static final String BACKWARDS = " AND e.commit_position <= ? ORDER BY e.commit_position DESC LIMIT ?";

    private static final String FARTHEST_FORWARDS =
            "SELECT commit_position FROM es_events WHERE commit_position >= ? ORDER BY commit_position LIMIT 1 OFFSET ?";
    private static final String FARTHEST_BACKWARDS =
            "SELECT commit_position FROM es_events WHERE commit_position <= ? ORDER BY commit_position DESC LIMIT 1 OFFSET ?";

    private static final String BETWEEN = " AND e.commit_position BETWEEN ? AND ?";

    /** Of each event, not as a join: that could begin with the streams, and find all of their events. */
    private static final String OF_STREAMS = " AND (SELECT %s FROM es_streams s WHERE s.stream_id = e.stream_id)";

    private static final String OF_FEW_STREAMS =
            EventRow.COLUMNS + "(%s) AS s JOIN es_events e ON e.stream_id = s.stream_id WHERE ";

    /** With a term instead of the column, so that it can't begin with the positions. */
    private static final String ANYWHERE_BETWEEN = " AND e.commit_position + 0 BETWEEN ? AND ?";

    private static final String EVENTS_OF_STREAMS = """
            SELECT count(*), sum(n) FROM (
                SELECT coalesce((SELECT e.stream_position FROM es_events e WHERE e.stream_id = s.stream_id
                                 ORDER BY e.stream_id DESC, e.stream_position DESC LIMIT 1), -1) + 1 AS n
                FROM (%s) AS s) AS counted""";

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final StreamNames names;
    private final SqlCondition matching;
    private @Nullable Boolean fewEvents;

    /** Rows of a page, and the position up to which they could be decided. */
    private record Rows(List<EventRow> rows, long decided) {}

    /** Sets parameters of a query. */
    @FunctionalInterface
    private interface Parameters {
        /**
         * @param index of the first one
         * @return the index of the parameter behind these
         */
        int bind(PreparedStatement statement, int index) throws SQLException;
    }

    /** @param matching what events must fulfil besides what the read wants */
    AllPages(JdbcTemplate jdbc, Vendor.Sql sql, StreamNames names, SqlCondition matching) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.names = names;
        this.matching = matching;
    }

    @Override
    public EventPage read(EventFilter filter, Span span, int count) {
        if (filter.isEverything() && matching.equals(SqlCondition.any())) {
            return everything(span, count);
        }
        FilterSql conditions = new FilterSql(filter, sql);
        return hasFewEvents(filter, conditions, span)
                ? byStreams(filter, conditions, span, count)
                : byPositions(filter, conditions, span, count);
    }

    /** The other end of the span is not in the query, which would have another plan: at most one page reaches behind it. */
    private EventPage everything(Span span, int count) {
        Rows found = query(
                span.backwards() ? BACKWARDS : FORWARDS,
                (statement, index) -> bind(statement, index, span.backwards() ? span.last() : span.first(), count));
        List<EventRow> rows = found.rows().stream()
                .filter(row -> row.commitPosition() >= span.first() && row.commitPosition() <= span.last())
                .toList();
        return page(EventFilter.everything(), rows, rows.size() < count ? OptionalLong.empty() : last(rows));
    }

    private EventPage byStreams(EventFilter filter, FilterSql conditions, Span span, int count) {
        return sql.asksForEachRow()
                ? behindStreams(filter, conditions, span, count)
                : withStreams(filter, conditions, span, count);
    }

    /**
     * The streams are looked for first. A stream that is made meanwhile isn't among them, so what comes meanwhile isn't in
     * the page, in any stream.
     */
    private EventPage behindStreams(EventFilter filter, FilterSql conditions, Span span, int count) {
        long last = EventReads.lastPosition(jdbc, sql);
        Long[] streams = numbers(conditions);
        String condition = " AND e.stream_id = ANY (?)" + conditions.ofEvent() + ANYWHERE_BETWEEN
                + " ORDER BY e.commit_position + 0" + direction(span) + " LIMIT ?";
        Rows found = query(condition, (statement, index) -> {
            statement.setArray(index, statement.getConnection().createArrayOf("bigint", streams));
            return bind(
                    statement,
                    conditions.bindEvent(statement, index + 1),
                    span.first(),
                    Math.min(span.last(), last),
                    count);
        });
        return page(filter, found.rows(), found.rows().size() < count ? OptionalLong.empty() : last(found.rows()));
    }

    private Long[] numbers(FilterSql conditions) {
        Long[] numbers = jdbc.execute(conditions.streams(), (PreparedStatement statement) -> {
            conditions.bindStreams(statement, 1);
            List<Long> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getLong(1));
                }
            }
            return found.toArray(Long[]::new);
        });
        return Objects.requireNonNull(numbers);
    }

    private EventPage withStreams(EventFilter filter, FilterSql conditions, Span span, int count) {
        String condition = conditions.ofEvent() + ANYWHERE_BETWEEN;
        Rows found = query(
                OF_FEW_STREAMS.formatted(conditions.streams()),
                conditions::bindStreams,
                condition + " ORDER BY e.commit_position + 0" + direction(span) + " LIMIT ?",
                (statement, index) ->
                        bind(statement, conditions.bindEvent(statement, index), span.first(), span.last(), count));
        return page(filter, found.rows(), found.rows().size() < count ? OptionalLong.empty() : last(found.rows()));
    }

    private EventPage byPositions(EventFilter filter, FilterSql conditions, Span span, int count) {
        OptionalLong farthest = farthest(span, LOOKED_AT);
        Span part = farthest.isEmpty() ? span : upTo(span, farthest.getAsLong());
        boolean all = filter.isOfAllStreams();
        String condition = BETWEEN + conditions.ofEvent() + (all ? "" : OF_STREAMS.formatted(conditions.ofStream()));
        Rows found =
                query(condition + " ORDER BY e.commit_position" + direction(span) + " LIMIT ?", (statement, index) -> {
                    int next = conditions.bindEvent(statement, bind(statement, index, part.first(), part.last()));
                    return bind(statement, all ? next : conditions.bindStream(statement, next), count);
                });
        if (found.rows().size() == count) {
            return page(filter, found.rows(), last(found.rows()));
        }
        return page(filter, found.rows(), lookedUpTo(part, span, found.decided()));
    }

    /** What isn't decided yet may have events that don't show, so nobody may go on behind it. */
    private static OptionalLong lookedUpTo(Span part, Span span, long decided) {
        boolean ended = part.equals(span) || !span.backwards() && decided < part.last();
        return ended ? OptionalLong.empty() : OptionalLong.of(span.backwards() ? part.first() : part.last());
    }

    /** The position of the last of so many events; empty if that is behind the end. */
    private OptionalLong farthest(Span span, int count) {
        List<Long> position = jdbc.queryForList(
                span.backwards() ? FARTHEST_BACKWARDS : FARTHEST_FORWARDS,
                Long.class,
                span.backwards() ? span.last() : span.first(),
                count - 1);
        return position.stream().mapToLong(Long::longValue).findFirst();
    }

    private static Span upTo(Span span, long position) {
        return span.backwards()
                ? new Span(Math.max(span.first(), position), span.last(), true)
                : new Span(span.first(), Math.min(span.last(), position), false);
    }

    private static String direction(Span span) {
        return span.backwards() ? " DESC" : "";
    }

    private static int bind(PreparedStatement statement, int index, long... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setLong(index + i, values[i]);
        }
        return index + values.length;
    }

    /** The filter has the last word. */
    private EventPage page(EventFilter filter, List<EventRow> rows, OptionalLong lookedUpTo) {
        List<RecordedEvent> events =
                names.name(rows).stream().filter(filter::matches).toList();
        return new EventPage(events, lookedUpTo);
    }

    private static OptionalLong last(List<EventRow> rows) {
        return OptionalLong.of(rows.get(rows.size() - 1).commitPosition());
    }

    /** Asked once for each read: if there are more meanwhile, it only takes longer. */
    private boolean hasFewEvents(EventFilter filter, FilterSql conditions, Span span) {
        if (filter.isOfAllStreams()) {
            return false;
        }
        if (fewEvents == null) {
            fewEvents = farthest(span, FEW_EVENTS).isPresent() && streamsHaveFewEvents(conditions);
        }
        return fewEvents;
    }

    private boolean streamsHaveFewEvents(FilterSql conditions) {
        String query = EVENTS_OF_STREAMS.formatted(conditions.streams(FEW_STREAMS + 1));
        return Boolean.TRUE.equals(jdbc.execute(query, (PreparedStatement statement) -> {
            conditions.bindStreams(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) <= FEW_STREAMS && row.getLong(2) <= LOOKED_AT;
            }
        }));
    }

    private Rows query(String condition, Parameters parameters) {
        return query(EventRow.SELECT, (statement, index) -> index, condition, parameters);
    }

    /**
     * @param select up to the conditions
     * @param selected its parameters
     */
    private Rows query(String select, Parameters selected, String condition, Parameters parameters) {
        List<String> statements = new ArrayList<>(sql.beforeReadingAll());
        statements.add(select + matching.text() + " AND " + sql.decided() + condition);
        statements.addAll(sql.afterReadingAll());
        Rows rows = jdbc.execute(String.join("; ", statements), (PreparedStatement statement) -> {
            parameters.bind(statement, matching.bind(statement, selected.bind(statement, 1)));
            statement.execute();
            long decided = decided(statement);
            return new Rows(rows(statement.getResultSet()), decided);
        });
        return Objects.requireNonNull(rows);
    }

    /** Leads to the result of the query. */
    private long decided(PreparedStatement statement) throws SQLException {
        int before = sql.beforeReadingAll().size();
        if (before == 0) {
            return Long.MAX_VALUE;
        }
        sql.requireDecidable(statement.getResultSet());
        for (int i = 1; i < before; i++) {
            statement.getMoreResults();
        }
        ResultSet last = statement.getResultSet();
        long decided = last.next() ? last.getLong(1) : 0;
        statement.getMoreResults();
        return decided;
    }

    private static List<EventRow> rows(ResultSet result) throws SQLException {
        List<EventRow> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(EventRow.of(result));
        }
        return rows;
    }
}
