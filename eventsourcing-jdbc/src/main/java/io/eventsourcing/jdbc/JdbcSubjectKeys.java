package io.eventsourcing.jdbc;

import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the keys of subjects in the table {@code es_subject_keys}. Adding and deleting a key has a transaction of its own,
 * with a connection beside that of the caller's transaction if there is one: a rollback must neither lose a key that events
 * are encrypted with, nor bring back one that was deleted. Thread-safe.
 */
public final class JdbcSubjectKeys implements SubjectKeys {

    private static final String WHAT = "Keeping the keys of subjects";
    private static final RowMapper<SubjectKey> KEY =
            (row, index) -> new SubjectKey(row.getObject("key_id", UUID.class), row.getBytes("wrapped_key"));

    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;
    private final String tenant;

    JdbcSubjectKeys(JdbcTemplate jdbc, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.own = JdbcTransactions.apart(manager);
        this.tenant = Tenants.DEFAULT;
    }

    private JdbcSubjectKeys(JdbcSubjectKeys whole, String tenant) {
        this.jdbc = whole.jdbc;
        this.own = whole.own;
        this.tenant = tenant;
    }

    /**
     * In a database beside a store that keeps no keys. The tables of an event store are made there, or must be there.
     *
     * @throws SchemaNotCurrentException if the tables aren't there and weren't to be made
     * @throws io.eventsourcing.store.StoreUnavailableException if the database can't be reached
     */
    public static JdbcSubjectKeys open(DataSource dataSource, SchemaInitialization initialization) {
        PlatformTransactionManager manager = new JdbcTransactionManager(dataSource);
        JdbcEventStore.builder(dataSource)
                .transactionManager(manager)
                .initializeSchema(initialization)
                .prepare();
        return new JdbcSubjectKeys(new JdbcTemplate(dataSource), manager);
    }

    @Override
    public SubjectKeys forTenant(String id) {
        return new JdbcSubjectKeys(this, Tenants.requireId(id));
    }

    @Override
    public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
        return Failures.translated(WHAT, () -> keyOf(subject).orElseGet(() -> added(subject, candidate)));
    }

    private Optional<SubjectKey> keyOf(String subject) {
        return first(jdbc.query(
                "SELECT key_id, wrapped_key FROM es_subject_keys WHERE tenant = ? AND subject = ?",
                KEY,
                tenant,
                subject));
    }

    private SubjectKey added(String subject, SubjectKey candidate) {
        while (true) {
            try {
                own.executeWithoutResult(status -> jdbc.update(
                        "INSERT INTO es_subject_keys (tenant, subject, key_id, wrapped_key) VALUES (?, ?, ?, ?)",
                        tenant,
                        subject,
                        candidate.id(),
                        candidate.wrapped()));
                return candidate;
            } catch (DuplicateKeyException e) { // somebody was faster; in its turn, that key may be forgotten already
                Optional<SubjectKey> earlier = own.execute(status -> keyOf(subject));
                if (earlier != null && earlier.isPresent()) {
                    return earlier.get();
                }
            }
        }
    }

    @Override
    public Optional<SubjectKey> find(UUID id) {
        return Failures.translated(
                WHAT,
                () -> first(jdbc.query(
                        "SELECT key_id, wrapped_key FROM es_subject_keys WHERE key_id = ? AND ? IN ('', tenant)",
                        KEY,
                        id,
                        tenant)));
    }

    @Override
    public void forget(String subject) {
        Failures.translated(
                "Forgetting a subject",
                () -> own.executeWithoutResult(status ->
                        jdbc.update("DELETE FROM es_subject_keys WHERE tenant = ? AND subject = ?", tenant, subject)));
    }

    private static Optional<SubjectKey> first(List<SubjectKey> keys) {
        return keys.stream().findFirst();
    }
}
