package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.dialect.DialectResolver;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.dialect.JdbcH2Dialect;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.jdbc.core.JdbcOperations;

/** The databases that can keep events, and all that differs between them. */
enum Vendor {
    H2("H2", new H2Sql()),
    POSTGRESQL("PostgreSQL", new PostgresSql());

    /** What each of them does in its own way. All of it runs in the caller's transaction. */
    interface Sql {

        /** Keeps other processes from changing the schema until the transaction ends. */
        void lockSchema(JdbcOperations jdbc);

        /** As the catalogue spells it. */
        String tableName(String name);

        /**
         * Keeps others from appending to these streams until the transaction ends, and makes sure that positions drawn from
         * now on become visible in their order.
         *
         * @return the heads of those that have a row
         */
        List<StreamHead> lock(JdbcOperations jdbc, List<StreamName> streams);

        /**
         * What goes before a query over all events, in the same round trip, so that {@link #decided()} can be asked in it.
         */
        List<String> beforeReadingAll();

        /**
         * Looks at the result of the first of these statements, if there are any.
         *
         * @throws EventStoreException if nothing can be decided on this connection
         */
        void requireDecidable(ResultSet first) throws SQLException;

        /** @throws EventStoreException if this server only follows another one */
        void requirePrimary(JdbcOperations jdbc);

        /** The condition that no event can appear any more at or below the commit position of event {@code e}. */
        String decided();

        /**
         * Writes what can be written in one round trip that is a transaction of its own, and tells these requests that they
         * have succeeded. The others are left as they are.
         */
        void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests);

        /** @return the id of each stream */
        Map<StreamName, Long> insertStreams(JdbcOperations jdbc, List<StreamName> streams);

        /**
         * Writes events.
         *
         * @param streamIds of all of their streams
         * @return the commit position of each row, in order
         */
        long[] insert(JdbcOperations jdbc, List<NewRow> rows, Map<StreamName, Long> streamIds);

        /** Whether the database dies with this process. */
        boolean isInMemory(JdbcOperations jdbc);

        /** What in the database's configuration can lose a commit that was acknowledged, and the cure. */
        List<String> durabilityWarnings(JdbcOperations jdbc);
    }

    private final String product;
    private final Sql sql;

    Vendor(String product, Sql sql) {
        this.product = product;
        this.sql = sql;
    }

    /** @throws EventStoreException if the database is none of these */
    static Vendor of(JdbcOperations jdbc) {
        JdbcDialect dialect = DialectResolver.getDialect(jdbc);
        if (dialect instanceof JdbcH2Dialect) {
            return H2;
        }
        if (dialect instanceof JdbcPostgresDialect) {
            return POSTGRESQL;
        }
        throw new EventStoreException("Events can be kept in H2 and PostgreSQL, not in a database of "
                + dialect.getClass().getSimpleName());
    }

    Sql sql() {
        return sql;
    }

    /**
     * What tells of appends.
     *
     * @param listenOn connections to hear of other processes on; null if there are none
     */
    JdbcSignals signals(DataSource dataSource, @Nullable DataSource listenOn) {
        return this == POSTGRESQL ? JdbcSignals.postgres(dataSource, listenOn) : JdbcSignals.local();
    }

    /** Where its scripts lie. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As its makers write it. */
    @Override
    public String toString() {
        return product;
    }
}
