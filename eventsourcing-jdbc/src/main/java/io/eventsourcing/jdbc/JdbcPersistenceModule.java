package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The module named {@code jdbc}, for programs without Spring. Settings: {@code JDBC_URL} (an H2 file named {@code
 * eventsourcing} in the working directory if there is none), {@code JDBC_USERNAME}, {@code JDBC_PASSWORD}, {@code
 * JDBC_POOL_SIZE} (1 to 1000, 10 if there is none), {@code JDBC_INITIALIZE_SCHEMA} ({@code always} if there is none, {@code
 * embedded}, {@code never}), {@code JDBC_LISTEN} ({@code true} if there is none: on PostgreSQL, a connection beside the pool
 * listens for the events of other processes while there are subscriptions; {@code false}).
 */
public final class JdbcPersistenceModule implements PersistenceModule {

    /** The name of this module. */
    public static final String NAME = "jdbc";

    // H2 acknowledges commits that it hasn't written yet, unless it is told not to
    private static final String DEFAULT_URL = "jdbc:h2:file:./eventsourcing;WRITE_DELAY=0";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventStore open(Settings settings) {
        SchemaInitialization initialization = initialization(settings);
        boolean listens = listens(settings);
        HikariDataSource pool = pool(settings);
        try {
            JdbcEventStoreBuilder builder = JdbcEventStore.builder(pool)
                    .initializeSchema(initialization)
                    .onClose(pool::close);
            if (listens) {
                builder.listenOn(unpooled(pool));
            }
            return builder.open();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariDataSource pool(Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("eventsourcing");
        config.setJdbcUrl(settings.find("JDBC_URL").orElse(DEFAULT_URL));
        settings.find("JDBC_USERNAME").ifPresent(config::setUsername);
        settings.find("JDBC_PASSWORD").ifPresent(config::setPassword);
        config.setMaximumPoolSize(poolSize(settings));
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            throw new StoreUnavailableException("The database that JDBC_URL names can't be reached", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("JDBC_URL names no database that a driver on the class path knows", e);
        }
    }

    private static DataSource unpooled(HikariDataSource pool) {
        DriverManagerDataSource unpooled = new DriverManagerDataSource(pool.getJdbcUrl());
        unpooled.setUsername(pool.getUsername());
        unpooled.setPassword(pool.getPassword());
        return unpooled;
    }

    private static boolean listens(Settings settings) {
        String value = settings.find("JDBC_LISTEN").orElse("true").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("JDBC_LISTEN is true or false, not '" + value + "'");
        };
    }

    private static int poolSize(Settings settings) {
        String size = settings.find("JDBC_POOL_SIZE").orElse("10");
        if (!size.matches("[1-9]\\d{0,2}|1000")) {
            throw new IllegalArgumentException("JDBC_POOL_SIZE is a number from 1 to 1000, not '" + size + "'");
        }
        return Integer.parseInt(size);
    }

    private static SchemaInitialization initialization(Settings settings) {
        String value = settings.find("JDBC_INITIALIZE_SCHEMA").orElse("always");
        return Arrays.stream(SchemaInitialization.values())
                .filter(each -> each.name().equals(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "JDBC_INITIALIZE_SCHEMA is always, embedded or never, not '" + value + "'"));
    }
}
