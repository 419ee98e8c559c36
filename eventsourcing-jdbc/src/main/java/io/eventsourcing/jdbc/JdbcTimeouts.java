package io.eventsourcing.jdbc;

import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutChange;
import io.eventsourcing.projection.TimeoutGoneException;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.store.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps timeouts in the table {@code es_timeouts}. Thread-safe. */
final class JdbcTimeouts implements TimeoutStore {

    private static final String WHAT = "Looking for timeouts";
    private static final String COLUMNS =
            "SELECT projection, stream, tenant, name, timeout_id, due_at, commit_position, data,"
                    + " metadata, attempts, cause FROM es_timeouts WHERE projection = ? AND ";
    private static final String KEY = " WHERE projection = ? AND tenant = ? AND stream = ? AND name = ?";
    private static final String SEGMENT = "slot BETWEEN ? AND ? AND next_at IS NOT NULL AND ";

    private static final RowMapper<Timeout> TIMEOUT = (row, index) -> new Timeout(
            row.getString(1),
            StreamName.of(row.getString(2)),
            row.getString(3),
            row.getString(4),
            row.getObject(5, UUID.class),
            row.getObject(6, OffsetDateTime.class).toInstant(),
            row.getLong(7),
            row.getBytes(8),
            row.getBytes(9),
            row.getInt(10),
            row.getString(11));

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Vendor.Sql sql;

    JdbcTimeouts(JdbcClient jdbc, JdbcTemplate template, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.template = template;
        this.sql = sql;
    }

    /** In the transaction of a batch. */
    void change(List<TimeoutChange> changes) {
        changes.forEach(this::change);
    }

    private void change(TimeoutChange change) {
        if (change instanceof TimeoutChange.Set set) {
            set(set.timeout(), set.delay());
        } else if (change instanceof TimeoutChange.Cancelled cancelled) {
            delete(cancelled.projection(), cancelled.tenant(), cancelled.stream(), cancelled.name());
        } else if (change instanceof TimeoutChange.Done done) {
            settle(done.timeout());
        } else {
            fail((TimeoutChange.Failed) change);
        }
    }

    private void set(Timeout timeout, Optional<Duration> delay) {
        delete(timeout.projection(), timeout.tenant(), timeout.stream(), timeout.name());
        String due = delay.isPresent() ? sql.later() : "?";
        Object argument = delay.isPresent() ? (Object) delay.get().toMillis() : time(timeout.dueAt());
        template.update(
                "INSERT INTO es_timeouts (due_at, next_at, projection, tenant, stream, name, slot, timeout_id,"
                        + " commit_position, data, metadata) VALUES (" + due + ", " + due
                        + ", ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                argument,
                argument,
                timeout.projection(),
                timeout.tenant(),
                timeout.stream().value(),
                timeout.name(),
                SegmentId.slot(timeout.stream()),
                timeout.id(),
                timeout.commitPosition(),
                timeout.data(),
                timeout.metadata());
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private void delete(String projection, String tenant, StreamName stream, String name) {
        template.update("DELETE FROM es_timeouts" + KEY, projection, tenant, stream.value(), name);
    }

    private void settle(Timeout timeout) {
        List<Object> arguments = key(timeout);
        if (template.update("DELETE FROM es_timeouts" + KEY + " AND timeout_id = ?", arguments.toArray()) == 0) {
            throw new TimeoutGoneException(timeout);
        }
    }

    private static List<Object> key(Timeout timeout) {
        return new ArrayList<>(List.of(
                timeout.projection(), timeout.tenant(), timeout.stream().value(), timeout.name(), timeout.id()));
    }

    private void fail(TimeoutChange.Failed failed) {
        List<Object> arguments = key(failed.timeout());
        arguments.add(0, failed.timeout().attempts());
        arguments.add(1, failed.cause());
        failed.pause().ifPresent(pause -> arguments.add(2, pause.toMillis()));
        String next = failed.pause().isPresent() ? sql.later() : "NULL";
        template.update(
                "UPDATE es_timeouts SET attempts = ?, cause = ?, next_at = " + next + KEY + " AND timeout_id = ?",
                arguments.toArray());
    }

    @Override
    public List<Timeout> due(SegmentId segment, int limit) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql(COLUMNS + SEGMENT + "next_at <= " + sql.now() + " AND " + sql.asked()
                                + " ORDER BY next_at LIMIT ?")
                        .params(segment.projection(), segment.first(), segment.last(), limit)
                        .query(TIMEOUT)
                        .list());
    }

    @Override
    public Optional<Duration> untilNext(SegmentId segment) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql("SELECT MIN(next_at), " + sql.now() + " FROM es_timeouts WHERE projection = ? AND "
                                + SEGMENT + sql.asked())
                        .params(segment.projection(), segment.first(), segment.last())
                        .query((row, index) -> untilNext(row))
                        .single());
    }

    private static Optional<Duration> untilNext(ResultSet row) throws SQLException {
        OffsetDateTime next = row.getObject(1, OffsetDateTime.class);
        return next == null
                ? Optional.empty()
                : Optional.of(Duration.between(row.getObject(2, OffsetDateTime.class), next));
    }

    @Override
    public Count count(String projection) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql("SELECT COUNT(next_at), COUNT(*) FROM es_timeouts WHERE projection = ? AND "
                                + sql.asked())
                        .param(projection)
                        .query((row, index) -> new Count(row.getLong(1), row.getLong(2) - row.getLong(1)))
                        .single());
    }

    @Override
    public List<Timeout> failed(String projection, int limit) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql(COLUMNS + "next_at IS NULL AND " + sql.asked() + " ORDER BY due_at LIMIT ?")
                        .params(projection, limit)
                        .query(TIMEOUT)
                        .list());
    }

    @Override
    public void retry(String projection) {
        Failures.translated(WHAT, () -> {
            template.update(
                    "UPDATE es_timeouts SET attempts = 0, next_at = " + sql.now()
                            + " WHERE projection = ? AND next_at IS NULL",
                    projection);
        });
    }
}
