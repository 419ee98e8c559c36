package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.jdbc.SchemaNotCurrentException;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.test.postgres.TestPostgres;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When tables are made, by database and by what the application says. */
class SchemaInitializationTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurationTest.DATABASE)
            .withBean(TrainingSchool.class);

    private ApplicationContextRunner onMemory() {
        return runner.withPropertyValues("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID());
    }

    private ApplicationContextRunner onFile() {
        return runner.withPropertyValues(
                "spring.datasource.url=jdbc:h2:file:" + folder.resolve("events") + ";WRITE_DELAY=0");
    }

    private ApplicationContextRunner onPostgres() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return runner.withPropertyValues(
                "spring.datasource.url=" + database.jdbcUrl(),
                "spring.datasource.username=" + database.username(),
                "spring.datasource.password=" + database.password());
    }

    private static ApplicationContextRunner with(String mode, ApplicationContextRunner runner) {
        return runner.withPropertyValues("eventsourcing.jdbc.initialize-schema=" + mode);
    }

    private static void works(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        TrainingSchool school = context.getBean(TrainingSchool.class);
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        assertThat(school.tricks(fido)).containsExactly("roll over");
    }

    private static void lacksItsTables(AssertableApplicationContext context) {
        assertThat(context).getFailure().hasRootCauseInstanceOf(SchemaNotCurrentException.class);
    }

    @Test
    void byDefaultAndWithEmbeddedTablesAreMadeInMemoryOnly() {
        onMemory().run(SchemaInitializationTest::works);
        onFile().run(SchemaInitializationTest::lacksItsTables);
        with("embedded", onMemory()).run(SchemaInitializationTest::works);
        with("embedded", onFile()).run(SchemaInitializationTest::lacksItsTables);
    }

    @Test
    void withAlwaysTablesAreMadeInAnyH2AndFoundThereAgain() {
        with("always", onMemory()).run(SchemaInitializationTest::works);
        with("always", onFile()).run(SchemaInitializationTest::works);
        with("always", onFile()).run(SchemaInitializationTest::works);
        with("never", onFile()).run(SchemaInitializationTest::works);
    }

    @Test
    void withNeverTablesAreNotMade() {
        with("never", onMemory()).run(SchemaInitializationTest::lacksItsTables);
        with("never", onFile()).run(SchemaInitializationTest::lacksItsTables);
    }

    @Test
    void onAServerTablesAreMadeOnlyWithAlways() {
        ApplicationContextRunner postgres = onPostgres();
        postgres.run(SchemaInitializationTest::lacksItsTables);
        with("never", postgres).run(SchemaInitializationTest::lacksItsTables);
        with("always", postgres).run(SchemaInitializationTest::works);
        with("always", postgres).run(SchemaInitializationTest::works);
        with("never", postgres).run(SchemaInitializationTest::works);
    }

    @Test
    void modesCanBeWrittenInAnyCaseAlsoInATurkishLocale() {
        with("ALWAYS", onMemory()).run(SchemaInitializationTest::works);
        with("Embedded", onMemory()).run(SchemaInitializationTest::works);
    }
}
