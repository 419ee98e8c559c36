package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

class SchemaTest {

    @TempDir
    Path folder;

    private Databases.Coordinates database(Vendor vendor) {
        return vendor == Vendor.H2 ? Databases.h2File(folder) : Databases.newPostgres();
    }

    private static JdbcEventStore open(HikariDataSource pool, SchemaInitialization initialization) {
        return JdbcEventStore.builder(pool).initializeSchema(initialization).open();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void missingTablesAreNamedWithTheCure(Vendor vendor) {
        try (HikariDataSource pool = database(vendor).pool()) {
            assertThatThrownBy(() -> open(pool, SchemaInitialization.NEVER))
                    .isInstanceOf(SchemaNotCurrentException.class)
                    .hasMessageContaining("no event store tables")
                    .hasMessageContaining("initialize-schema=always")
                    .hasMessageContaining("io/eventsourcing/jdbc/schema/" + vendor.folder());
            assertThatThrownBy(() -> open(pool, SchemaInitialization.EMBEDDED))
                    .isInstanceOf(SchemaNotCurrentException.class);
        }
    }

    @Test
    void aDatabaseInMemoryGetsItsTablesByItself() {
        try (HikariDataSource pool = Databases.newH2InMemory().pool()) {
            assertThat(open(pool, SchemaInitialization.EMBEDDED).position(StreamName.of("Dog-1")))
                    .isEqualTo(StreamPosition.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void tablesThatAreThereAreLeftAsTheyAre(Vendor vendor) {
        StreamName stream = StreamName.of("Dog-1");
        try (HikariDataSource pool = database(vendor).pool()) {
            open(pool, SchemaInitialization.ALWAYS)
                    .append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
            assertThat(open(pool, SchemaInitialization.ALWAYS).position(stream)).isEqualTo(StreamPosition.of(0));
            assertThat(open(pool, SchemaInitialization.NEVER).position(stream)).isEqualTo(StreamPosition.of(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void flywayCanRunTheScripts(Vendor vendor) {
        try (HikariDataSource pool = database(vendor).pool()) {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/eventsourcing/jdbc/schema/" + vendor.folder())
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            StreamName stream = StreamName.of("Dog-1");
            JdbcEventStore store = open(pool, SchemaInitialization.NEVER);
            store.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void tablesOfANewerVersionAreRefused(Vendor vendor) {
        try (HikariDataSource pool = database(vendor).pool()) {
            open(pool, SchemaInitialization.ALWAYS).close();
            new JdbcTemplate(pool).update("INSERT INTO es_schema_version (version) VALUES (99)");
            assertThatThrownBy(() -> open(pool, SchemaInitialization.ALWAYS))
                    .isInstanceOf(SchemaNotCurrentException.class)
                    .hasMessageContaining("version 99")
                    .hasMessageContaining("newer version of this library");
        }
    }

    @Test
    void processesThatStartAtTheSameTimeMakeTheTablesOnce() throws Exception {
        Databases.Coordinates database = Databases.newPostgres();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<StreamPosition>> starts = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<StreamPosition>) () -> {
                        try (HikariDataSource pool = database.pool(2)) {
                            return open(pool, SchemaInitialization.ALWAYS).position(StreamName.of("Dog-1"));
                        }
                    })
                    .toList();
            for (Future<StreamPosition> started : threads.invokeAll(starts)) {
                assertThat(started.get()).isEqualTo(StreamPosition.NONE);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
