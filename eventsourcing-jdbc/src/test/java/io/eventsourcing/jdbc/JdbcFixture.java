package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.EventStoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A store on a pool that all tests of a class share, and others with pools of their own, as processes would have them. */
final class JdbcFixture implements EventStoreFixture {

    private final Databases.Coordinates database;
    private final List<JdbcEventStore> opened = new ArrayList<>();
    private final EventStore store;

    JdbcFixture(Databases.Coordinates database, DataSource sharedPool) {
        this.database = database;
        this.store = JdbcEventStore.builder(sharedPool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public EventStore reopen() {
        HikariDataSource pool = database.pool();
        JdbcEventStore another = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .onClose(pool::close)
                .open();
        opened.add(another);
        return another;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.MULTI_STREAM_APPEND, Capability.DURABLE);
    }

    @Override
    public void close() {
        opened.forEach(JdbcEventStore::close);
    }
}
