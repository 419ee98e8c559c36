package io.eventsourcing.jdbc;

import static io.eventsourcing.jdbc.CopiedTable.quoted;

import io.eventsourcing.jdbc.CopiedTable.Column;
import io.eventsourcing.store.EventStoreException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * H2 changes its search order for the session, and not for the transaction. Changing the schema also makes the session forget
 * the statements that it has prepared; changing the search path alone doesn't, so it always comes first.
 */
final class H2TableCopies implements TableCopies {

    /** The schema that is current comes first, the path behind it. */
    private static final String SCHEMA_OF = """
            SELECT TABLE_SCHEMA FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_NAME = ?
                AND (TABLE_SCHEMA = CURRENT_SCHEMA OR LOCATE(QUOTE_IDENT(TABLE_SCHEMA), CURRENT_PATH) > 0)
            ORDER BY CASE TABLE_SCHEMA WHEN CURRENT_SCHEMA THEN 0 ELSE LOCATE(QUOTE_IDENT(TABLE_SCHEMA), CURRENT_PATH) END
            LIMIT 1""";

    private static final String RESTARTS = """
            SELECT 'ALTER TABLE ' || ? || ' ALTER COLUMN ' || QUOTE_IDENT(c.COLUMN_NAME) || ' RESTART'
                || CASE WHEN CAST(? AS BOOLEAN) THEN '' ELSE ' WITH ' || c.IDENTITY_BASE END
            FROM INFORMATION_SCHEMA.COLUMNS t
                JOIN INFORMATION_SCHEMA.COLUMNS c ON c.TABLE_NAME = t.TABLE_NAME AND c.COLUMN_NAME = t.COLUMN_NAME
            WHERE t.TABLE_SCHEMA = ? AND t.TABLE_NAME = ? AND c.TABLE_SCHEMA = ? AND c.IS_IDENTITY = 'YES'""";

    private static final String SCRIPT = "SCRIPT NODATA NOPASSWORDS NOSETTINGS NOVERSION TABLE ";

    /** What is to be left out of a script, as it has no meaning in the copy. */
    private static final String FOREIGN_KEY = "(?:\"[^\"]*\")+(?: COMMENT (?:U&)?(?:'[^']*')+)? FOREIGN KEY.*";

