package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.CopiedTable.Column;
import io.eventsourcing.store.EventStoreException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowMapper;

/**
 * The search path is changed within the transaction only, and put back by its end in any case. PostgreSQL looks the names in
 * prepared statements up again when the path has changed.
 */
final class PostgresTableCopies implements TableCopies {

    private static final String SCHEMA_OF = """
            SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = to_regclass(quote_ident(?))""";

    /** What this session has written to other tables than the library's; only how it grows belongs to this transaction. */
    private static final String WRITTEN = """
            (SELECT t.oid, t.relnamespace::regnamespace::text || '.' || quote_ident(t.relname) AS name,
                 pg_stat_get_xact_tuples_inserted(t.oid) + pg_stat_get_xact_tuples_updated(t.oid)
                     + pg_stat_get_xact_tuples_deleted(t.oid) AS rows
             FROM pg_class t
             WHERE t.relkind = 'r' AND t.relpersistence <> 't' AND t.relnamespace <> 'pg_catalog'::regnamespace
                 AND NOT starts_with(t.relname, 'es_')) AS w""";

    /** Reading the marker locks it against being dropped, until the transaction ends. */
    private static final String ENTER = """
            WITH b AS MATERIALIZED (
                SELECT jsonb_build_object('path', current_setting('search_path'),
                    'written', (SELECT jsonb_object_agg(w.oid, w.rows) FROM %s WHERE w.rows > 0)) AS before)
            SELECT b.before, set_config('search_path', concat_ws(', ', ?::text, nullif(b.before ->> 'path', '')), true)
            FROM b, %s.es_copies""";

    private static final String LEAVE = """
            WITH b AS MATERIALIZED (SELECT ?::jsonb AS before)
            SELECT set_config('search_path', b.before ->> 'path', true),
                (SELECT string_agg(w.name, ', ') FROM %s
                 WHERE w.rows > coalesce((b.before -> 'written' ->> w.oid::text)::bigint, 0)
                     AND NOT starts_with(w.name, ? || '.'))
            FROM b""".formatted(WRITTEN);

    private static final String RIGHTS = """
            SELECT n.oid IS NOT NULL,
                coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_schema_privilege(n.oid, 'CREATE'), FALSE),
                coalesce(pg_has_role(n.nspowner, 'USAGE'), FALSE),
                has_database_privilege(d.oid, 'CREATE'), quote_ident(d.datname), quote_ident(current_user)
            FROM pg_database d LEFT JOIN pg_namespace n ON n.nspname = ? WHERE d.datname = current_database()""";

    private static final String TABLES_IN =
            "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r'";

    /** What gives a copy ids of its own where they come from a sequence of the column, without its being an identity. */
    private static final String OWN_IDS = """
            SELECT format('CREATE SEQUENCE %1$s AS %2$s INCREMENT BY %3$s MINVALUE %4$s MAXVALUE %5$s START WITH %6$s %7$s'
                    || ' OWNED BY %8$s.%9$I; ALTER TABLE %8$s ALTER COLUMN %9$I SET DEFAULT nextval(%1$L)',
                quote_ident(?) || '.es_ids_' || a.attrelid || '_' || a.attnum, format_type(s.seqtypid, NULL), s.seqincrement,
                s.seqmin, s.seqmax, s.seqstart, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END, ?, a.attname)
            FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                JOIN pg_sequence s ON s.seqrelid = pg_get_serial_sequence(?, a.attname)::regclass
            WHERE a.attrelid = ?::regclass AND a.attidentity = '' AND a.attgenerated = '' AND NOT a.attisdropped
                AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'""";

    /** What {@link #SKIP_IDS} would fail with at the end of a rebuild. */
    private static final String REFUSED_SEQUENCES = """
            SELECT string_agg(s.id::text, ', ')
            FROM (SELECT pg_get_serial_sequence(?, attname)::regclass AS id
                  FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped) AS s
            WHERE NOT (has_sequence_privilege(s.id, 'USAGE') AND has_sequence_privilege(s.id, 'UPDATE'))""";

    private static final String SKIP_IDS = """
            SELECT setval(s.seqrelid::regclass, i.given)
            FROM (SELECT pg_get_serial_sequence(?, attname)::regclass AS live,
                      pg_sequence_last_value(pg_get_serial_sequence(?, attname)::regclass) AS given
                  FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped) AS i
                JOIN pg_sequence s ON s.seqrelid = i.live
            WHERE (i.given - coalesce(pg_sequence_last_value(s.seqrelid::regclass), s.seqstart - s.seqincrement))
                * sign(s.seqincrement) > 0""";

