package school.training;

import io.eventsourcing.test.postgres.TestPostgres;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class PostgresHttpTest extends HttpScenario {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        TestPostgres.Database database = TestPostgres.createDatabase();
        properties.add("spring.datasource.url", database::jdbcUrl);
        properties.add("spring.datasource.username", database::username);
        properties.add("spring.datasource.password", database::password);
    }

    @Override
    String expectedStore() {
        return "jdbc (PostgreSQL";
    }
}
