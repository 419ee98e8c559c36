package io.eventsourcing.jdbc;

import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionTables;
import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentLimitException;
import io.eventsourcing.projection.StaleLeaseException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps how far projections have come in a relational database, whatever store the events are in. A batch of a projection is
 * a transaction of the transaction manager, which handlers join by using the same data source. Thread-safe.
 *
 * <p>On PostgreSQL, a transaction of a batch in which nothing happens for as long as the lease is ended by the server, so that
 * a node that hangs in the middle of it doesn't hold up the one that takes over.
 */
public final class JdbcProjectionStore implements ProjectionStore {

    private static final String WHAT = "Keeping how far projections have come";

    private static final String OF_SEGMENT = " WHERE projection = ? AND first_slot = ? AND last_slot = ?";
    private static final String OF_LEASE = OF_SEGMENT + " AND token = ?";

    private final String description;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Vendor.Sql sql;
    private final TransactionTemplate transaction;
    private final JdbcDeadLetters deadLetters;
    private final JdbcProjectionTables tables;
    private final ProjectionChanges changes;
    private final RebuildStore rebuilds;
    private final JdbcProjectionStates states;

    JdbcProjectionStore(DataSource dataSource, PlatformTransactionManager manager, Vendor vendor, Vendor.Sql sql) {
        this.description = "jdbc (" + vendor + ")";
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.sql = sql;
        this.transaction = new TransactionTemplate(manager);
        this.deadLetters = new JdbcDeadLetters(jdbc, template, sql);
        this.tables = new JdbcProjectionTables(template, manager, vendor.copies());
        this.changes = new ProjectionChanges(template, sql, deadLetters);
        this.rebuilds = new JdbcRebuilds(template, sql, transaction, deadLetters);
        this.states = new JdbcProjectionStates(jdbc, sql);
    }

