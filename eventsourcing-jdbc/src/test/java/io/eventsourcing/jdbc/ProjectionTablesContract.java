package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.projection.ProjectionDefinitionException;
import io.eventsourcing.projection.ProjectionTables;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.projection.TableComparison.Kind;
import io.eventsourcing.projection.TableComparison.RowDifference;
import io.eventsourcing.store.EventStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Copies of a projection's tables on one database. */
abstract class ProjectionTablesContract {

    static final String DOGS = "dogs";
    static final List<String> DOG_LIST = List.of("dog_list");

    HikariDataSource pool;
    JdbcTemplate jdbc;
    JdbcClient client;
    TransactionTemplate transaction;
    ProjectionTables tables;

    abstract Databases.Coordinates newDatabase();

    @BeforeEach
    void open() {
        use(newDatabase().pool(4));
        jdbc.execute(
                "CREATE TABLE dog_list (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, tricks INTEGER DEFAULT 7,"
                        + " CONSTRAINT few CHECK (tricks < 1000), UNIQUE (name))");
    }

    final void use(HikariDataSource opened) {
        pool = opened;
        workOn(pool);
    }

    private void workOn(DataSource data) {
        jdbc = new JdbcTemplate(data);
        client = JdbcClient.create(jdbc);
        JdbcTransactionManager manager = new JdbcTransactionManager(data);
        transaction = new TransactionTemplate(manager);
        tables = tablesOf(data, manager);
    }

