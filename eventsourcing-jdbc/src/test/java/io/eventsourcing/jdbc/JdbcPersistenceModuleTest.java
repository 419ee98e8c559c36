package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.PersistenceModules;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcPersistenceModuleTest {

    @TempDir
    Path folder;

    private EventStore open(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        values.put("JDBC_URL", Databases.h2File(folder).url());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return PersistenceModules.onClassPath()
                .choose(Optional.of("eventsourcing_jdbc"))
                .open(Settings.of(values));
    }

    @Test
    void makesItsTablesAndKeepsWhatIsAppended() {
        StreamName stream = StreamName.of("Dog-1");
        try (EventStore store = open()) {
            assertThat(store.description()).isEqualTo("jdbc (H2)");
            store.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
        }
        try (EventStore store = open()) {
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
        }
    }

    @Test
    void isTheOneThatIsMeantIfNothingElseIsThere() {
        assertThat(PersistenceModules.onClassPath().choose(Optional.empty()).name())
                .isEqualTo("jdbc");
    }

    @Test
    void connectsToPostgresWithNameAndPassword() {
        Databases.Coordinates postgres = Databases.newPostgres();
        try (EventStore store = open(
                "JDBC_URL",
                postgres.url(),
                "JDBC_USERNAME",
                postgres.username(),
                "JDBC_PASSWORD",
                postgres.password())) {
            assertThat(store.description()).isEqualTo("jdbc (PostgreSQL)");
            assertThat(store.position(StreamName.of("Dog-1"))).isEqualTo(StreamPosition.NONE);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "TRUE, 1", "false, 0"})
    void listensBesideThePoolUnlessToldOtherwise(String listen, int listeners) throws Exception {
        Databases.Coordinates postgres = Databases.newPostgres();
        CountDownLatch seen = new CountDownLatch(1);
        try (EventStore store = open(
                        "JDBC_URL",
                        postgres.url(),
                        "JDBC_USERNAME",
                        postgres.username(),
                        "JDBC_PASSWORD",
                        postgres.password(),
                        "JDBC_POOL_SIZE",
                        "1",
                        "JDBC_LISTEN",
                        listen);
                HikariDataSource pool = postgres.pool(1)) {
            store.subscribe(SubscribeOptions.fromBeginning(), event -> seen.countDown());
            store.append(StreamName.of("Dog-1"), ExpectedPosition.noStream(), List.of(TransactionContract.event()));
            assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(PostgresSignalsTest.awaits(() -> PostgresSignalsTest.listeners(pool) == listeners))
                    .isTrue();
        }
    }

    @Test
    void aWrongSettingIsNamed() {
        assertThatThrownBy(() -> open("JDBC_POOL_SIZE", "many"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JDBC_POOL_SIZE")
                .hasMessageContaining("many");
        assertThatThrownBy(() -> open("JDBC_INITIALIZE_SCHEMA", "sometimes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("always, embedded or never")
                .hasMessageContaining("sometimes");
        assertThatThrownBy(() -> open("JDBC_LISTEN", "perhaps"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("true or false")
                .hasMessageContaining("perhaps");
        assertThatThrownBy(() -> open("JDBC_URL", "jdbc:nosuchdatabase:there"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JDBC_URL");
    }

    @Test
    void aWrongPasswordIsUnavailableAndNotShown() {
        Databases.Coordinates postgres = Databases.newPostgres();
        assertThatThrownBy(() -> open("JDBC_URL", postgres.url(), "JDBC_USERNAME", "nobody", "JDBC_PASSWORD", "canary"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageNotContaining("canary")
                .hasStackTraceContaining("nobody");
    }

    @Test
    void tablesAreNotMadeWhenTheyAreNotToBe() {
        assertThatThrownBy(() -> open("JDBC_INITIALIZE_SCHEMA", "never")).isInstanceOf(SchemaNotCurrentException.class);
    }
}
