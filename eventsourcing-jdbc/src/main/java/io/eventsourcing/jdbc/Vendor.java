package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.dialect.DialectResolver;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.dialect.JdbcH2Dialect;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.jdbc.core.JdbcOperations;

/** The databases that can keep events, and all that differs between them. */
enum Vendor {
    H2("H2", new H2Sql(), new H2TableCopies()),
    POSTGRESQL("PostgreSQL", new PostgresSql(), new PostgresTableCopies());

    /** What each of them does in its own way. All of it runs in the caller's transaction. */
    interface Sql {

        /** Keeps other processes from changing the schema until the transaction ends. */
        void lockSchema(JdbcOperations jdbc);

        /** As the catalogue spells it. */
        String tableName(String name);

        /**
         * Keeps others from appending to these streams until the transaction ends, and draws positions that will become
         * visible in their order.
         *
         * @param waits whether to wait for streams that somebody else holds; where all streams are held together, it waits
         *     in any case
         * @throws StaleSnapshotException if a stream was made behind the back of this transaction
         */
        Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits);

        /** Keeps others from appending to a stream until the transaction ends, and from doing it unseen behind that. */
        void lockStream(JdbcOperations jdbc, StreamKey stream);

        /** Makes appends fail that don't see that a stream was deleted for good. */
        void keepOut(JdbcOperations jdbc, StreamHead tombstoned);

        /**
         * What goes before a query over all events, in the same round trip, so that {@link #decided()} can be asked in it. If
         * there is any, the last result's first column says up to which position that holds.
         */
        List<String> beforeReadingAll();

        /** What goes behind it, in the same round trip. */
        List<String> afterReadingAll();

        /**
         * Looks at the result of the first of the statements before a query over all events, if there are any.
         *
         * @throws EventStoreException if nothing can be decided on this connection
         */
        void requireDecidable(ResultSet first) throws SQLException;

        /** @throws EventStoreException if this server only follows another one */
        void requirePrimary(JdbcOperations jdbc);

        /** The condition that no event can appear any more at or below the commit position of event {@code e}. */
        String decided();

        /**
         * A condition that holds always, and keeps the database from answering with the result of an earlier query. Whatever
         * an append is decided by asks for it.
         */
        default String asked() {
            return "TRUE";
        }

        /** The time of the database's clock, whenever the transaction has begun. */
        String now();

        /** A time after that; the parameter is the number of milliseconds between them. */
        String later();

        /** Ends the session if this transaction is left alone for so long: nobody then waits for what it has locked. */
        void limitIdleness(JdbcOperations jdbc, Duration limit);

        /** Whether a subquery that is {@linkplain #asked() asked} is asked once for each row, and not once for all. */
        default boolean asksForEachRow() {
            return false;
        }

        /** How to find streams whose names begin in some way. */
        default NamePrefix namePrefix() {
            return NamePrefix.RANGE;
        }

        /**
         * Writes what can be written in one round trip that is a transaction of its own, and tells these requests that they
         * have succeeded. The others are left as they are.
         *
         * @param heads what is known, and where to note what became of it
         */
        void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads);

        /** How many batches of appends are worth writing at the same time. */
        default int lanes() {
            return 1;
        }

        /** The ids of the events in each of these ranges, by the stream's id and in their order. */
        Map<Long, List<UUID>> ids(JdbcOperations jdbc, Collection<Repetitions.Range> ranges);

        /**
         * Those of the conditions that some event breaks. What is held keeps the answer true until the transaction ends.
         *
         * @throws EventStoreException if this transaction can't see what others have committed meanwhile
         */
        List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions);

        /** Returns when readers of all events see everything that was committed before this transaction was alone. */
        void awaitOthers(JdbcOperations jdbc);

        /** The transactions that hold readers of all events back, the oldest first. */
        default List<OpenAppend> openAppends(JdbcOperations jdbc) {
            return List.of();
        }

        /** Writes events at reserved positions. */
        void insert(JdbcOperations jdbc, List<NewRow> rows);

        /**
         * A statement that adds a snapshot, or replaces that of the same position, unless there is one of a later position.
         * Parameters: the columns behind the tenant; then kind, name and position once more.
         */
        String saveSnapshot();

        /** Whether the database dies with this process. */
        boolean isInMemory(JdbcOperations jdbc);

        /** What in the database's configuration can lose a commit that was acknowledged, and the cure. */
        List<String> durabilityWarnings(JdbcOperations jdbc);
    }

    private final String product;
    private final Sql sql;
    private final TableCopies copies;

    Vendor(String product, Sql sql, TableCopies copies) {
        this.product = product;
        this.sql = sql;
        this.copies = copies;
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

    /** How tables of projections are copied there. */
    TableCopies copies() {
        return copies;
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