    ProjectionTables tablesOf(DataSource data, PlatformTransactionManager manager) {
        return JdbcProjectionStore.open(data, manager, SchemaInitialization.ALWAYS)
                .tables();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    void add(int id, String name, Integer tricks) {
        client.sql("INSERT INTO dog_list (id, name, tricks) VALUES (?, ?, ?)")
                .params(id, name, tricks)
                .update();
    }

    List<String> names() {
        return client.sql("SELECT name FROM dog_list ORDER BY id")
                .query(String.class)
                .list();
    }

    List<Map<String, Object>> all(String table) {
        return client.sql("SELECT * FROM " + table + " ORDER BY 1, 2").query().listOfRows();
    }

    void inCopies(Runnable work) {
        inCopies(DOGS, work);
    }

    void inCopies(String projection, Runnable work) {
        transaction.executeWithoutResult(status -> tables.inCopies(projection, () -> {
            work.run();
            return projection;
        }));
    }

    void replace(String... replaced) {
        transaction.executeWithoutResult(status -> tables.replace(DOGS, List.of(replaced)));
    }

    TableComparison compare(String table) {
        return tables.compare(DOGS, List.of(table), 10).get(0);
    }

    /** Of one connection, so that nothing is hidden by another one's being clean. */
    private void useOneConnection() {
        pool.getHikariConfigMXBean().setMaximumPoolSize(1);
        pool.getHikariConfigMXBean().setMinimumIdle(1);
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Test
    void sameStatementsReachTheCopyInsideAndTheTableOutside() {
        useOneConnection();
        tables.prepare(DOGS, DOG_LIST);
        for (int i = 1; i <= 20; i++) { // from the fifth time on, PostgreSQL's driver keeps a prepared statement
            int id = i;
            add(id, "live" + id, 1);
            assertThat(names()).hasSize(id).last().isEqualTo("live" + id);
            transaction.executeWithoutResult(status -> {
                assertThat(names()).hasSize(id);
                tables.inCopies(DOGS, () -> {
                    add(id, "copied" + id, 1);
                    assertThat(names()).hasSize(id).last().isEqualTo("copied" + id);
                    return id;
                });
                assertThat(names()).hasSize(id).last().isEqualTo("live" + id);
            });
        }
        assertThat(names()).hasSize(20).allMatch(name -> name.startsWith("live"));
    }

    @Test
    void allConnectionsOfThePoolAreClean() throws Exception {
        tables.prepare(DOGS, DOG_LIST);
        Thread[] writers = IntStream.range(0, 8)
                .mapToObj(writer -> new Thread(() -> IntStream.range(0, 25).forEach(i -> {
                    int id = writer * 25 + i;
                    inCopies(() -> add(id, "copied" + id, 1));
                    add(id, "live" + id, 1);
                    transaction.executeWithoutResult(status -> add(id + 1000, "live" + (id + 1000), 1));
                })))
                .toArray(Thread[]::new);
        for (Thread writer : writers) {
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(names()).hasSize(400).allMatch(name -> name.startsWith("live"));
        inCopies(() -> assertThat(names()).hasSize(200).allMatch(name -> name.startsWith("copied")));
    }

    @Test
    void connectionIsCleanBehindAFailure() {
        useOneConnection();
        tables.prepare(DOGS, DOG_LIST);
        assertThatThrownBy(() -> inCopies(() -> {
                    throw new IllegalStateException("planned");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("planned");
        assertThatThrownBy(() -> inCopies(() -> add(1, null, 1))).isInstanceOf(DataIntegrityViolationException.class);
        assertThatThrownBy(() -> inCopies(() -> {
                    throw new OutOfMemoryError("planned");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        add(1, "live", 1);
        assertThat(names()).containsExactly("live");
        inCopies(() -> assertThat(names()).isEmpty());
    }

    @Test
    void tableIsSeenBehindAFailureThatIsCaught() {
        tables.prepare(DOGS, DOG_LIST);
        transaction.executeWithoutResult(status -> {
            assertThatThrownBy(() -> tables.inCopies(DOGS, () -> {
                        throw new IllegalStateException("planned");
                    }))
                    .hasMessage("planned");
            add(1, "live", 1);
        });
        assertThat(names()).containsExactly("live");
        inCopies(() -> assertThat(names()).isEmpty());
    }

    @Test
    void savepointPutsTheSearchOrderBack() {
        tables.prepare(DOGS, DOG_LIST);
        transaction.executeWithoutResult(status -> {
            Object savepoint = status.createSavepoint();
            assertThatThrownBy(() -> tables.inCopies(DOGS, () -> {
                        add(1, "x".repeat(50), 1);
                        return 1;
                    }))
                    .isInstanceOf(DataIntegrityViolationException.class);
            status.rollbackToSavepoint(savepoint);
            add(1, "live", 1);
        });
        assertThat(names()).containsExactly("live");
        inCopies(() -> assertThat(names()).isEmpty());
    }

    @Test
    void whatIsOnlyNotedYetIsWrittenToTheCopy() {
        tables.prepare(DOGS, DOG_LIST);
        transaction.executeWithoutResult(status -> {
            boolean[] noted = {true};
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void flush() {
                    if (noted[0]) {
                        noted[0] = false;
                        add(1, "live", 1);
                    }
                }
            });
            tables.inCopies(DOGS, () -> noted[0] = true);
        });
        assertThat(names()).containsExactly("live");
        inCopies(() -> assertThat(names()).containsExactly("live"));
    }

    @Test
    void nothingIsWrittenWhereThereAreNoCopies() {
        assertThatThrownBy(() -> inCopies(() -> add(1, "lost", 1)))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("dogs")
                .hasMessageContaining("no copies");
        tables.prepare(DOGS, DOG_LIST);
        tables.discard(DOGS);
        assertThatThrownBy(() -> inCopies(() -> add(1, "lost", 1))).hasMessageContaining("no copies");
        assertThatThrownBy(() -> compare("dog_list")).hasMessageContaining("no copies");
        assertThatThrownBy(() -> replace("dog_list")).hasMessageContaining("no copies");
        assertThat(names()).isEmpty();
    }

    @Test
    void transactionIsNeededOrForbidden() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> tables.prepare(DOGS, DOG_LIST)))
                .isInstanceOf(IllegalStateException.class);
        tables.prepare(DOGS, DOG_LIST);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> tables.discard(DOGS)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tables.inCopies(DOGS, () -> 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tables.replace(DOGS, DOG_LIST)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tables.clear(DOG_LIST)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void projectionsHaveCopiesOfTheirOwn() {
        tables.prepare(DOGS, DOG_LIST);
        tables.prepare("cats", DOG_LIST);
        transaction.executeWithoutResult(status -> {
            tables.inCopies(DOGS, () -> {
                add(1, "dog", 1);
                return 1;
            });
            tables.inCopies("cats", () -> {
                add(1, "cat", 1);
                return 1;
            });
        });
        inCopies(DOGS, () -> assertThat(names()).containsExactly("dog"));
        inCopies("cats", () -> assertThat(names()).containsExactly("cat"));
        tables.discard("cats");
        inCopies(DOGS, () -> assertThat(names()).containsExactly("dog"));
    }

    @ParameterizedTest
    @CsvSource({
        "Dogs, dogs",
        "dogs.v1, dogs-v1",
        "dogs_v1, dogs.v1",
        "a-very-long-name-of-a-projection-that-ends-in-one-of-two-ways-after-more-than-63-characters-a,"
                + " a-very-long-name-of-a-projection-that-ends-in-one-of-two-ways-after-more-than-63-characters-b"
    })
    void namesOfProjectionsAreNotMixedUp(String one, String other) {
        tables.prepare(one, DOG_LIST);
        tables.prepare(other, DOG_LIST);
        inCopies(one, () -> add(1, "one", 1));
        inCopies(other, () -> add(1, "other", 1));
        inCopies(one, () -> assertThat(names()).containsExactly("one"));
        inCopies(other, () -> assertThat(names()).containsExactly("other"));
    }

    /** The same database, for an application that has its tables in a schema of its own, which is made. */
    abstract Databases.Coordinates inSchema(String schema);

    @Test
    void applicationsThatShareADatabaseHaveCopiesOfTheirOwn() {
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(1, "first", 1));
        HikariDataSource first = pool;
        use(inSchema("annex").pool(2));
        jdbc.execute("CREATE TABLE dog_list (id INTEGER PRIMARY KEY, name VARCHAR(40), tricks INTEGER)");
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(1, "second", 1));
        inCopies(() -> assertThat(names()).containsExactly("second"));
        replace("dog_list");
        assertThat(names()).containsExactly("second");
        pool.close();
        use(first);
        assertThat(names()).isEmpty();
        inCopies(() -> assertThat(names()).containsExactly("first"));
    }

    @Test
    void preparingAgainBeginsAnew() {
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(1, "old", 1));
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> assertThat(names()).isEmpty());
    }

    @Test
    void discardLeavesNothing() {
        int before = schemas();
        tables.discard(DOGS);
        tables.prepare(DOGS, DOG_LIST);
        assertThat(schemas()).isEqualTo(before + 1);
        inCopies(() -> add(1, "old", 1));
        tables.discard(DOGS);
        assertThat(schemas()).isEqualTo(before);
        assertThat(names()).isEmpty();
    }

    private int schemas() {
        return client.sql("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA")
                .query(Integer.class)
                .single();
    }

    @Test
    void copyKeepsWhatTheTableKeeps() {
        jdbc.execute("CREATE INDEX by_tricks ON dog_list (tricks)");
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> {
            jdbc.update("INSERT INTO dog_list (id, name) VALUES (1, 'Fido')");
            assertThat(jdbc.queryForObject("SELECT tricks FROM dog_list", Integer.class))
                    .as("default")
                    .isEqualTo(7);
        });
        for (String refused : List.of(
                "INSERT INTO dog_list (id, name) VALUES (1, 'Rex')",
                "INSERT INTO dog_list (id, name) VALUES (2, 'Fido')",
                "INSERT INTO dog_list (id, name) VALUES (2, NULL)",
                "INSERT INTO dog_list (id, name, tricks) VALUES (2, 'Rex', 1000)")) {
            assertThatThrownBy(() -> inCopies(() -> jdbc.update(refused)))
                    .as(refused)
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
        assertThat(indexes("ES_REBUILD_DOGS")).isEqualTo(indexes("PUBLIC"));
    }

    /** How many the table has there. */
    abstract int indexes(String schema);

    @Test
    void differencesAreCountedAndNamed() {
        add(1, "Fido", 1);
        add(2, "Rex", null);
        add(3, "Rover", null);
        add(4, "Spot", 4);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> {
            add(2, "Rex", null);
            add(3, "Rower", 3);
            add(4, "Spot", 4);
            add(5, "Lassie", 5);
            add(6, "Laika", 6);
        });
        TableComparison comparison = compare("dog_list");
        assertThat(comparison.table()).isEqualTo("dog_list");
        assertThat(comparison.rows()).isEqualTo(4);
        assertThat(comparison.rebuiltRows()).isEqualTo(5);
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(comparison.added()).isEqualTo(2);
        assertThat(comparison.changed()).isEqualTo(1);
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.examples())
                .containsExactly(
                        new RowDifference(Kind.MISSING, key("1"), List.of()),
                        new RowDifference(Kind.ADDED, key("5"), List.of()),
                        new RowDifference(Kind.ADDED, key("6"), List.of()),
                        new RowDifference(Kind.CHANGED, key("3"), List.of(column("name"), column("tricks"))));
        assertThat(comparison.toString()).doesNotContain("Rower").doesNotContain("Fido");
        assertThat(tables.compare(DOGS, DOG_LIST, 2).get(0).examples()).hasSize(2);
        assertThat(tables.compare(DOGS, DOG_LIST, 0).get(0).examples()).isEmpty();
        assertThat(tables.compare(DOGS, DOG_LIST, 0).get(0).changed()).isEqualTo(1);
    }

