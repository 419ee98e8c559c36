package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.StreamFilter;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter as conditions on event {@code e}. They let pass all that the filter wants, and hardly more: of times that no
 * database knows, the filter itself decides. Immutable.
 */
final class FilterSql {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+290000-01-01T00:00:00Z");

    /** Of all tenants, the index of names is asked for the default one, and then for the others: mostly there are none. */
    static final String OF_DEFAULT = "s.tenant = ''";

    static final String OF_OTHERS = "s.tenant > ''";

    private final EventFilter filter;
    private final Vendor.Sql sql;

    FilterSql(EventFilter filter, Vendor.Sql sql) {
        this.filter = filter;
        this.sql = sql;
    }

    /** About types and times. */
    String ofEvent() {
        return (filter.types().isEmpty() ? "" : " AND e.event_type = ANY (?)")
                + (filter.asOf().isPresent() ? " AND e.occurred_at <= ?" : "");
    }

    /** @return the index of the parameter behind these */
    int bindEvent(PreparedStatement statement, int index) throws SQLException {
        int next = index;
        if (!filter.types().isEmpty()) {
            Object[] types = filter.types().toArray();
            statement.setArray(next++, statement.getConnection().createArrayOf("varchar", types));
        }
        if (filter.asOf().isPresent()) {
            statement.setObject(next++, known(filter.asOf().get()).atOffset(ZoneOffset.UTC));
        }
        return next;
    }

    private static Instant known(Instant instant) {
        Instant late = instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return late.isAfter(LATEST) ? LATEST : late;
    }

    /** About stream {@code s}. */
    String ofStream() {
        return "(" + (filter.tenant().isPresent() ? "s.tenant = ? AND " : "") + ofNames() + ")";
    }

    private String ofNames() {
        if (filter.streams().isAll()) {
            return sql.asked();
        }
        String prefix = sql.namePrefix().condition();
        return sql.asked() + " AND "
                + (filter.streams().name().isPresent() ? "(s.name = ? OR " + prefix + ")" : prefix);
    }

    /** @return the index of the parameter behind these */
    int bindStream(PreparedStatement statement, int index) throws SQLException {
        List<String> values = new ArrayList<>(filter.tenant().stream().toList());
        values.addAll(names());
        return bind(statement, index, values);
    }

    private List<String> names() {
        StreamFilter streams = filter.streams();
        if (streams.isAll()) {
            return List.of();
        }
        List<String> values = new ArrayList<>(streams.name().stream().toList());
        values.addAll(sql.namePrefix().parameters(streams.prefix()));
        return values;
    }

    /** A query for the numbers of these streams, by their index. */
    String streams() {
        return filter.tenant().isPresent()
                ? streams("s.tenant = ?")
                : streams(OF_DEFAULT) + " UNION ALL " + streams(OF_OTHERS);
    }

    /** The same, for so many at most; of all tenants, twice as many. */
    String streams(int most) {
        String limit = " LIMIT " + most;
        return filter.tenant().isPresent()
                ? streams("s.tenant = ?") + limit
                : "(" + streams(OF_DEFAULT) + limit + ") UNION ALL (" + streams(OF_OTHERS) + limit + ")";
    }

    private String streams(String ofTenant) {
        return "SELECT s.stream_id FROM es_streams s WHERE " + ofTenant + " AND " + ofNames();
    }

    /** @return the index of the parameter behind these */
    int bindStreams(PreparedStatement statement, int index) throws SQLException {
        return filter.tenant().isPresent()
                ? bindStream(statement, index)
                : bind(statement, bind(statement, index, names()), names());
    }

    private static int bind(PreparedStatement statement, int index, List<String> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setString(index + i, values.get(i));
        }
        return index + values.size();
    }
}
