package io.eventsourcing.jdbc;

import io.eventsourcing.store.Subscriptions;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What can be chosen for a {@link JdbcEventStore}. Not thread-safe. */
public final class JdbcEventStoreBuilder {

    private static final Logger log = LoggerFactory.getLogger(JdbcEventStore.class);

    final DataSource dataSource;

    @Nullable
    PlatformTransactionManager transactionManager;

    @Nullable
    DataSource listenOn;

    Duration pollInterval = Subscriptions.DEFAULT_POLL_INTERVAL;
    SchemaInitialization schemaInitialization = SchemaInitialization.EMBEDDED;
    Runnable onClose = () -> {};
    UnaryOperator<Vendor.Sql> variation = UnaryOperator.identity();

    JdbcEventStoreBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The one whose transactions appends join: it must manage this data source. Without it, the store makes one. */
    public JdbcEventStoreBuilder transactionManager(PlatformTransactionManager manager) {
        this.transactionManager = manager;
        return this;
    }

    /** {@link SchemaInitialization#EMBEDDED} if nothing else is said. */
    public JdbcEventStoreBuilder initializeSchema(SchemaInitialization initialization) {
        this.schemaInitialization = initialization;
        return this;
    }

    /**
     * Where to listen for the appends of other processes, on PostgreSQL; elsewhere it isn't used. One connection is
     * taken for as long as somebody is to be told, so it should make new ones instead of taking them from the
     * application's pool; and they must lead to the server itself, or through a pooler that pools sessions. Without
     * this, such appends are found by polling.
     */
    public JdbcEventStoreBuilder listenOn(DataSource connections) {
        this.listenOn = connections;
        return this;
    }

    /**
     * Between two looks for new events on behalf of all subscriptions, if no signal comes. {@link
     * Subscriptions#DEFAULT_POLL_INTERVAL} if nothing else is said.
     *
     * @param interval more than 0
     */
    public JdbcEventStoreBuilder pollInterval(Duration interval) {
        this.pollInterval = interval;
        return this;
    }

    /** Run once when the store is closed. */
    JdbcEventStoreBuilder onClose(Runnable action) {
        this.onClose = action;
        return this;
    }

    /** Reads and writes otherwise than the vendor's SQL says. */
    JdbcEventStoreBuilder vary(UnaryOperator<Vendor.Sql> change) {
        this.variation = change;
        return this;
    }

    /**
     * Opens the store.
     *
     * @throws SchemaNotCurrentException if the tables aren't there and weren't to be made
     * @throws io.eventsourcing.store.StoreUnavailableException if the database can't be reached
     * @throws io.eventsourcing.store.EventStoreException if it is of another vendor, or a standby
     */
    public JdbcEventStore open() {
        return Failures.translated("Opening the event store", this::openUntranslated);
    }

    /** Looks at the database and makes the tables as {@link #open} does, for whoever keeps something else in them. */
    Vendor prepare() {
        return Failures.translated(
                "Opening the event store", () -> prepared(new JdbcTemplate(dataSource), chosenTransactionManager()));
    }

    private JdbcEventStore openUntranslated() {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        PlatformTransactionManager manager = chosenTransactionManager();
        return new JdbcEventStore(this, prepared(jdbc, manager), jdbc, manager);
    }

    private PlatformTransactionManager chosenTransactionManager() {
        return transactionManager != null ? transactionManager : new JdbcTransactionManager(dataSource);
    }

    private Vendor prepared(JdbcTemplate jdbc, PlatformTransactionManager manager) {
        Vendor vendor = Vendor.of(jdbc);
        vendor.sql().requirePrimary(jdbc);
        SchemaMigrations migrations = new SchemaMigrations(dataSource, vendor);
        if (createsSchema(vendor, jdbc)) {
            migrations.run(new TransactionTemplate(manager));
        }
        migrations.requireCurrent();
        vendor.sql().durabilityWarnings(jdbc).forEach(log::warn);
        return vendor;
    }

    private boolean createsSchema(Vendor vendor, JdbcTemplate jdbc) {
        return switch (schemaInitialization) {
            case ALWAYS -> true;
            case EMBEDDED -> vendor.sql().isInMemory(jdbc);
            case NEVER -> false;
        };
    }
}
