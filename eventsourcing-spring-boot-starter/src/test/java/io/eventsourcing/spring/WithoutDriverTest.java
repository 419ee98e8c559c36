package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import java.sql.DriverManager;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;

/** A program whose class path has no JDBC driver, and whose settings ask for no database. */
class WithoutDriverTest {

    private static final String MODULE = "eventsourcing.persistence-module=";

    @BeforeEach
    @AfterEach
    void forget() {
        LastFailure.forget();
    }

    private static void assertKeepsDogs(Program program, String description) {
        assertThat(DriverManager.drivers()).isEmpty();
        try (ConfigurableApplicationContext context = program.start()) {
            TrainingSchool school = context.getBean(TrainingSchool.class);
            assertThat(school.tricks(school.register("Fido"))).isEmpty();
            assertThat(context.getBean(EventStore.class).description()).startsWith(description);
            assertThat(context.getBeanNamesForType(DataSource.class)).isEmpty();
        }
    }

    @Test
    void eventsAreKeptInEventStoreDb() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertKeepsDogs(
                    Program.withoutDatabase(TrainingSchool.class)
                            .property(MODULE + "eventstoredb")
                            .property("eventsourcing.eventstoredb.uri=" + server.connectionString()),
                    "eventstoredb");
        }
    }

    @Test
    void eventsAreKeptInMemory() {
        assertKeepsDogs(Program.withoutDatabase(TrainingSchool.class).property(MODULE + "memory"), "memory");
    }

    @Test
    void jdbcWantsADriver() {
        FailureAnalysis failure = failureOf(Program.withoutDatabase().property(MODULE + "jdbc"));
        assertThat(failure.getDescription()).isEqualTo("There is no DataSource to keep events in");
        assertThat(failure.getAction()).contains("Add a JDBC driver");
    }

    /** Whoever names a database is told by Spring Boot what it lacks. */
    @Test
    void databaseThatIsNamedIsNotLeftOut() {
        Program program = Program.withoutDatabase()
                .property(MODULE + "memory")
                .property("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/school");
        assertThatThrownBy(program::start).hasStackTraceContaining("org.postgresql.Driver");
    }

    private static FailureAnalysis failureOf(Program program) {
        assertThatThrownBy(program::start).isInstanceOf(RuntimeException.class);
        return LastFailure.take();
    }
}