    /**
     * In a database that may hold the events as well, or not. The tables are those of an event store; they are made there, or
     * must be there.
     *
     * @param manager of transactions on this data source
     * @throws SchemaNotCurrentException if the tables aren't there and weren't to be made
     * @throws io.eventsourcing.store.StoreUnavailableException if the database can't be reached
     */
    public static JdbcProjectionStore open(
            DataSource dataSource, PlatformTransactionManager manager, SchemaInitialization initialization) {
        Vendor vendor = JdbcEventStore.builder(dataSource)
                .transactionManager(manager)
                .initializeSchema(initialization)
                .prepare();
        return new JdbcProjectionStore(dataSource, manager, vendor, vendor.sql());
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void create(String projection, int segments, long position) {
        try {
            Failures.translated(WHAT, () -> {
                if (!exists(projection)) {
                    transaction.executeWithoutResult(status -> insert(projection, segments, position));
                }
            });
        } catch (RuntimeException e) {
            if (!(e.getCause() instanceof DuplicateKeyException)) { // somebody else has just made it
                throw e;
            }
        }
    }

    private boolean exists(String projection) {
        return jdbc.sql("SELECT COUNT(*) FROM es_projections WHERE name = ? AND " + sql.asked())
                        .param(projection)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void insert(String projection, int segments, long position) {
        template.update("INSERT INTO es_projections (name) VALUES (?)", projection);
        new SegmentRows(template, sql)
                .insert(
                        SegmentId.divide(projection, segments).stream()
                                .map(id -> new SegmentCheckpoint(id, position, 0))
                                .toList(),
                        0);
    }

    @Override
    public List<ProjectionState> states(Collection<String> projections) {
        return projections.isEmpty() ? List.of() : Failures.translated(WHAT, () -> states.read(projections));
    }

    @Override
    public void announce(String node, Collection<String> projections, Duration duration) {
        Failures.translated(WHAT, () -> projections.forEach(projection -> announce(node, projection, duration)));
    }

    private void announce(String node, String projection, Duration duration) {
        int known = template.update(
                "UPDATE es_projection_nodes SET ready_until = " + sql.later() + " WHERE projection = ? AND node = ?",
                duration.toMillis(),
                projection,
                node);
        if (known == 0) { // nobody but this node makes this row
            template.update(
                    "INSERT INTO es_projection_nodes (ready_until, projection, node) VALUES (" + sql.later()
                            + ", ?, ?)",
                    duration.toMillis(),
                    projection,
                    node);
            template.update(
                    "DELETE FROM es_projection_nodes WHERE projection = ? AND ready_until < " + sql.now(), projection);
        }
    }

    @Override
    public void withdraw(String node) {
        Failures.translated(WHAT, () -> {
            template.update("DELETE FROM es_projection_nodes WHERE node = ?", node);
        });
    }

    @Override
    public Optional<Lease> acquire(SegmentId segment, String node, Duration duration) {
        return Failures.translated(
                WHAT, () -> Objects.requireNonNull(transaction.execute(status -> acquireNow(segment, node, duration))));
    }

    private Optional<Lease> acquireNow(SegmentId segment, String node, Duration duration) {
        int taken = template.update(
                "UPDATE es_projection_segments SET token = token + 1, owner = ?, leased_until = " + sql.later()
                        + OF_SEGMENT + " AND (leased_until IS NULL OR leased_until <= " + sql.now() + ")",
                node,
                duration.toMillis(),
                segment.projection(),
                segment.first(),
                segment.last());
        return taken == 0 ? Optional.empty() : Optional.of(lease(segment));
    }

    /** The row is held by this transaction. */
    private Lease lease(SegmentId segment) {
        return jdbc.sql("SELECT token, commit_position, replay_until FROM es_projection_segments" + OF_SEGMENT + " AND "
                        + sql.asked())
                .params(segment.projection(), segment.first(), segment.last())
                .query((row, index) -> new Lease(segment, row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    @Override
    public boolean renew(Lease lease, Duration duration) {
        return Failures.translated(
                WHAT,
                () -> template.update(
                                "UPDATE es_projection_segments SET leased_until = " + sql.later()
                                        + ", commit_position = LEAST(GREATEST(commit_position, ?), commit_limit)"
                                        + OF_LEASE,
                                duration.toMillis(),
                                lease.position(),
                                lease.segment().projection(),
                                lease.segment().first(),
                                lease.segment().last(),
                                lease.token())
                        > 0);
    }

    @Override
    public void release(Lease lease) {
        Failures.translated(WHAT, () -> {
            template.update(
                    "UPDATE es_projection_segments SET leased_until = NULL, owner = NULL" + OF_LEASE,
                    lease.segment().projection(),
                    lease.segment().first(),
                    lease.segment().last(),
                    lease.token());
        });
    }

    @Override
    public Lease advance(Lease lease, Duration duration, Batch batch) {
        return Failures.translated(
                WHAT, () -> Objects.requireNonNull(transaction.execute(status -> advanceNow(lease, duration, batch))));
    }

    /** The checkpoint comes last: while the handlers run, others may take the segment over without waiting. */
    private Lease advanceNow(Lease lease, Duration duration, Batch batch) {
        sql.limitIdleness(template, duration);
        BatchResult result = batch.run();
        deadLetters.change(result);
        move(lease, result.position(), duration);
        return lease.at(result.position());
    }

    private void move(Lease lease, long position, Duration duration) {
        int moved = template.update(
                "UPDATE es_projection_segments SET leased_until = " + sql.later() + ", commit_position = ?" + OF_LEASE
                        + " AND commit_position <= ? AND commit_limit >= ?",
                duration.toMillis(),
                position,
                lease.segment().projection(),
                lease.segment().first(),
                lease.segment().last(),
                lease.token(),
                lease.position(),
                position);
        if (moved == 0) {
            refuse(lease, position);
        }
    }

    private void refuse(Lease lease, long position) {
        SegmentId segment = lease.segment();
        Optional<Long> limit = jdbc.sql("SELECT commit_limit FROM es_projection_segments" + OF_LEASE
                        + " AND commit_limit < ? AND " + sql.asked())
                .params(segment.projection(), segment.first(), segment.last(), lease.token(), position)
                .query(Long.class)
                .optional();
        throw limit.isPresent() ? new SegmentLimitException(segment, limit.get()) : new StaleLeaseException(lease);
    }

    @Override
    public void pause(String projection, boolean paused) {
        Failures.translated(WHAT, () -> {
            template.update("UPDATE es_projections SET paused = ? WHERE name = ?", paused, projection);
        });
    }

    @Override
    public void resize(String projection, int segments) {
        Failures.translated(
                WHAT, () -> transaction.executeWithoutResult(status -> changes.resize(projection, segments)));
    }

    @Override
    public boolean divide(String projection) {
        return Failures.translated(
                WHAT, () -> Boolean.TRUE.equals(transaction.execute(status -> changes.divide(projection))));
    }

    @Override
    public void reset(String projection, Runnable work) {
        Failures.translated(WHAT, () -> {
            transaction.executeWithoutResult(status -> changes.fence(projection));
            transaction.executeWithoutResult(status -> changes.reset(projection, work));
        });
    }

    @Override
    public RebuildStore rebuilds() {
        return rebuilds;
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public ProjectionTables tables() {
        return tables;
    }
}