    /**
     * What the user may do.
     *
     * @param exists whether the schema does
     * @param create tables in the schema
     */
    private record Rights(
            boolean exists, boolean create, boolean owner, boolean createSchemas, String database, String user) {}

    @Override
    public String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> schemaOf(JdbcOperations jdbc, String table) {
        return jdbc.queryForList(SCHEMA_OF, String.class, table).stream().findFirst();
    }

    @Override
    public void createSchema(JdbcOperations jdbc, String schema) {
        removeSchema(jdbc, schema);
        Rights rights = rights(jdbc, schema);
        if (rights.exists() ? !rights.create() : !rights.createSchemas()) {
            throw new EventStoreException(refusal(rights, schema));
        }
        if (!rights.exists()) {
            jdbc.execute("CREATE SCHEMA " + schema);
        }
    }

    private static String refusal(Rights rights, String schema) {
        String user = rights.user();
        if (rights.exists()) {
            return "The user " + user + " may not make the copies of a rebuild in the schema " + schema
                    + ": GRANT USAGE, CREATE ON SCHEMA " + schema + " TO " + user;
        }
        return "The user " + user
                + " may not make a schema for the copies of a rebuild. Let somebody who may make it once:"
                + " CREATE SCHEMA " + schema + " AUTHORIZATION " + user + ", or: GRANT CREATE ON DATABASE "
                + rights.database() + " TO " + user;
    }

    private static Rights rights(JdbcOperations jdbc, String schema) {
        RowMapper<Rights> mapper = (row, index) -> new Rights(
                row.getBoolean(1),
                row.getBoolean(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6));
        return Objects.requireNonNull(jdbc.queryForObject(RIGHTS, mapper, schema));
    }

    @Override
    public void copy(JdbcOperations jdbc, CopiedTable table, String schema) {
        requireSequences(jdbc, table);
        String copy = table.in(schema);
        jdbc.execute("CREATE TABLE " + copy + " (LIKE " + table.live() + " INCLUDING ALL)");
        jdbc.queryForList(OWN_IDS, String.class, schema, copy, table.live(), table.live())
                .forEach(jdbc::execute);
    }

    private static void requireSequences(JdbcOperations jdbc, CopiedTable table) {
        String refused = jdbc.queryForObject(REFUSED_SEQUENCES, String.class, table.live(), table.live());
        if (refused != null) {
            String user = jdbc.queryForObject("SELECT quote_ident(current_user)", String.class);
            throw new EventStoreException("The user " + user + " may not set the ids of the table " + table.name()
                    + ", so some could come twice behind a rebuild: GRANT USAGE, UPDATE ON SEQUENCE " + refused
                    + " TO " + user);
        }
    }

    /** A schema that this user couldn't make again is only emptied. */
    @Override
    public void removeSchema(JdbcOperations jdbc, String schema) {
        Rights rights = rights(jdbc, schema);
        if (!rights.exists() || !rights.create()) {
            return;
        }
        // waits for whoever has entered, and keeps others from entering
        jdbc.execute("DROP TABLE IF EXISTS " + schema + "." + MARKER);
        if (rights.owner() && rights.createSchemas()) {
            jdbc.execute("DROP SCHEMA " + schema + " CASCADE");
        } else {
            jdbc.queryForList(TABLES_IN, String.class, schema)
                    .forEach(table -> jdbc.execute("DROP TABLE " + table + " CASCADE"));
        }
    }

    @Override
    public String enter(JdbcOperations jdbc, String schema) {
        RowMapper<String> path = (row, index) -> row.getString(1);
        return Objects.requireNonNull(jdbc.queryForObject(ENTER.formatted(WRITTEN, schema), path, schema));
    }

    @Override
    public Optional<String> leave(JdbcOperations jdbc, String schema, String before) {
        RowMapper<Optional<String>> written = (row, index) -> Optional.ofNullable(row.getString(2));
        return Objects.requireNonNull(jdbc.queryForObject(LEAVE, written, before, schema));
    }

    /** Compares the bytes: some types have no equality, and that of others takes different texts for the same. */
    @Override
    public String differ(List<Column> columns) {
        return "record_image_ne(ROW(" + CopiedTable.list(columns, "t") + "), ROW(" + CopiedTable.list(columns, "c")
                + "))";
    }

    @Override
    public String asked() {
        return "TRUE";
    }

    @Override
    public void skipIds(JdbcOperations jdbc, CopiedTable table, String schema) {
        jdbc.query(SKIP_IDS, row -> {}, table.live(), table.in(schema), table.live());
    }
}
