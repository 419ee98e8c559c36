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
        return "(s.tenant = '' AND " + sql.asked() + " AND "
                + (filter.streams().name().isPresent()
                        ? "(s.name = ? OR " + sql.namePrefix().condition() + ")"
                        : sql.namePrefix().condition())
                + ")";
    }

    /** @return the index of the parameter behind these */
    int bindStream(PreparedStatement statement, int index) throws SQLException {
        StreamFilter streams = filter.streams();
        List<String> values = new ArrayList<>(streams.name().stream().toList());
        values.addAll(sql.namePrefix().parameters(streams.prefix()));
        for (int i = 0; i < values.size(); i++) {
            statement.setString(index + i, values.get(i));
        }
        return index + values.size();
    }
}
