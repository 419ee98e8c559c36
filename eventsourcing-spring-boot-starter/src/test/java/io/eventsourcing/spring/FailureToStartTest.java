package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.spring.fixtures.TrainingSchool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a user reads when the program doesn't start. */
class FailureToStartTest {

    private static final String SECRET = "hunter2";

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    static class TwoDataSources {
        @Bean
        DataSource orders() {
            return DataSourceBuilder.create().url("jdbc:h2:mem:orders").build();
        }

        @Bean
        DataSource events() {
            return DataSourceBuilder.create().url("jdbc:h2:mem:events").build();
        }
    }

    @BeforeEach
    @AfterEach
    void forget() {
        LastFailure.forget();
    }

    private static FailureAnalysis failureOf(Program program) {
        assertThatThrownBy(program::start).isInstanceOf(RuntimeException.class);
        FailureAnalysis failure = LastFailure.take();
        assertThat(failure.getDescription() + failure.getAction())
                .doesNotContain(SECRET)
                .doesNotContain("null");
        return failure;
    }

    @Test
    void anUnknownModuleInAVariable() {
        FailureAnalysis failure =
                failureOf(Program.narrow(TrainingSchool.class).variable("PERSISTENCE_MODULE=papyrus"));
        assertThat(failure.getDescription())
                .startsWith("There is no persistence module 'papyrus'")
                .contains("Property: eventsourcing.persistence-module")
                .contains("Value: \"papyrus\"")
                .contains("Origin: System Environment Property \"PERSISTENCE_MODULE\"");
        assertThat(failure.getAction())
                .isEqualTo("Set eventsourcing.persistence-module, or PERSISTENCE_MODULE, to one of: jdbc, memory");
    }

