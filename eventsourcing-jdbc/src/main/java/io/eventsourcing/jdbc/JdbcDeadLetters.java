package io.eventsourcing.jdbc;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.store.StreamName;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps what projections couldn't handle in the table {@code es_dead_letters}. Thread-safe. */
final class JdbcDeadLetters implements DeadLetters {

    private static final String WHAT = "Looking for parked events";

    private static final String SELECT =
            "SELECT projection, stream, tenant, commit_position, event_id, event_type, cause,"
                    + " attempts, parked_at FROM es_dead_letters WHERE projection = ? AND ";

    private static final String INSERT =
            "INSERT INTO es_dead_letters (projection, stream, tenant, commit_position, event_id,"
                    + " event_type, cause, attempts, parked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String DELETE = "DELETE FROM es_dead_letters WHERE projection = ? AND commit_position = ?";

    private static final RowMapper<DeadLetter> LETTER = (row, index) -> new DeadLetter(
            row.getString(1),
            StreamName.of(row.getString(2)),
            row.getString(3),
            row.getLong(4),
            row.getObject(5, UUID.class),
            row.getString(6),
            row.getString(7),
            row.getInt(8),
            row.getObject(9, OffsetDateTime.class).toInstant());

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    /** Holds always. H2 would otherwise answer a new owner with what it has told the one before. */
    private final String asked;

    JdbcDeadLetters(JdbcClient jdbc, JdbcTemplate template, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.template = template;
        this.asked = sql.asked();
    }

    /** In the transaction of a batch. */
    void change(BatchResult result) {
        List<Object[]> gone = Stream.concat(result.settled().stream(), result.parked().stream())
                .map(letter -> new Object[] {letter.projection(), letter.commitPosition()})
                .toList();
        if (!gone.isEmpty()) {
            template.batchUpdate(DELETE, gone);
        }
        if (!result.parked().isEmpty()) {
            template.batchUpdate(
                    INSERT, result.parked().stream().map(JdbcDeadLetters::row).toList());
        }
    }

    /** In a transaction that changes all of the projection. */
    void removeAll(String projection) {
        template.update("DELETE FROM es_dead_letters WHERE projection = ?", projection);
    }

    /** Those of one projection become those of another, instead of its own; in such a transaction. */
    void replace(String projection, String other) {
        removeAll(projection);
        template.update("UPDATE es_dead_letters SET projection = ? WHERE projection = ?", projection, other);
    }

    private static Object[] row(DeadLetter letter) {
        return new Object[] {
            letter.projection(),
            letter.stream().value(),
            letter.tenant(),
            letter.commitPosition(),
            letter.eventId(),
            letter.eventType(),
            letter.cause(),
            letter.attempts(),
            letter.parkedAt().atOffset(ZoneOffset.UTC)
        };
    }

    @Override
    public Set<StreamName> streams(String projection) {
        return Failures.translated(
                WHAT,
                () -> new HashSet<>(
                        jdbc.sql("SELECT DISTINCT stream FROM es_dead_letters WHERE projection = ? AND " + asked)
                                .param(projection)
                                .query((row, index) -> StreamName.of(row.getString(1)))
                                .list()));
    }

    @Override
    public List<DeadLetter> ofStream(String projection, StreamName stream, int limit) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql(SELECT + "stream = ? AND " + asked + " ORDER BY commit_position LIMIT ?")
                        .params(projection, stream.value(), limit)
                        .query(LETTER)
                        .list());
    }

    @Override
    public List<DeadLetter> first(String projection, int limit) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql(SELECT + asked + " ORDER BY commit_position LIMIT ?")
                        .params(projection, limit)
                        .query(LETTER)
                        .list());
    }

    @Override
    public long count(String projection) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql("SELECT COUNT(*) FROM es_dead_letters WHERE projection = ? AND " + asked)
                        .param(projection)
                        .query(Long.class)
                        .single());
    }

    @Override
    public boolean request(String projection, StreamName stream, Request request) {
        return Failures.translated(
                WHAT,
                () -> template.update(
                                "UPDATE es_dead_letters SET request = CASE WHEN commit_position = (SELECT MIN(commit_position)"
                                        + " FROM es_dead_letters WHERE projection = ? AND stream = ?) THEN ? ELSE ? END"
                                        + " WHERE projection = ? AND stream = ?",
                                projection,
                                stream.value(),
                                request.name(),
                                Request.RETRY.name(),
                                projection,
                                stream.value())
                        > 0);
    }

    @Override
    public Map<StreamName, Request> requests(String projection) {
        Map<StreamName, Request> requests = new HashMap<>();
        Failures.translated(
                WHAT,
                () -> jdbc.sql(
                                "SELECT stream, request FROM es_dead_letters letter WHERE projection = ? AND request IS NOT NULL"
                                        + " AND commit_position = (SELECT MIN(commit_position) FROM es_dead_letters"
                                        + " WHERE projection = letter.projection AND stream = letter.stream) AND "
                                        + asked)
                        .param(projection)
                        .query(row -> {
                            requests.put(StreamName.of(row.getString(1)), Request.valueOf(row.getString(2)));
                        }));
        return requests;
    }
}
