package io.eventsourcing.jdbc;

import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.ProjectionTables;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.store.EventStoreException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps copies in a schema of their own, {@code es_rebuild_} and the name of the projection, which comes first in the search
 * order of transactions that write to them. Whatever names tables without a schema is led there: JDBC, Spring Data JDBC, and
 * JPA, whose changes are flushed before the tables are seen again. Views and qualified names lead to the tables themselves;
 * PostgreSQL tells of it, and then nothing is kept of the transaction. H2 doesn't. Thread-safe.
 *
 * <p>A copy has the columns, defaults, primary key, unique and check constraints and indexes of its table, and gives ids of its
 * own that begin with the first one. It has neither foreign keys nor triggers. Those of the table hold for what {@link #replace}
 * writes. All connections of the data source must have the same search order.
 */
final class JdbcProjectionTables implements ProjectionTables {

    private static final String WHAT = "Working on the tables of a projection";

    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager manager;
    private final TableCopies copies;
    private final TableCatalogue catalogue;
    private volatile @Nullable String home;

    JdbcProjectionTables(JdbcTemplate jdbc, PlatformTransactionManager manager, TableCopies copies) {
        this.jdbc = jdbc;
        this.manager = manager;
        this.copies = copies;
        this.catalogue = new TableCatalogue(jdbc, copies);
    }

    @Override
    public void check(String projection, List<String> tables) {
        childrenFirst(tables);
    }

    private List<CopiedTable> childrenFirst(List<String> tables) {
        return Failures.translated(WHAT, () -> catalogue.childrenFirst(tables));
    }

    /** @throws EventStoreException if the user may not make them, with what to grant */
    @Override
    public void prepare(String projection, List<String> tables) {
        alone(() -> {
            String schema = schema(projection);
            List<CopiedTable> originals = catalogue.childrenFirst(tables);
            copies.createSchema(jdbc, schema);
            originals.forEach(table -> copies.copy(jdbc, table, schema));
            jdbc.execute(
                    "CREATE TABLE " + schema + "." + TableCopies.MARKER + " AS SELECT CURRENT_TIMESTAMP AS made_at");
        });
    }

    @Override
    public void discard(String projection) {
        alone(() -> copies.removeSchema(jdbc, schema(projection)));
    }

    /** On H2 it is more than one transaction. */
    private void alone(Runnable work) {
        if (JdbcTransactions.present(manager).isPresent()) {
            throw new IllegalStateException(
                    "Copies of tables can't be made and removed in a transaction, which some databases would commit: call this"
                            + " outside of it");
        }
        Failures.translated(WHAT, () -> new TransactionTemplate(manager).executeWithoutResult(status -> work.run()));
    }

    private String schema(String projection) {
        String known = home;
        if (known == null) {
            known = Objects.requireNonNull(
                    jdbc.queryForObject("SELECT COALESCE(CURRENT_SCHEMA, 'public')", String.class));
            home = known;
        }
        return copies.folded(CopySchema.of(known, projection));
    }

    @Override
    public <T> T inCopies(String projection, Supplier<T> work) {
        TransactionStatus transaction = JdbcTransactions.present(manager)
                .orElseThrow(() -> new IllegalStateException(
                        "Copies of tables are written to in a transaction: there is none of this data source"));
        transaction.flush();
        String before = enter(projection);
        T result;
        try {
            result = work.get();
            transaction.flush(); // what an object-relational mapper has only noted yet
        } catch (RuntimeException | Error e) {
            leaveAfter(e, projection, before);
            throw e;
        }
        leave(projection, before).ifPresent(others -> {
            throw new ProjectionDefinitionException("The projection " + projection
                    + " was to write to copies of its tables"
                    + " alone, but wrote to " + others + ": say that these are tables of the projection, and let its"
                    + " handlers name them without a schema");
        });
        return result;
    }

    private String enter(String projection) {
        return Failures.translated(WHAT, () -> {
            String schema = schema(projection);
            try {
                return copies.enter(jdbc, schema);
            } catch (BadSqlGrammarException e) {
                throw noCopies(projection, schema, e);
            }
        });
    }

    private static EventStoreException noCopies(String projection, String schema, BadSqlGrammarException e) {
        return new EventStoreException(
                "The tables of the projection " + projection + " have no copies in the schema " + schema
                        + ", or this user may not use them: they were not prepared, or discarded meanwhile",
                e);
    }

    private Optional<String> leave(String projection, String before) {
        return Failures.translated(WHAT, () -> copies.leave(jdbc, schema(projection), before));
    }

    /** PostgreSQL takes no statement after one has failed, and puts its search path back with the end of the transaction. */
    private void leaveAfter(Throwable reason, String projection, String before) {
        try {
            leave(projection, before);
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public List<TableComparison> compare(String projection, List<String> tables, int examples) {
        return Failures.translated(WHAT, () -> {
            String schema = requireCopies(projection);
            List<CopiedTable> found = catalogue.childrenFirst(tables);
            return tables.stream()
                    .map(name -> found.stream()
                            .filter(table -> table.name().equals(name))
                            .findFirst()
                            .orElseThrow())
                    .map(table -> new CopiedRows(jdbc, copies, table, schema).compare(examples))
                    .toList();
        });
    }

    private String requireCopies(String projection) {
        String schema = schema(projection);
        try {
            jdbc.queryForObject("SELECT COUNT(*) FROM " + schema + "." + TableCopies.MARKER, Long.class);
            return schema;
        } catch (BadSqlGrammarException e) {
            throw noCopies(projection, schema, e);
        }
    }

    @Override
    public void replace(String projection, List<String> tables) {
        Failures.translated(WHAT, () -> {
            requireTransaction();
            String schema = requireCopies(projection);
            List<CopiedTable> childrenFirst = catalogue.childrenFirst(tables);
            List<CopiedRows> rows = childrenFirst.stream()
                    .map(table -> new CopiedRows(jdbc, copies, table, schema))
                    .collect(Collectors.toList());
            rows.forEach(CopiedRows::delete);
            Collections.reverse(rows);
            rows.forEach(CopiedRows::write);
            childrenFirst.forEach(table -> copies.skipIds(jdbc, table, schema));
        });
    }

    private void requireTransaction() {
        if (JdbcTransactions.present(manager).isEmpty()) {
            throw new IllegalStateException(
                    "All tables of a projection change at once, in a transaction: there is none of this data source");
        }
    }

    @Override
    public void clear(List<String> tables) {
        Failures.translated(WHAT, () -> {
            requireTransaction();
            catalogue.childrenFirst(tables).forEach(table -> jdbc.update("DELETE FROM " + table.live()));
        });
    }
}
