package io.eventsourcing.projection;

import java.util.List;
import java.util.function.Supplier;

/**
 * The tables that projections write to, each of them twice: as readers see it, and as a copy that a rebuild writes to beside
 * it. They are named as the handlers name them, without a schema. Thread-safe.
 */
public interface ProjectionTables {

    /**
     * Looks whether the tables are there, and such that their rows can be copied and compared.
     *
     * @throws ProjectionDefinitionException if not, with what to do about it
     */
    void check(String projection, List<String> tables);

    /**
     * Makes empty copies, instead of those that were left of an earlier rebuild. Not to be called in a transaction.
     *
     * @throws ProjectionDefinitionException as {@link #check}
     */
    void prepare(String projection, List<String> tables);

    /**
     * Runs what writes to the copies whenever it names one of the tables without a schema. To be called in the transaction
     * of a batch; what comes after it in the same transaction sees the tables again. If it throws, the transaction is to be
     * rolled back.
     *
     * @throws io.eventsourcing.EventSourcingException if there are no copies; nothing was run then
     * @throws ProjectionDefinitionException if the work has written to other tables, as far as the database tells
     * @throws RuntimeException what the work throws
     */
    <T> T inCopies(String projection, Supplier<T> work);

    /**
     * Compares each table with its copy, row by row, by its primary key. Columns that the database computes are left out.
     *
     * @param examples how many differing rows are described for each table at most, 0 or more
     */
    List<TableComparison> compare(String projection, List<String> tables, int examples);

    /**
     * Makes the rows of the tables those of the copies. To be called in a transaction: readers see all of it when it commits.
     * Rows that are equal aren't touched. Ids that the database gives afterwards aren't those of rows that came from the copies.
     * All tables of a projection that point to each other by foreign keys are to be named together.
     *
     * @throws io.eventsourcing.EventSourcingException if there are no copies, or their rows break a constraint of the tables;
     *     the transaction is to be rolled back then
     */
    void replace(String projection, List<String> tables);

    /** Deletes all rows of the tables. To be called in a transaction. */
    void clear(List<String> tables);

    /** Removes the copies, if there are any. Not to be called in a transaction. */
    void discard(String projection);
}