    private Map<String, String> key(String id) {
        return Map.of(column("id"), id);
    }

    abstract String column(String name);

    @Test
    void equalTablesAreEqual() {
        add(1, "Fido", null);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(1, "Fido", null));
        assertThat(compare("dog_list").isEqual()).isTrue();
    }

    @Test
    void rowsBecomeThoseOfTheCopy() {
        add(1, "Fido", 1);
        add(2, "Rex", null);
        add(3, "Rover", 3);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> {
            add(2, "Rex", null);
            add(3, "Fido", 1); // a unique value that another row had
            add(4, "Rover", 4);
        });
        replace("dog_list");
        assertThat(names()).containsExactly("Rex", "Fido", "Rover");
        assertThat(compare("dog_list").isEqual()).isTrue();
    }

    @Test
    void uniqueValuesCanChangePlaces() {
        add(1, "Fido", 1);
        add(2, "Rex", 2);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> {
            add(1, "Rex", 1);
            add(2, "Fido", 2);
        });
        replace("dog_list");
        assertThat(names()).containsExactly("Rex", "Fido");
    }

    @Test
    void replacementThatIsRolledBackChangesNothing() {
        add(1, "Fido", 1);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(2, "Rex", 2));
        transaction.executeWithoutResult(status -> {
            tables.replace(DOGS, DOG_LIST);
            assertThat(names()).containsExactly("Rex");
            status.setRollbackOnly();
        });
        assertThat(names()).containsExactly("Fido");
        replace("dog_list");
        assertThat(names()).containsExactly("Rex");
    }

    @Test
    void othersSeeAllOfItWhenItIsCommitted() throws Exception {
        add(1, "Fido", 1);
        tables.prepare(DOGS, DOG_LIST);
        inCopies(() -> add(2, "Rex", 2));
        transaction.executeWithoutResult(status -> {
            tables.replace(DOGS, DOG_LIST);
            List<String> seen = new ArrayList<>();
            Thread reader = new Thread(() -> seen.addAll(names()));
            reader.start();
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(seen).containsExactly("Fido");
        });
        assertThat(names()).containsExactly("Rex");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fewOfManyRowsAreReplaced(boolean referenced) {
        createMany();
        if (referenced) {
            jdbc.execute("CREATE TABLE outside (part INTEGER, id INTEGER, FOREIGN KEY (part, id) REFERENCES many)");
        }
        fillMany();
        tables.prepare(DOGS, List.of("many"));
        inCopies(() -> {
            fillMany();
            jdbc.update("UPDATE many SET what = 'other' WHERE id IN (17, 50000)");
            jdbc.update("DELETE FROM many WHERE id = 99999");
            jdbc.update("INSERT INTO many VALUES (3, 1, 'new', 'b')");
        });
        TableComparison comparison = compare("many");
        assertThat(comparison.rows()).isEqualTo(100_000);
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(comparison.added()).isEqualTo(1);
        assertThat(comparison.changed()).isEqualTo(2);
        assertThat(comparison.examples()).hasSize(4);
        replace("many");
        assertThat(compare("many").isEqual()).isTrue();
    }

    /** With an index that leads to all of its rows at once, which a plan could take for a good one. */
    private void createMany() {
        jdbc.execute(
                "CREATE TABLE many (part INTEGER, id INTEGER, what VARCHAR(40), kind VARCHAR(9), PRIMARY KEY (part, id))");
        jdbc.execute("CREATE INDEX by_kind ON many (kind)");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noPlanComparesEachRowWithEachOther(boolean referenced) {
        createMany();
        if (referenced) {
            jdbc.execute("CREATE TABLE outside (part INTEGER, id INTEGER, FOREIGN KEY (part, id) REFERENCES many)");
        }
        fillMany();
        List<String> statements = new ArrayList<>();
        workOn(new ObservedStatements(pool, statement -> {
            statements.add(statement);
            return statement;
        }));
        tables.prepare(DOGS, List.of("many"));
        inCopies(this::fillMany);
        compare("many");
        replace("many");
        inCopies(() -> {
            jdbc.update("DELETE FROM many WHERE id = 1");
            jdbc.update("UPDATE many SET what = 'other' WHERE id = 2");
            jdbc.update("INSERT INTO many VALUES (3, 1, 'new', 'b')");
        });
        compare("many");
        List<String> compared = statements.stream()
                .filter(statement -> statement.contains("es_rebuild_dogs\".\"many\" c")
                        || statement.contains("ES_REBUILD_DOGS\".\"MANY\" c"))
                .distinct()
                .toList();
        assertThat(compared).hasSize(referenced ? 7 : 6);
        compared.forEach(this::requireJoin);
    }

    /** That a statement is planned so that its time grows with the number of rows, and not with its square. */
    abstract void requireJoin(String statement);

    abstract void fillMany();

    @Test
    void keysOfSeveralColumnsAreOneKey() {
        jdbc.execute(
                "CREATE TABLE entry (on_day DATE, what VARCHAR(40), amount NUMERIC(10, 2), PRIMARY KEY (what, on_day))");
        jdbc.update("INSERT INTO entry VALUES (DATE '2026-01-01', 'a', 1), (DATE '2026-01-02', 'a', 2)");
        tables.prepare(DOGS, List.of("entry"));
        inCopies(
                () -> jdbc.update("INSERT INTO entry VALUES (DATE '2026-01-01', 'a', 1), (DATE '2026-01-02', 'b', 2)"));
        TableComparison comparison = compare("entry");
        assertThat(comparison.missing()).isEqualTo(1);
        assertThat(comparison.added()).isEqualTo(1);
        assertThat(comparison.examples().get(0).key())
                .isEqualTo(Map.of(column("what"), "a", column("on_day"), "2026-01-02"));
        replace("entry");
        assertThat(compare("entry").isEqual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS", "BY DEFAULT"})
    void idsBeginAsTheyDidAndDoNotComeTwice(String generated) {
        jdbc.execute("CREATE TABLE numbered (id BIGINT GENERATED " + generated
                + " AS IDENTITY (START WITH 5) PRIMARY KEY, what VARCHAR(9))");
        jdbc.update("INSERT INTO numbered (what) VALUES ('a'), ('b')");
        tables.prepare(DOGS, List.of("numbered"));
        inCopies(() -> {
            for (String what : List.of("a", "b", "c", "d", "e")) {
                jdbc.update("INSERT INTO numbered (what) VALUES (?)", what);
            }
        });
        TableComparison comparison = compare("numbered");
        assertThat(comparison.added()).isEqualTo(3);
        assertThat(comparison.missing() + comparison.changed()).isZero();
        transaction.executeWithoutResult(status -> {
            tables.replace(DOGS, List.of("numbered"));
            jdbc.update("INSERT INTO numbered (what) VALUES ('f')");
        });
        assertThat(jdbc.queryForList("SELECT id FROM numbered ORDER BY id", Long.class))
                .containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void idsGoOnWhereTheTableIsFarther() {
        jdbc.execute("CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what VARCHAR(9))");
        jdbc.update("INSERT INTO numbered (what) VALUES ('a'), ('b'), ('c')");
        tables.prepare(DOGS, List.of("numbered"));
        inCopies(() -> jdbc.update("INSERT INTO numbered (what) VALUES ('z')"));
        replace("numbered");
        jdbc.update("INSERT INTO numbered (what) VALUES ('d')");
        assertThat(jdbc.queryForList("SELECT id FROM numbered ORDER BY id", Long.class))
                .containsExactly(1L, 4L);
    }

    @Test
    void rollbackOfAReplacementWithIdsIsWhole() {
        jdbc.execute("CREATE TABLE numbered (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what VARCHAR(9))");
        jdbc.update("INSERT INTO numbered (what) VALUES ('a')");
        tables.prepare(DOGS, List.of("numbered"));
        inCopies(() -> jdbc.update("INSERT INTO numbered (what) VALUES ('x'), ('y'), ('z')"));
        transaction.executeWithoutResult(status -> {
            tables.replace(DOGS, List.of("numbered"));
            status.setRollbackOnly();
        });
        assertThat(jdbc.queryForList("SELECT what FROM numbered ORDER BY id", String.class))
                .containsExactly("a");
    }

    @Test
    void generatedColumnsAreLeftToTheDatabase() {
        jdbc.execute("CREATE TABLE sized (id INTEGER PRIMARY KEY, a INTEGER, " + generatedColumn() + ")");
        jdbc.update("INSERT INTO sized (id, a) VALUES (1, 1), (2, 2)");
        tables.prepare(DOGS, List.of("sized"));
        inCopies(() -> jdbc.update("INSERT INTO sized (id, a) VALUES (1, 1), (2, 3)"));
        assertThat(compare("sized").examples())
                .containsExactly(new RowDifference(Kind.CHANGED, Map.of(column("id"), "2"), List.of(column("a"))));
        replace("sized");
        assertThat(jdbc.queryForList("SELECT twice FROM sized ORDER BY id", Integer.class))
                .containsExactly(2, 6);
    }

    /** Of the name {@code twice}. */
    abstract String generatedColumn();

    @Test
    void jsonIsCompared() {
        jdbc.execute("CREATE TABLE document (id INTEGER PRIMARY KEY, content JSON)");
        String insert = "INSERT INTO document VALUES (?, " + json() + ")";
        jdbc.update(insert, 1, "{\"a\":1}");
        jdbc.update(insert, 2, "{\"a\":2}");
        jdbc.update(insert, 3, null);
        tables.prepare(DOGS, List.of("document"));
        inCopies(() -> {
            jdbc.update(insert, 1, "{\"a\":1}");
            jdbc.update(insert, 2, "{\"a\":3}");
            jdbc.update(insert, 3, null);
        });
        TableComparison comparison = compare("document");
        assertThat(comparison.changed()).isEqualTo(1);
        assertThat(comparison.examples().get(0).columns()).containsExactly(column("content"));
        replace("document");
        assertThat(compare("document").isEqual()).isTrue();
    }

    /** A parameter of this type. */
    abstract String json();

    @Test
    void namesInQuotesAreTakenAsTheyAre() {
        jdbc.execute("CREATE TABLE \"Dog \"\"List\"\"\" (\"Id\" INTEGER PRIMARY KEY, \"naMe\" VARCHAR(40))");
        String table = "\"Dog \"\"List\"\"\"";
        jdbc.update("INSERT INTO " + table + " VALUES (1, 'Fido')");
        tables.prepare(DOGS, List.of(table));
        inCopies(() -> jdbc.update("INSERT INTO " + table + " VALUES (1, 'Rex')"));
        assertThat(compare(table).examples())
                .containsExactly(new RowDifference(Kind.CHANGED, Map.of("Id", "1"), List.of("naMe")));
        replace(table);
        assertThat(jdbc.queryForObject("SELECT \"naMe\" FROM " + table, String.class))
                .isEqualTo("Rex");
    }

    @Test
    void caseOfPlainNamesDoesNotMatter() {
        tables.prepare(DOGS, List.of("Dog_LIST"));
        inCopies(() -> add(1, "Fido", 1));
        assertThat(compare("DOG_LIST").added()).isEqualTo(1);
    }

    private void createFamilies() {
        jdbc.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name VARCHAR(40) UNIQUE)");
        jdbc.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent, what VARCHAR(40))");
        jdbc.execute(
                "CREATE TABLE outside (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent ON DELETE CASCADE)");
        jdbc.update("INSERT INTO parent VALUES (1, 'one'), (2, 'two')");
        jdbc.update("INSERT INTO child VALUES (1, 1, 'a'), (2, 2, 'b')");
        jdbc.update("INSERT INTO outside VALUES (1, 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parent,child", "child,parent"})
    void tablesThatPointToEachOtherAreReplaced(String order) {
        createFamilies();
        String[] names = order.split(",");
        tables.prepare(DOGS, List.of(names));
        inCopies(() -> {
            jdbc.update("INSERT INTO child VALUES (1, 1, 'a'), (2, 3, 'b'), (3, 3, 'c')"); // the other way round
            jdbc.update("INSERT INTO parent VALUES (1, 'changed'), (3, 'two')");
        });
        replace(names);
        assertThat(tables.compare(DOGS, List.of(names), 10)).allMatch(TableComparison::isEqual);
        assertThat(tables.compare(DOGS, List.of(names), 10))
                .extracting(TableComparison::table)
                .containsExactly(names);
        assertThat(all("outside")).as("what others have, stays").hasSize(1);
    }

    @Test
    void foreignKeysOfTheTableHold() {
        createFamilies();
        tables.prepare(DOGS, List.of("child"));
        inCopies(() -> jdbc.update("INSERT INTO child VALUES (1, 99, 'a')"));
        assertThatThrownBy(() -> replace("child"))
                .isInstanceOf(EventStoreException.class)
                .hasCauseInstanceOf(DataIntegrityViolationException.class);
        assertThat(all("child")).hasSize(2);
    }

    @Test
    void clearingDeletesChildrenFirst() {
        createFamilies();
        transaction.executeWithoutResult(status -> tables.clear(List.of("parent", "child")));
        assertThat(all("parent")).isEmpty();
        assertThat(all("child")).isEmpty();
    }

    @Test
    void circlesAreRefused() {
        createFamilies();
        jdbc.execute("ALTER TABLE parent ADD COLUMN favourite INTEGER REFERENCES child");
        assertThatThrownBy(() -> tables.check(DOGS, List.of("dog_list", "parent", "child")))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("parent, child")
                .hasMessageContaining("circle");
        tables.check(DOGS, List.of("child"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nowhere | isn't there",
                "a_view | is none",
                "without_key | no primary key",
                "es_events | begins with es_",
                "ES_EVENTS | begins with es_",
                "\"es_events\" | begins with es_",
                "public.dog_list | without a schema",
                "dog_list; DROP TABLE dog_list | is no name",
                "\"dog_list\"; DROP TABLE dog_list; --\" | is no name",
                "dog list | is no name",
                "dog-list | is no name",
                "`` | is no name",
                "d_g_list | isn't there"
            })
    void whatCannotBeCopiedIsRefused(String table, String why) {
        jdbc.execute("CREATE VIEW a_view AS SELECT * FROM dog_list");
        jdbc.execute("CREATE TABLE without_key (id INTEGER)");
        assertThatThrownBy(() -> tables.check(DOGS, List.of(table)))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining(table)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> tables.prepare(DOGS, List.of(table)))
                .isInstanceOf(ProjectionDefinitionException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void tableThatIsNamedTwiceIsRefused() {
        assertThatThrownBy(() -> tables.check(DOGS, List.of("dog_list", "DOG_LIST")))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("twice");
        tables.check(DOGS, DOG_LIST);
        tables.check(DOGS, List.of());
    }
}
