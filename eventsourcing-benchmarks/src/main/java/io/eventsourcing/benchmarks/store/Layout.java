package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * Our table of events beside others that could have been chosen, on PostgreSQL: the server copies the same events into each,
 * so that only the layout differs. The megabytes are those of the table and its indexes for a million events.
 */
enum Layout {
    OURS("bigint stream, bytes, two indexes", """
            CREATE TABLE ours (LIKE es_events INCLUDING ALL)""", "SELECT * FROM es_events ORDER BY commit_position"),

    STREAM_NAME_IN_EACH_ROW("the stream's name in each row", """
            CREATE TABLE stream_name_in_each_row (
                commit_position bigint PRIMARY KEY, stream varchar(200) COLLATE "C" NOT NULL, stream_position bigint NOT NULL,
                event_id uuid NOT NULL, occurred_at timestamptz NOT NULL, event_type varchar(200) NOT NULL,
                data bytea NOT NULL, metadata bytea NOT NULL, UNIQUE (stream, stream_position))""", """
            SELECT e.commit_position, s.name, e.stream_position, e.event_id, e.occurred_at, e.event_type, e.data, e.metadata
            FROM es_events e JOIN es_streams s USING (stream_id) ORDER BY e.commit_position"""),

    UNIQUE_EVENT_ID("a third index, by event id", """
            CREATE TABLE unique_event_id (LIKE es_events INCLUDING ALL, UNIQUE (event_id))""", "SELECT * FROM es_events ORDER BY commit_position"),

    JSONB("jsonb", table("jsonb", "jsonb"), payloadAs("jsonb")),

    TEXT("text", table("text", "text"), payloadAs("text")),

    NARROW("int position, smallint type", """
            CREATE TABLE narrow (
                commit_position bigint PRIMARY KEY, stream_id bigint NOT NULL, stream_position int NOT NULL,
                event_type smallint NOT NULL, event_id uuid NOT NULL, occurred_at timestamptz NOT NULL,
                data bytea NOT NULL, metadata bytea NOT NULL, UNIQUE (stream_id, stream_position))""", """
            SELECT commit_position, stream_id, stream_position, 1, event_id, occurred_at, data, metadata
            FROM es_events ORDER BY commit_position"""),

    STREAM_INDEX_COVERS_TYPE("the type in the stream's index", """
            CREATE TABLE stream_index_covers_type (
                LIKE es_events INCLUDING DEFAULTS, PRIMARY KEY (commit_position),
                UNIQUE (stream_id, stream_position) INCLUDE (event_type))""", "SELECT * FROM es_events ORDER BY commit_position");

    private static final int EVENTS = 200_000;

    private final String description;
    private final String table;
    private final String rows;

    Layout(String description, String table, String rows) {
        this.description = description;
        this.table = table;
        this.rows = rows;
    }

    private static String table(String name, String payload) {
        return """
            CREATE TABLE %s (
                commit_position bigint PRIMARY KEY, stream_id bigint NOT NULL, stream_position bigint NOT NULL,
                event_id uuid NOT NULL, occurred_at timestamptz NOT NULL, event_type varchar(200) COLLATE "C" NOT NULL,
                data %s NOT NULL, metadata %s NOT NULL, UNIQUE (stream_id, stream_position))""".formatted(name, payload, payload);
    }

    private static String payloadAs(String type) {
        return """
            SELECT commit_position, stream_id, stream_position, event_id, occurred_at, event_type,
                   convert_from(data, 'UTF8')::%s, convert_from(metadata, 'UTF8')::%s
            FROM es_events ORDER BY commit_position""".formatted(type, type);
    }

    /** Ours against each of the others. */
    static List<Contest> contests() {
        return List.of(values()).subList(1, values().length).stream()
                .map(Layout::contest)
                .toList();
    }

    private Contest contest() {
        String name = "layout-" + tableName().replace('_', '-');
        return new Contest(
                name,
                OURS.description,
                description,
                List.of(
                        new Row(name, Figure.PER_SECOND, Goal.NONE),
                        new Row(name + "-size", Figure.MEGABYTES, Goal.NONE)),
                arena -> new Duel(OURS.subject(arena), subject(arena)));
    }

    private Subject subject(Arena arena) throws Exception {
        int events = arena.events(EVENTS);
        HikariDataSource pool = arena.postgres(2);
        Preload.streams(arena, pool, events);
        execute(pool, table);
        return () -> {
            execute(pool, "TRUNCATE " + tableName(), "CHECKPOINT");
            return Load.run(0, count -> execute(pool, "INSERT INTO " + tableName() + " " + rows))
                    .rate(events)
                    .with(Figure.MEGABYTES, size(pool) * 1e6 / events / 1e6);
        };
    }

    private String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static void execute(HikariDataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long size(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_total_relation_size('" + tableName() + "')")) {
            size.next();
            return size.getLong(1);
        }
    }
}
