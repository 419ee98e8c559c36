package io.eventsourcing.jdbc;

import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps snapshots in the table {@code es_snapshots}. Each statement that changes it has a transaction of its own, with a
 * connection beside that of the caller's transaction if there is one: so that a snapshot which fails breaks nothing, and
 * nobody holds more than one row's lock. Thread-safe.
 */
final class JdbcSnapshots implements SnapshotStore {

    private static final String OF_NAME = "tenant = ? AND kind = ? AND name = ?";

    private static final String LATEST =
            "SELECT position, last_event, type, shape, data, taken_at FROM es_snapshots WHERE " + OF_NAME
                    + " AND position <= ? ORDER BY tenant DESC, kind DESC, name DESC, position DESC LIMIT 1";

    private static final String DELETE = "DELETE FROM es_snapshots WHERE " + OF_NAME;

    /** Nothing is lower than the position that there isn't if there are fewer. */
    private static final String DELETE_OLDER = DELETE + " AND position < (SELECT s.position FROM es_snapshots s WHERE "
            + "s.tenant = ? AND s.kind = ? AND s.name = ? ORDER BY s.position DESC"
            + " OFFSET ? ROWS FETCH NEXT 1 ROW ONLY)";

    private final JdbcTemplate jdbc;
    private final String save;
    private final TransactionTemplate own;
    private final String tenant;

    JdbcSnapshots(JdbcTemplate jdbc, Vendor.Sql sql, PlatformTransactionManager manager) {
        this.jdbc = jdbc;
        this.save = sql.saveSnapshot();
        this.own = JdbcTransactions.apart(manager);
        this.tenant = Tenants.DEFAULT;
    }

    private JdbcSnapshots(JdbcSnapshots others, String tenant) {
        this.jdbc = others.jdbc;
        this.save = others.save;
        this.own = others.own;
        this.tenant = tenant;
    }

    @Override
    public SnapshotStore forTenant(String id) {
        return new JdbcSnapshots(this, Tenants.requireId(id));
    }

    @Override
    public void save(Snapshot snapshot, int kept) {
        SnapshotStore.requireKept(kept);
        String kind = kind(snapshot.name());
        String name = snapshot.name().value();
        Failures.translated("Saving a snapshot of " + snapshot.name(), () -> {
            insert(snapshot, kind, name);
            change(DELETE_OLDER, tenant, kind, name, tenant, kind, name, kept - 1);
        });
    }

    private void insert(Snapshot snapshot, String kind, String name) {
        try {
            change(
                    save,
                    tenant,
                    kind,
                    name,
                    snapshot.position(),
                    snapshot.lastEvent(),
                    snapshot.type(),
                    snapshot.shape(),
                    snapshot.data(),
                    snapshot.takenAt().atOffset(ZoneOffset.UTC),
                    tenant,
                    kind,
                    name,
                    snapshot.position());
        } catch (DuplicateKeyException e) {
            // on H2, somebody else has saved one of the same position at the same moment
        }
    }

    private void change(String statement, Object... parameters) {
        own.executeWithoutResult(status -> jdbc.update(statement, parameters));
    }

    @Override
    public Optional<Snapshot> latest(SnapshotName name, long position) {
        return Failures.translated(
                "Reading a snapshot of " + name,
                () -> jdbc
                        .query(LATEST, (row, number) -> snapshot(name, row), tenant, kind(name), name.value(), position)
                        .stream()
                        .findFirst());
    }

    private static Snapshot snapshot(SnapshotName name, ResultSet row) throws SQLException {
        return new Snapshot(
                name,
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getBytes(5),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    @Override
    public void delete(SnapshotName name) {
        Failures.translated(
                "Deleting the snapshots of " + name, () -> change(DELETE, tenant, kind(name), name.value()));
    }

    private static String kind(SnapshotName name) {
        return name.kind().name().toLowerCase(Locale.ROOT);
    }
}
