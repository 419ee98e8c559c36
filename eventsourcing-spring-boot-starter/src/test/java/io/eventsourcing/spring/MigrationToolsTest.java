package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.test.postgres.TestPostgres;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables are made by somebody else, before the store is opened. */
class MigrationToolsTest {

    private static final String SCHEMA = "classpath:io/eventsourcing/jdbc/schema/";

    private static Program program(Class<?>... configurations) {
        return Program.whole(configurations).property("eventsourcing.jdbc.initialize-schema=never");
    }

    private static Program onPostgres(Program program) {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return program.property("spring.datasource.url=" + database.jdbcUrl())
                .property("spring.datasource.username=" + database.username())
                .property("spring.datasource.password=" + database.password());
    }

    private static Program withFlyway(Program program) {
        return program.property("spring.flyway.enabled=true")
                .property("spring.flyway.locations=" + SCHEMA + "{vendor}");
    }

    private static Program withLiquibase(Program program) {
        return program.property("spring.liquibase.enabled=true")
                .property("spring.liquibase.change-log=classpath:migration/liquibase.yaml");
    }

    /** Tables that the tool made are used, and on the next start nothing is made again. */
    private static void worksTwice(Program program) {
        UUID fido;
        try (ConfigurableApplicationContext context = program.start()) {
            fido = context.getBean(TrainingSchool.class).register("Fido");
        }
        try (ConfigurableApplicationContext context = program.start()) {
            context.getBean(TrainingSchool.class).addTrick(fido, "roll over");
            assertThat(context.getBean(TrainingSchool.class).tricks(fido)).containsExactly("roll over");
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM es_schema_version", Integer.class))
                    .isEqualTo(10);
        }
    }

    /** It stays, as one in memory does not when a context is closed. */
    private static Program onLastingH2(Program program) {
        return program.property("spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @Test
    void flywayOnH2() {
        worksTwice(onLastingH2(withFlyway(program(TrainingSchool.class))));
    }

    @Test
    void flywayOnPostgres() {
        worksTwice(onPostgres(withFlyway(program(TrainingSchool.class))));
    }

    @Test
    void liquibaseOnH2() {
        worksTwice(onLastingH2(withLiquibase(program(TrainingSchool.class))));
    }

    @Test
    void liquibaseOnPostgres() {
        worksTwice(onPostgres(withLiquibase(program(TrainingSchool.class))));
    }

    @Test
    void aScriptOfTheApplications() {
        Program program = program(TrainingSchool.class)
                .property("spring.sql.init.mode=always")
                .property("spring.sql.init.schema-locations=" + SCHEMA + "h2/V1__events.sql," + SCHEMA
                        + "h2/V2__tags.sql," + SCHEMA + "h2/V3__subject_keys.sql," + SCHEMA + "h2/V4__deletion.sql,"
                        + SCHEMA + "h2/V5__seals.sql," + SCHEMA + "h2/V6__snapshots.sql,"
                        + SCHEMA + "h2/V7__schemas.sql," + SCHEMA + "h2/V8__projections.sql,"
                        + SCHEMA + "h2/V9__changing_projections.sql," + SCHEMA + "h2/V10__timeouts.sql");
        try (ConfigurableApplicationContext context = program.start()) {
            assertThat(context.getBean(TrainingSchool.class).register("Fido")).isNotNull();
        }
    }

    @Test
    void flywayRunsBeforeTheStoreIsOpenedAlsoWhereNoApplicationAsksForIt() {
        try (ConfigurableApplicationContext context = withFlyway(program()).start()) {
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM es_events", Integer.class))
                    .isZero();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFlyway {
        @Bean(initMethod = "migrate")
        Flyway flyway(DataSource dataSource) {
            return Flyway.configure()
                    .dataSource(dataSource)
                    .locations(SCHEMA + "h2")
                    .table("event_store_history")
                    .load();
        }
    }

    @Test
    void aFlywayBeanOfTheApplications() {
        try (ConfigurableApplicationContext context =
                program(TrainingSchool.class, OwnFlyway.class).start()) {
            assertThat(context.getBean(TrainingSchool.class).register("Fido")).isNotNull();
        }
    }
}
