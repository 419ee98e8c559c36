package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StoreUnavailableException;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.Trigger;
import org.junit.jupiter.api.Test;

class H2ProjectionTablesTest extends ProjectionTablesContract {

    private static final AtomicInteger TOUCHED = new AtomicInteger();

    private Databases.Coordinates database;

    @Override
    Databases.Coordinates newDatabase() {
        database = Databases.newH2InMemory();
        return database;
    }

    @Override
    Databases.Coordinates inSchema(String schema) {
        jdbc.execute("CREATE SCHEMA " + schema);
        return new Databases.Coordinates(database.url() + ";SCHEMA=" + schema, database.username(), "");
    }

    @Override
    int indexes(String schema) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'DOG_LIST'",
                Integer.class,
                schema);
    }

    @Override
    String column(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    void fillMany() {
        jdbc.update("INSERT INTO many SELECT MOD(X, 3), X, 'row ' || X, 'a' FROM SYSTEM_RANGE(1, 100000)");
    }

    @Override
    String generatedColumn() {
        return "twice INTEGER GENERATED ALWAYS AS (a * 2)";
    }

    @Override
    String json() {
        return "? FORMAT JSON";
    }

    /** Counts the rows that are written. */
    public static final class Touch implements Trigger {
        @Override
        public void fire(Connection connection, Object[] oldRow, Object[] newRow) {
            TOUCHED.incrementAndGet();
        }
    }

    @Test
    void equalRowsAreNotTouched() {
        jdbc.update("INSERT INTO dog_list VALUES (1, 'Fido', 1), (2, 'Rex', NULL), (3, 'Rover', 3)");
        jdbc.execute("CREATE TRIGGER touch AFTER INSERT, UPDATE, DELETE ON dog_list FOR EACH ROW CALL '"
                + Touch.class.getName() + "'");
        jdbc.execute("CREATE TABLE visit (dog INTEGER REFERENCES dog_list)");
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> jdbc.update("INSERT INTO dog_list VALUES (1, 'Fido', 1), (2, 'Rex', NULL), (3, 'Rover', 4)"));
        TOUCHED.set(0);
        replace("dog_list");
        assertThat(TOUCHED).hasValue(1);
        replace("dog_list");
        assertThat(TOUCHED).hasValue(1);
        jdbc.execute("DROP TABLE visit");
        replace("dog_list");
        assertThat(TOUCHED).hasValue(1);
    }

    @Test
    void searchOrderIsPutBackAsItWas() {
        jdbc.execute("CREATE SCHEMA \"Odd \"\"Name\"");
        tables.prepare(DOGS, DOG_LIST);
        transaction.executeWithoutResult(status -> {
            jdbc.execute("SET SCHEMA_SEARCH_PATH \"Odd \"\"Name\", PUBLIC");
            jdbc.execute("SET SCHEMA INFORMATION_SCHEMA");
            tables.inCopies(DOGS, () -> {
                assertThat(order())
                        .containsExactly("ES_REBUILD_DOGS", "\"INFORMATION_SCHEMA\",\"Odd \"\"Name\",\"PUBLIC\"");
                assertThat(names()).isEmpty();
                return 1;
            });
            assertThat(order()).containsExactly("INFORMATION_SCHEMA", "\"Odd \"\"Name\",\"PUBLIC\"");
            jdbc.execute("SET SCHEMA PUBLIC");
        });
    }

    private List<String> order() {
        return client.sql("SELECT CURRENT_SCHEMA UNION ALL SELECT CURRENT_PATH")
                .query(String.class)
                .list();
    }

    /** H2 can't keep the schema from being removed; but the batch must not find the table instead. */
    @Test
    void copiesThatAreRemovedMeanwhileAreNotReplacedByTheTable() throws Exception {
        tables.prepare(DOGS, DOG_LIST);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        CompletableFuture<Void> batch = CompletableFuture.runAsync(() -> inCopies(() -> {
            entered.countDown();
            PostgresProjectionTablesTest.awaitLatch(removed);
            add(1, "lost", 1);
        }));
        PostgresProjectionTablesTest.awaitLatch(entered);
        tables.discard(DOGS);
        removed.countDown();
        assertThatThrownBy(() -> batch.get(60, TimeUnit.SECONDS))
                .hasStackTraceContaining("Schema \"ES_REBUILD_DOGS\" not found");
        assertThat(names()).isEmpty();
        add(1, "live", 1);
        assertThat(names()).containsExactly("live");
    }

    @Test
    void copiesThatAreWrittenToAreRemovedLater() {
        tables.prepare(DOGS, DOG_LIST);
        assertThatThrownBy(() -> inCopies(() -> {
                    add(1, "lost", 1);
                    assertThatThrownBy(() -> CompletableFuture.runAsync(() -> tables.discard(DOGS))
                                    .get(60, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(StoreUnavailableException.class);
                    add(2, "lost", 2);
                }))
                .hasStackTraceContaining("Schema \"ES_REBUILD_DOGS\" not found");
        assertThat(names()).isEmpty();
        tables.discard(DOGS);
        assertThat(jdbc.queryForList("SELECT SCHEMA_NAME FROM INFORMATION_SCHEMA.SCHEMATA", String.class))
                .noneMatch(schema -> schema.startsWith("ES_"));
    }

    @Test
    void copyKeepsWhatOnlyH2Has() {
        jdbc.execute("CREATE DOMAIN short_name AS VARCHAR(10) CHECK (VALUE <> 'x')");
        jdbc.execute(
                "CREATE TABLE \"od;d\" (id UUID DEFAULT RANDOM_UUID() PRIMARY KEY COMMENT 'it''s; \"PUBLIC\".\"od;d\" FOREIGN KEY',"
                        + " name short_name, kind ENUM('a', 'b') DEFAULT 'a' DEFAULT ON NULL, at TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                        + " place GEOMETRY, list INTEGER ARRAY[3], hidden INTEGER INVISIBLE DEFAULT 3,"
                        + " CONSTRAINT \"a \"\" b\" UNIQUE (name, kind))");
        jdbc.execute("COMMENT ON TABLE \"od;d\" IS 'grüße (\n'");
        jdbc.execute("CREATE UNIQUE INDEX \"i;\"\" x\" ON \"od;d\" (kind DESC, at)");
        jdbc.execute("ALTER TABLE \"od;d\" ADD CONSTRAINT k FOREIGN KEY (hidden) REFERENCES dog_list");
        jdbc.execute("COMMENT ON CONSTRAINT k IS 'grüße'");
        String table = "\"od;d\"";
        tables.prepare(DOGS, List.of(table));
        inCopies(() -> jdbc.update("INSERT INTO " + table + " (name, kind) VALUES ('a', NULL), ('b', 'b')"));
        assertThat(compare(table).added()).isEqualTo(2);
        assertThatThrownBy(() -> inCopies(() -> jdbc.update("INSERT INTO " + table + " (name) VALUES ('x')")))
                .hasStackTraceContaining("Check constraint");
        assertThatThrownBy(
                        () -> inCopies(() -> jdbc.update("INSERT INTO " + table + " (name, kind) VALUES ('a', 'a')")))
                .hasStackTraceContaining("Unique index");
        jdbc.update("INSERT INTO dog_list VALUES (3, 'Fido', 3)");
        replace(table);
        assertThat(compare(table).isEqual()).isTrue();
        assertThat(constraints("ES_REBUILD_DOGS")).isEqualTo(constraints("PUBLIC") - 1);
    }

    private int constraints(String schema) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = 'od;d'",
                Integer.class,
                schema);
    }

    @Test
    void textThatDiffersInCaseOnlyDiffers() {
        jdbc.execute("CREATE TABLE folded (id INTEGER PRIMARY KEY, name VARCHAR_IGNORECASE(9))");
        jdbc.update("INSERT INTO folded VALUES (1, 'Fido')");
        tables.prepare(DOGS, List.of("folded"));
        inCopies(() -> jdbc.update("INSERT INTO folded VALUES (1, 'FIDO')"));
        assertThat(compare("folded")).extracting(TableComparison::changed).isEqualTo(1L);
        replace("folded");
        assertThat(jdbc.queryForObject("SELECT name FROM folded", String.class)).isEqualTo("FIDO");
    }

    @Test
    void userWithoutRightsIsToldWhatItNeeds() {
        jdbc.execute("CREATE USER limited PASSWORD 'secret'");
        jdbc.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO limited");
        HikariDataSource owner = pool;
        String url = database.url().replace(";DB_CLOSE_DELAY=-1", ""); // which only administrators may set
        use(new Databases.Coordinates(url, "limited", "secret").pool(2));
        owner.close();
        assertThatThrownBy(() -> tables.prepare(DOGS, DOG_LIST))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("ALTER USER LIMITED ADMIN TRUE");
    }

    /** Each row is looked up by the primary key, once. */
    @Override
    void requireJoin(String statement) {
        String plan = jdbc.queryForObject("EXPLAIN " + statement, String.class);
        String lookedUp = plan.split("EXISTS|INNER JOIN", 2)[1];
        assertThat(lookedUp).as(plan).containsPattern("PRIMARY_KEY\\w*: PART = \\w.PART\\s+AND ID = ");
        assertThat(lookedUp).as(plan).doesNotContain("tableScan").doesNotContain("BY_KIND");
    }
}