    @Test
    void anUnknownModuleInAFile() {
        FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                .property("# a comment")
                .property("eventsourcing.persistence-module=papyrus"));
        assertThat(failure.getDescription())
                .contains("'papyrus'")
                .containsPattern("Origin: .*application.properties.* - 2:34");
    }

    @Test
    void anUnknownModuleUnderItsShortNameInAFile() {
        FailureAnalysis failure =
                failureOf(Program.narrow(TrainingSchool.class).property("PERSISTENCE_MODULE=papyrus"));
        assertThat(failure.getDescription()).containsPattern("Origin: .*application.properties.* - 1:20");
    }

    @Test
    void severalModulesAndNoChoice() {
        FailureAnalysis failure = failureOf(Program.narrow(OwnModuleTest.Scribe.class));
        assertThat(failure.getDescription())
                .startsWith("Several persistence modules could be meant")
                .doesNotContain("Origin");
        assertThat(failure.getAction()).endsWith("to one of: scribe, jdbc, memory");
    }

    @Test
    void noDataSource() {
        FailureAnalysis failure = failureOf(Program.whole()
                .property("spring.autoconfigure.exclude=" + DataSourceAutoConfiguration.class.getName()));
        assertThat(failure.getDescription()).isEqualTo("There is no DataSource to keep events in");
        assertThat(failure.getAction())
                .contains("spring.datasource.url")
                .contains("eventsourcing.persistence-module=memory");
    }

    @Test
    void noDataSourceAndNothingThatWouldMakeOne() {
        FailureAnalysis failure = failureOf(Program.only(JustTheStarter.class));
        assertThat(failure.getDescription()).isEqualTo("There is no DataSource to keep events in");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({EventSourcingAutoConfiguration.class, JdbcModuleAutoConfiguration.class})
    static class JustTheStarter {}

    @Test
    void twoDataSources() {
        FailureAnalysis failure = failureOf(Program.narrow(TwoDataSources.class));
        assertThat(failure.getDescription())
                .isEqualTo("There are several DataSources that events could be kept in: orders, events");
        assertThat(failure.getAction())
                .contains("eventsourcing.jdbc.data-source")
                .contains("@Primary");
    }

    @Test
    void aDataSourceThatIsNotThere() {
        FailureAnalysis failure =
                failureOf(Program.narrow(TwoDataSources.class).property("eventsourcing.jdbc.data-source=invoices"));
        assertThat(failure.getDescription())
                .isEqualTo("eventsourcing.jdbc.data-source is 'invoices', and there is no DataSource of that name");
        assertThat(failure.getAction()).isEqualTo("Set it to one of: orders, events");
    }

    @Test
    void aBeanThatIsNoDataSource() {
        FailureAnalysis failure = failureOf(
                Program.narrow(TrainingSchool.class).property("eventsourcing.jdbc.data-source=trainingSchool"));
        assertThat(failure.getDescription()).contains("'trainingSchool'");
        assertThat(failure.getAction()).isEqualTo("Set it to one of: dataSource");
    }

    @Test
    void aTransactionManagerThatIsNotThere() {
        FailureAnalysis failure = failureOf(Program.only(JustTheStarter.class, TwoDataSources.class)
                .property("eventsourcing.jdbc.data-source=orders")
                .property("eventsourcing.jdbc.transaction-manager=ours"));
        assertThat(failure.getDescription())
                .isEqualTo("eventsourcing.jdbc.transaction-manager is 'ours', and there is no"
                        + " PlatformTransactionManager of that name");
        assertThat(failure.getAction()).isEqualTo("Add one, or leave the property out.");
    }

    @Test
    void tablesThatAreMissing() {
        FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                .property("spring.datasource.url=jdbc:h2:file:" + folder.resolve("events") + ";WRITE_DELAY=0"));
        assertThat(failure.getDescription()).startsWith("The database has no event store tables");
        assertThat(failure.getAction())
                .contains("eventsourcing.jdbc.initialize-schema=always")
                .contains("Flyway")
                .contains("Liquibase")
                .contains("classpath:io/eventsourcing/jdbc/schema");
    }

    @Test
    void tablesOfANewerVersion() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection keepsTheDatabase = DriverManager.getConnection(url, "sa", "");
                Statement statement = keepsTheDatabase.createStatement()) {
            statement.execute("CREATE TABLE es_schema_version (version INTEGER)");
            statement.execute("INSERT INTO es_schema_version VALUES (1000)");
            FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                    .property("spring.datasource.url=" + url)
                    .property("spring.datasource.username=sa"));
            assertThat(failure.getDescription()).contains("version 1000").contains("newer version of this library");
            assertThat(failure.getAction()).contains("newer version of this library");
        }
    }

    @Test
    void aServerThatDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                .property("spring.datasource.url=jdbc:postgresql://localhost:" + port + "/events?password=" + SECRET)
                .property("spring.datasource.password=" + SECRET));
        assertThat(failure.getDescription()).contains("can't be reached").contains("refused");
        assertThat(failure.getAction()).contains("Start the database").contains("spring.datasource.url");
    }

    @Test
    void aServerThatDoesNotAnswerAmongAllAutoConfigurationThereIs() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        FailureAnalysis failure = failureOf(
                Program.whole().property("spring.datasource.url=jdbc:postgresql://localhost:" + port + "/events"));
        assertThat(failure.getDescription()).startsWith("Opening the event store failed");
    }

    @Test
    void aWrongPassword() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection keepsTheDatabase = DriverManager.getConnection(url, "owner", SECRET)) {
            FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                    .property("spring.datasource.url=" + url)
                    .property("spring.datasource.username=owner")
                    .property("spring.datasource.password=" + SECRET + "!"));
            assertThat(keepsTheDatabase.isValid(0)).isTrue();
            assertThat(failure.getDescription()).contains("Wrong user name or password");
            assertThat(failure.getAction())
                    .contains("spring.datasource.username")
                    .contains("spring.datasource.password");
        }
    }

    @Test
    void aUrlThatTheDriverQuotes() {
        FailureAnalysis failure = failureOf(Program.narrow(TrainingSchool.class)
                .property("spring.datasource.url=jdbc:h2:events;USER=sa;PASSWORD=" + SECRET));
        assertThat(failure.getDescription()).contains("jdbc:h2:events").contains("PASSWORD=***");
    }

    @Test
    void aWrongValueOfInitializeSchema() {
        FailureAnalysis failure = failureOf(
                Program.narrow(TrainingSchool.class).property("eventsourcing.jdbc.initialize-schema=sometimes"));
        assertThat(failure.getDescription())
                .contains("eventsourcing.jdbc.initialize-schema")
                .contains("sometimes");
        assertThat(failure.getAction()).contains("ALWAYS").contains("EMBEDDED").contains("NEVER");
    }
}
