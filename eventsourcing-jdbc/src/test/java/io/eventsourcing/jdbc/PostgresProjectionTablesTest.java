package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.store.EventStoreException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresProjectionTablesTest extends ProjectionTablesContract {

    private static final String USER = "projection_tables_test";

    private Databases.Coordinates database;

    @Override
    Databases.Coordinates newDatabase() {
        database = Databases.newPostgres();
        return database;
    }

    @Override
    Databases.Coordinates inSchema(String schema) {
        jdbc.execute("CREATE SCHEMA " + schema);
        String url = database.url() + (database.url().contains("?") ? "&" : "?") + "currentSchema=" + schema;
        return new Databases.Coordinates(url, database.username(), database.password());
    }

    @Override
    int indexes(String schema) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM pg_indexes WHERE schemaname = ? AND tablename = 'dog_list'",
                Integer.class,
                schema.toLowerCase(Locale.ROOT));
    }

    @Override
    String column(String name) {
        return name;
    }

    @Override
    void fillMany() {
        jdbc.update("INSERT INTO many SELECT x % 3, x, 'row ' || x, 'a' FROM generate_series(1, 100000) AS x");
    }

    @Override
    String generatedColumn() {
        return "twice INTEGER GENERATED ALWAYS AS (a * 2) STORED";
    }

    @Override
    String json() {
        return "?::json";
    }

    private String searchPath() {
        return jdbc.queryForObject("SHOW search_path", String.class);
    }

    @Test
    void searchPathIsPutBackAsItWas() {
        tables.prepare(DOGS, DOG_LIST);
        for (String path : List.of("\"$user\", public", "public", "pg_catalog, public, \"Odd, \"\"Name\"")) {
            transaction.executeWithoutResult(status -> {
                jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, path);
                String before = searchPath();
                tables.inCopies(DOGS, () -> {
                    assertThat(searchPath()).isEqualTo("es_rebuild_dogs, " + before);
                    return 1;
                });
                assertThat(searchPath()).isEqualTo(before);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INSERT INTO public.dog_list VALUES (1, 'x', 1)", "INSERT INTO a_view VALUES (1, 'x', 1)"})
    void whatIsWrittenToTheTableItselfIsRefused(String sql) {
        jdbc.execute("CREATE VIEW a_view AS SELECT * FROM dog_list");
        tables.prepare(DOGS, DOG_LIST);
        assertThatThrownBy(() -> inCopies(() -> jdbc.update(sql)))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("public.dog_list");
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsWrittenToATableThatWasNotNamedIsRefused() {
        jdbc.execute("CREATE TABLE dog_log (what VARCHAR(40))");
        tables.prepare(DOGS, DOG_LIST);
        assertThatThrownBy(() -> inCopies(() -> {
                    add(1, "Fido", 1);
                    jdbc.update("INSERT INTO dog_log VALUES ('Fido')");
                }))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("public.dog_log")
                .hasMessageNotContaining("dog_list");
        transaction.executeWithoutResult(status -> {
            jdbc.update("INSERT INTO dog_log VALUES ('before')");
            tables.inCopies(DOGS, () -> 1);
            jdbc.update("INSERT INTO dog_log VALUES ('behind')");
        });
        assertThat(jdbc.queryForList("SELECT what FROM dog_log", String.class)).containsExactly("before", "behind");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERIAL", "BIGSERIAL"})
    void idsOfSerialColumnsBeginAsTheyDidAndDoNotComeTwice(String type) {
        jdbc.execute("CREATE TABLE numbered (\"Id\" " + type + " PRIMARY KEY, what TEXT)");
        jdbc.update("INSERT INTO numbered (what) VALUES ('a'), ('b')");
        tables.prepare(DOGS, List.of("numbered"));
        inCopies(() -> jdbc.update("INSERT INTO numbered (what) VALUES ('a'), ('b'), ('c'), ('d')"));
        TableComparison comparison = compare("numbered");
        assertThat(comparison.added()).isEqualTo(2);
        assertThat(comparison.changed() + comparison.missing()).isZero();
        replace("numbered");
        tables.discard(DOGS);
        jdbc.update("INSERT INTO numbered (what) VALUES ('e')");
        assertThat(jdbc.queryForList("SELECT \"Id\" FROM numbered ORDER BY 1", Long.class))
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void typesWithoutEqualityAreCompared() {
        jdbc.execute("CREATE EXTENSION IF NOT EXISTS citext");
        jdbc.execute(
                "CREATE TABLE odd (id INTEGER PRIMARY KEY, a json, b xml, c point, d json[], e jsonb, f bytea, g text[],"
                        + " h citext, i box, j timestamptz, k double precision)");
        String row =
                "INSERT INTO odd VALUES (%d, '{\"a\":1}', '<a/>', '(1,2)', ARRAY['1']::json[], '{\"b\":2}', 'x', '{a}',"
                        + " '%s', '%s', '2026-01-01', 'NaN')";
        jdbc.update(row.formatted(1, "a", "(0,0),(1,4)"));
        jdbc.update(row.formatted(2, "a", "(0,0),(1,4)"));
        jdbc.update("INSERT INTO odd (id) VALUES (3)");
        tables.prepare(DOGS, List.of("odd"));
        inCopies(() -> {
            jdbc.update(row.formatted(1, "a", "(0,0),(1,4)"));
            jdbc.update(row.formatted(2, "A", "(0,0),(2,2)")); // both are equal for PostgreSQL
            jdbc.update("INSERT INTO odd (id) VALUES (3)");
        });
        TableComparison comparison = compare("odd");
        assertThat(comparison.changed()).isEqualTo(1);
        assertThat(comparison.examples().get(0).columns()).containsExactly("h", "i");
        replace("odd");
        assertThat(compare("odd").isEqual()).isTrue();
    }

    @Test
    void equalRowsAreNotTouched() {
        jdbc.update("INSERT INTO dog_list VALUES (1, 'Fido', 1), (2, 'Rex', NULL), (3, 'Rover', 3)");
        jdbc.execute("CREATE TABLE visit (dog INTEGER REFERENCES dog_list)");
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> jdbc.update("INSERT INTO dog_list VALUES (1, 'Fido', 1), (2, 'Rex', NULL), (3, 'Rover', 4)"));
        List<String> before = versions();
        replace("dog_list");
        List<String> replaced = versions();
        assertThat(replaced.subList(0, 2)).isEqualTo(before.subList(0, 2));
        assertThat(replaced.get(2)).isNotEqualTo(before.get(2));
        jdbc.execute("DROP TABLE visit");
        replace("dog_list");
        assertThat(versions()).isEqualTo(replaced);
    }

    private List<String> versions() {
        return jdbc.queryForList("SELECT xmin::text || ctid::text FROM dog_list ORDER BY id", String.class);
    }

    @Test
    void copiesAreRemovedWhenNobodyWritesToThemAnyMore() throws Exception {
        tables.prepare(DOGS, DOG_LIST);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        Executor threads = task -> new Thread(task).start(); // the common pool may have a single one
        CompletableFuture<Void> batch = CompletableFuture.runAsync(
                () -> inCopies(() -> {
                    entered.countDown();
                    awaitLatch(waits);
                    add(1, "copied", 1);
                }),
                threads);
        awaitLatch(entered);
        CompletableFuture<Void> discarding = CompletableFuture.runAsync(() -> tables.discard(DOGS), threads);
        while (jdbc.queryForObject("SELECT count(*) FROM pg_locks WHERE NOT granted", Integer.class) == 0) {
            Thread.onSpinWait();
        }
        waits.countDown();
        batch.get(60, TimeUnit.SECONDS);
        discarding.get(60, TimeUnit.SECONDS);
        assertThat(names()).isEmpty();
    }

    static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void useLimitedUser() {
        jdbc.execute("DROP ROLE IF EXISTS " + USER);
        jdbc.execute("CREATE ROLE " + USER + " LOGIN PASSWORD 'secret'");
        jdbc.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + USER);
        HikariDataSource owner = pool;
        JdbcTemplate asOwner = jdbc;
        use(new Databases.Coordinates(database.url(), USER, "secret").pool(2));
        ownersPool = owner;
        ownersJdbc = asOwner;
    }

    private HikariDataSource ownersPool;
    private JdbcTemplate ownersJdbc;

    @Test
    void roleWithoutRightsIsToldWhatItNeeds() {
        useLimitedUser();
        try {
            assertThatThrownBy(() -> tables.prepare("dogs", DOG_LIST))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining("CREATE SCHEMA es_rebuild_dogs AUTHORIZATION " + USER)
                    .hasMessageContaining("GRANT CREATE ON DATABASE")
                    .hasMessageContaining(USER);
            ownersJdbc.execute("CREATE SCHEMA es_rebuild_dogs");
            assertThatThrownBy(() -> tables.prepare("dogs", DOG_LIST))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining("GRANT USAGE, CREATE ON SCHEMA es_rebuild_dogs TO " + USER);
            ownersJdbc.execute("GRANT USAGE, CREATE ON SCHEMA es_rebuild_dogs TO " + USER);
            rebuildTwice();
            ownersJdbc.execute("DROP SCHEMA es_rebuild_dogs");
            ownersJdbc.execute("CREATE SCHEMA es_rebuild_dogs AUTHORIZATION " + USER);
            rebuildTwice();
        } finally {
            dropLimitedUser();
        }
    }

    /** The schema is left, as it couldn't be made again. */
    private void rebuildTwice() {
        for (int i = 0; i < 2; i++) {
            tables.prepare(DOGS, DOG_LIST);
            inCopies(() -> add(1, "Fido", 1));
            replace("dog_list");
            tables.discard(DOGS);
            assertThatThrownBy(() -> inCopies(() -> add(2, "lost", 1))).hasMessageContaining("no copies");
            assertThat(names()).containsExactly("Fido");
        }
    }

    @Override
    void requireJoin(String statement) {
        String plan = String.join("\n", jdbc.queryForList("EXPLAIN " + statement, String.class));
        assertThat(plan).as(statement).containsPattern("(Hash|Merge)( Anti| Semi| Right Anti| Right Semi)? Join");
        assertThat(plan).as(statement).doesNotContain("Nested Loop");
    }

    @Test
    void roleWithoutRightsToSetIdsIsToldWhatItNeeds() {
        jdbc.execute("CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what VARCHAR(9))");
        jdbc.execute("CREATE SCHEMA es_rebuild_dogs");
        useLimitedUser();
        try {
            ownersJdbc.execute("GRANT USAGE, CREATE ON SCHEMA es_rebuild_dogs TO " + USER);
            List<String> numbered = List.of("numbered");
            assertThatThrownBy(() -> tables.prepare("dogs", numbered))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContaining("GRANT USAGE, UPDATE ON SEQUENCE numbered_id_seq TO " + USER);
            ownersJdbc.execute("GRANT USAGE, UPDATE ON SEQUENCE numbered_id_seq TO " + USER);
            tables.prepare("dogs", numbered);
            inCopies(() -> jdbc.update("INSERT INTO numbered (what) VALUES ('a'), ('b')"));
            replace("numbered");
            jdbc.update("INSERT INTO numbered (what) VALUES ('c')");
            assertThat(all("numbered")).hasSize(3);
        } finally {
            dropLimitedUser();
        }
    }

    private void dropLimitedUser() {
        ownersJdbc.execute("DROP OWNED BY " + USER);
        pool.close();
        ownersJdbc.execute("DROP ROLE " + USER);
        ownersPool.close();
    }
}
