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
     * of a batch; what comes after it in the same transaction sees the tables again.
     */
    <T> T inCopies(String projection, Supplier<T> work);

    /**
     * Compares each table with its copy, row by row, by its primary key.
     *
     * @param examples how many differing rows are described for each table at most, 0 or more
     */
    List<TableComparison> compare(String projection, List<String> tables, int examples);

    /**
     * Makes the rows of the tables those of the copies. To be called in a transaction: readers see all of it when it commits.
     * Rows that are equal aren't touched.
     */
    void replace(String projection, List<String> tables);

    /** Deletes all rows of the tables. To be called in a transaction. */
    void clear(List<String> tables);

    /** Removes the copies, if there are any. Not to be called in a transaction. */
    void discard(String projection);
}
