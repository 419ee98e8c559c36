package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStoreException;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * How a database copies tables into a schema, and lets unqualified names find them there. A schema of copies has a table
 * {@value #MARKER} of one row, which is made last: without it the copies aren't complete.
 */
interface TableCopies {

    String MARKER = "es_copies";

    /** As the database spells a name that isn't quoted. */
    String folded(String name);

    /** @return the schema in which a name without one finds a table, a view or the like; empty if it finds none */
    Optional<String> schemaOf(JdbcOperations jdbc, String table);

    /**
     * Makes a schema without tables, in place of one of this name.
     *
     * @throws EventStoreException if the user may not, with what to grant
     */
    void createSchema(JdbcOperations jdbc, String schema);

    /** Makes an empty table like another one. */
    void copy(JdbcOperations jdbc, CopiedTable table, String schema);

    /** Removes a schema and all that it holds, when nobody writes to it any more. */
    void removeSchema(JdbcOperations jdbc, String schema);

    /**
     * Lets names without a schema find what is in this one first, and keeps it from being removed until the transaction ends,
     * or its names from finding anything else.
     *
     * @return what {@link #leave} needs
     * @throws DataAccessException if it isn't there
     */
    String enter(JdbcOperations jdbc, String schema);

    /**
     * Lets names find what they found before.
     *
     * @return the tables that were written to meanwhile, though they are neither in the schema nor the library's own; empty if
     *     there are none, or the database doesn't know
     */
    Optional<String> leave(JdbcOperations jdbc, String schema, String before);

    /** The condition that {@code t} and {@code c} differ in one of these columns, be it only in how they are written. */
    String differ(List<CopiedTable.Column> columns);

    /** A condition that holds always, see {@link Vendor.Sql#asked()}. */
    String asked();

    /** Keeps the table from giving ids that the copy has given. */
    void skipIds(JdbcOperations jdbc, CopiedTable table, String schema);
}
