package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.transaction.support.TransactionOperations;

/** The tables of a store, as versioned scripts that each run once. Each script records its own version. */
final class SchemaMigrations {

    private static final Logger log = LoggerFactory.getLogger(SchemaMigrations.class);

    private static final String FOLDER = "io/eventsourcing/jdbc/schema/";

    /** In order; the number before the underscores is the version. */
    private static final List<String> SCRIPTS = List.of(
            "V1__events.sql",
            "V2__tags.sql",
            "V3__subject_keys.sql",
            "V4__deletion.sql",
            "V5__seals.sql",
            "V6__snapshots.sql",
            "V7__schemas.sql",
            "V8__projections.sql",
            "V9__changing_projections.sql",
            "V10__timeouts.sql");

    private final JdbcTemplate jdbc;
    private final Vendor vendor;

    SchemaMigrations(DataSource dataSource, Vendor vendor) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.vendor = vendor;
    }

    /** The version that this library needs. */
    static int latest() {
        return SCRIPTS.size();
    }

    /** Where the scripts of a vendor lie on the class path, in the order of their versions. */
    static List<String> scripts(Vendor vendor) {
        return SCRIPTS.stream()
                .map(script -> FOLDER + vendor.folder() + "/" + script)
                .toList();
    }

    /** Creates or upgrades what is missing, once, however many processes start at the same time. */
    void run(TransactionOperations transaction) {
        if (installed() < latest()) {
            transaction.executeWithoutResult(status -> {
                vendor.sql().lockSchema(jdbc);
                for (int version = installed() + 1; version <= latest(); version++) {
                    runScript(scripts(vendor).get(version - 1));
                }
            });
        }
    }

    /** @throws EventStoreException if the tables are missing or of another version; the message names the cure */
    void requireCurrent() {
        int installed = installed();
        if (installed == latest()) {
            return;
        }
        String found = installed == 0 ? "has no event store tables" : "has event store tables of version " + installed;
        String cure = installed > latest()
                ? "Use a newer version of this library"
                : "Let the store make them (eventsourcing.jdbc.initialize-schema=always, without Spring"
                        + " JDBC_INITIALIZE_SCHEMA=always), or run the scripts that are on the class path under "
                        + FOLDER
                        + vendor.folder() + " with a migration tool";
        throw new SchemaNotCurrentException(
                "The database " + found + ", this library needs version " + latest() + ". " + cure);
    }

    /** Looks for the table first: a query that fails would end the transaction that this may run in. */
    private int installed() {
        if (!Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) this::hasVersionTable))) {
            return 0;
        }
        Integer version = jdbc.queryForObject("SELECT COALESCE(MAX(version), 0) FROM es_schema_version", Integer.class);
        return version == null ? 0 : version;
    }

    private boolean hasVersionTable(Connection connection) throws SQLException {
        String table = vendor.sql().tableName("es_schema_version");
        try (ResultSet tables =
                connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), table, null)) {
            return tables.next();
        }
    }

    private void runScript(String script) {
        log.info("Running {} on {}", script, vendor);
        ClassPathResource resource = new ClassPathResource(script, SchemaMigrations.class.getClassLoader());
        jdbc.execute((ConnectionCallback<String>) connection -> {
            ScriptUtils.executeSqlScript(connection, resource);
            return script;
        });
    }
}