    @Override
    public String folded(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<String> schemaOf(JdbcOperations jdbc, String table) {
        return jdbc.queryForList(SCHEMA_OF, String.class, table).stream().findFirst();
    }

    @Override
    public void createSchema(JdbcOperations jdbc, String schema) {
        if (!isAdministrator(jdbc)) {
            String user = jdbc.queryForObject("SELECT CURRENT_USER", String.class);
            throw new EventStoreException(
                    "The user " + user + " may not make a schema for the copies of a rebuild; on H2, only"
                            + " administrators may see how tables are made: ALTER USER " + user + " ADMIN TRUE");
        }
        removeSchema(jdbc, schema);
        jdbc.execute("CREATE SCHEMA " + schema);
    }

    private static boolean isAdministrator(JdbcOperations jdbc) {
        return jdbc.queryForList(
                        "SELECT IS_ADMIN FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME = CURRENT_USER", Boolean.class)
                .contains(true);
    }

    @Override
    public void copy(JdbcOperations jdbc, CopiedTable table, String schema) {
        Script script = new Script(table, schema);
        jdbc.queryForList(SCRIPT + table.live(), String.class).stream()
                .map(script::forCopy)
                .filter(Objects::nonNull)
                .forEach(jdbc::execute);
        restarts(jdbc, table, schema, true, "").forEach(jdbc::execute);
    }

    /** The statements that make a table, for another schema. */
    private static final class Script {

        private final String copy;
        private final String schema;
        private final Pattern table;
        private final Pattern constraint;
        private final Pattern index;

        Script(CopiedTable table, String schema) {
            String live = Pattern.quote(table.live());
            String liveSchema = Pattern.quote(quoted(table.schema()) + ".");
            this.copy = table.in(schema);
            this.schema = quoted(schema) + ".";
            this.table = Pattern.compile("(CREATE \\w+ TABLE )" + live + "(.*)", Pattern.DOTALL);
            this.constraint = Pattern.compile(
                    "(ALTER TABLE )" + live + "( ADD CONSTRAINT )" + liveSchema + "(?!" + FOREIGN_KEY + ")(.*)",
                    Pattern.DOTALL);
            this.index = Pattern.compile(
                    "(CREATE [\\w ]*INDEX )" + liveSchema + "((?:\"[^\"]*\")+ ON )" + live + "(.*)", Pattern.DOTALL);
        }

        /** @return null if the copy doesn't need it */
        @Nullable
        String forCopy(String statement) {
            Matcher matcher = table.matcher(statement);
            if (matcher.matches()) {
                return matcher.group(1) + copy + matcher.group(2);
            }
            matcher = constraint.matcher(statement);
            if (matcher.matches()) {
                return matcher.group(1) + copy + matcher.group(2) + schema + matcher.group(3);
            }
            matcher = index.matcher(statement);
            return matcher.matches() ? matcher.group(1) + schema + matcher.group(2) + copy + matcher.group(3) : null;
        }
    }

    /** Names find nothing from the moment on when the schema has another name, and so not the tables behind the copies. */
    @Override
    public void removeSchema(JdbcOperations jdbc, String schema) {
        String removed = "ES_REMOVED_" + schema;
        drop(jdbc, removed);
        jdbc.execute("ALTER SCHEMA IF EXISTS " + schema + " RENAME TO " + removed);
        drop(jdbc, removed);
    }

    /** A table is dropped when nobody has anything in it that isn't committed; a schema doesn't wait. */
    private static void drop(JdbcOperations jdbc, String schema) {
        jdbc.queryForList(
                        "SELECT QUOTE_IDENT(TABLE_NAME) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?",
                        String.class,
                        schema)
                .forEach(table -> jdbc.execute("DROP TABLE " + schema + "." + table + " CASCADE"));
        jdbc.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    @Override
    public String enter(JdbcOperations jdbc, String schema) {
        jdbc.queryForObject("SELECT COUNT(*) FROM " + schema + "." + MARKER, Long.class);
        String current = quoted(Objects.requireNonNull(jdbc.queryForObject("SELECT CURRENT_SCHEMA", String.class)));
        String path = Objects.requireNonNull(jdbc.queryForObject("SELECT CURRENT_PATH", String.class));
        // there is no way to say that there is no path; the schema that is searched anyway is the same
        String before = path.isEmpty() ? current : path;
        jdbc.execute("SET SCHEMA_SEARCH_PATH " + current + ", " + before);
        jdbc.execute("SET SCHEMA " + schema);
        return "SET SCHEMA_SEARCH_PATH " + before + "; SET SCHEMA " + current;
    }

    @Override
    public Optional<String> leave(JdbcOperations jdbc, String schema, String before) {
        jdbc.execute(before);
        return Optional.empty();
    }

    @Override
    public String differ(List<Column> columns) {
        return columns.stream()
                .map(column -> written("t", column) + " IS DISTINCT FROM " + written("c", column))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String written(String alias, Column column) {
        String value = alias + "." + quoted(column.name());
        return column.type().equals("VARCHAR_IGNORECASE") ? "CAST(" + value + " AS VARCHAR)" : value;
    }

    @Override
    public String asked() {
        return H2Sql.ASKED;
    }

    /** It doesn't end the transaction, other than most of what alters a table. */
    @Override
    public void skipIds(JdbcOperations jdbc, CopiedTable table, String schema) {
        String farther = " AND (c.IDENTITY_BASE - t.IDENTITY_BASE) * SIGN(c.IDENTITY_INCREMENT) > 0";
        restarts(jdbc, table, schema, false, farther).forEach(jdbc::execute);
    }

    /** @param first whether the copy is to begin with the first id, or else the table to go on behind the copy */
    private static List<String> restarts(
            JdbcOperations jdbc, CopiedTable table, String schema, boolean first, String condition) {
        return jdbc.queryForList(
                RESTARTS + condition,
                String.class,
                first ? table.in(schema) : table.live(),
                first,
                table.schema(),
                table.table(),
                schema);
    }
}
