package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps schemas in the table {@code es_schemas}. Adding one has a transaction of its own, with a connection beside that of the
 * caller's transaction if there is one. Thread-safe.
 */
final class JdbcEventSchemas implements EventSchemas {

    private static final String SELECT = "SELECT event_type, revision, json_schema FROM es_schemas WHERE ";
    private static final RowMapper<EventSchema> SCHEMA =
            (row, index) -> new EventSchema(row.getString(1), row.getInt(2), row.getString(3));

    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;
    private final String selectAll;
    private final String selectOne;

    JdbcEventSchemas(JdbcTemplate jdbc, PlatformTransactionManager manager, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.own = JdbcTransactions.apart(manager);
        this.selectAll = SELECT + sql.asked() + " ORDER BY event_type, revision";
        this.selectOne = SELECT + sql.asked() + " AND event_type = ? AND revision = ?";
    }

    @Override
    public List<EventSchema> all() {
        return Failures.translated("Reading schemas", () -> jdbc.query(selectAll, SCHEMA));
    }

    @Override
    public Optional<EventSchema> find(String type, int revision) {
        return Failures.translated("Reading a schema", () -> found(type, revision));
    }

    private Optional<EventSchema> found(String type, int revision) {
        return jdbc.query(selectOne, SCHEMA, type, revision).stream().findFirst();
    }

    @Override
    public EventSchema getOrAdd(EventSchema candidate) {
        return Failures.translated(
                "Adding a schema",
                () -> found(candidate.type(), candidate.revision()).orElseGet(() -> added(candidate)));
    }

    private EventSchema added(EventSchema candidate) {
        try {
            own.executeWithoutResult(status -> jdbc.update(
                    "INSERT INTO es_schemas (event_type, revision, json_schema) VALUES (?, ?, ?)",
                    candidate.type(),
                    candidate.revision(),
                    candidate.json()));
            return candidate;
        } catch (DuplicateKeyException e) { // somebody was faster
            Optional<EventSchema> earlier = own.execute(status -> found(candidate.type(), candidate.revision()));
            return Objects.requireNonNull(earlier).orElseThrow(() -> e);
        }
    }
}
