package io.eventsourcing.jdbc;

import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how projections stand. Thread-safe. */
final class JdbcProjectionStates {

    private final JdbcClient jdbc;
    private final Vendor.Sql sql;

    JdbcProjectionStates(JdbcClient jdbc, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.sql = sql;
    }

    private record SegmentRow(
            String projection, int first, int last, long position, long limit, boolean leased, String owner) {

        SegmentState state() {
            Optional<String> holder = Optional.ofNullable(leased ? owner : null);
            return new SegmentState(new SegmentId(projection, first, last), position, limit, holder);
        }
    }

    private record NodeRow(String projection, String node) {}

    private record ProjectionRow(String name, boolean paused, boolean held, OptionalInt wantedSegments) {}

    /** Whoever sees a projection sees its segments, if they are looked for later. */
    List<ProjectionState> read(Collection<String> projections) {
        List<ProjectionRow> rows = rows(
                "SELECT name, paused, COALESCE(wanted_segments, 0), COALESCE(held_until > " + sql.now()
                        + ", FALSE) FROM es_projections WHERE name IN (:names) AND " + sql.asked() + " ORDER BY name",
                projections,
                (row, index) -> new ProjectionRow(
                        row.getString(1), row.getBoolean(2), row.getBoolean(4), wanted(row.getInt(3))));
        List<SegmentRow> segments = rows(
                "SELECT projection, first_slot, last_slot, commit_position, commit_limit, COALESCE(leased_until > "
                        + sql.now()
                        + ", FALSE), owner FROM es_projection_segments WHERE projection IN (:names) AND " + sql.asked()
                        + " ORDER BY projection, first_slot, last_slot",
                projections,
                (row, index) -> new SegmentRow(
                        row.getString(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBoolean(6),
                        row.getString(7)));
        List<NodeRow> nodes = rows(
                "SELECT projection, node FROM es_projection_nodes WHERE projection IN (:names) AND ready_until > "
                        + sql.now() + " AND " + sql.asked(),
                projections,
                (row, index) -> new NodeRow(row.getString(1), row.getString(2)));
        return rows.stream()
                .map(projection -> state(projection, segments, nodes))
                .toList();
    }

    private static OptionalInt wanted(int segments) {
        return segments == 0 ? OptionalInt.empty() : OptionalInt.of(segments);
    }

    private <T> List<T> rows(String select, Collection<String> projections, RowMapper<T> mapper) {
        return jdbc.sql(select).param("names", projections).query(mapper).list();
    }

    private static ProjectionState state(ProjectionRow projection, List<SegmentRow> segments, List<NodeRow> nodes) {
        return new ProjectionState(
                projection.name(),
                projection.paused(),
                projection.held(),
                projection.wantedSegments(),
                segments.stream()
                        .filter(row -> row.projection().equals(projection.name()))
                        .map(SegmentRow::state)
                        .toList(),
                nodes.stream()
                        .filter(row -> row.projection().equals(projection.name()))
                        .map(NodeRow::node)
                        .sorted() // whatever the database sorts by
                        .toList());
    }
}
