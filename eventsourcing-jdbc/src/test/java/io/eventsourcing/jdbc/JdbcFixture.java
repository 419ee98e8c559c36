package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.EventStoreFixture;
import io.eventsourcing.test.conformance.TransactionEnd;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A store on a pool that all tests of a class share, and others with pools of their own, as processes would have them. */
final class JdbcFixture implements EventStoreFixture {

    /** What applications keep beside events. */
    static final String OTHER_TABLE = "other_table";

    /** How to open a store on a pool. */
    @FunctionalInterface
    interface Opening {
        EventStore open(JdbcEventStoreBuilder builder, JdbcTransactionManager manager);
    }

    /** A transaction on the pool of a store. */
    private record Caller(JdbcTemplate jdbc, TransactionTemplate transaction) {

        void run(Supplier<TransactionEnd> action) {
            transaction.executeWithoutResult(status -> {
                jdbc.update("INSERT INTO " + OTHER_TABLE + " VALUES (?)", UUID.randomUUID());
                if (action.get() == TransactionEnd.ROLLBACK) {
                    status.setRollbackOnly();
                }
            });
        }
    }

    private final Databases.Coordinates database;
    private final Opening opening;
    private final Map<EventStore, Caller> callers = new IdentityHashMap<>();
    private final EventStore store;

    JdbcFixture(Databases.Coordinates database, DataSource sharedPool, Opening opening) {
        this.database = database;
        this.opening = opening;
        this.store = open(sharedPool, () -> {});
    }

    static JdbcEventStore open(JdbcEventStoreBuilder builder, JdbcTransactionManager manager) {
        return builder.transactionManager(manager).open();
    }

    static void createOtherTable(DataSource pool) {
        new JdbcTemplate(pool).execute("CREATE TABLE IF NOT EXISTS " + OTHER_TABLE + " (id UUID PRIMARY KEY)");
    }

    private EventStore open(DataSource pool, Runnable onClose) {
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        JdbcEventStoreBuilder builder = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .listenOn(database.unpooled())
                .onClose(onClose);
        EventStore opened = opening.open(builder, manager);
        synchronized (callers) {
            callers.put(opened, new Caller(new JdbcTemplate(pool), new TransactionTemplate(manager)));
        }
        return opened;
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore reopen() {
        HikariDataSource pool = database.pool();
        return open(pool, pool::close);
    }

    @Override
    public void inTransaction(EventStore joined, Supplier<TransactionEnd> action) {
        caller(joined).run(action);
    }

    private Caller caller(EventStore joined) {
        synchronized (callers) {
            return Objects.requireNonNull(callers.get(joined));
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.values());
    }

    @Override
    public void close() {
        callers.keySet().forEach(EventStore::close);
    }
}
