package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.test.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.AbstractDriverBasedDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** A connection beside the application's pool, for what happens elsewhere. */
class ListenTest {

    private static final TestPostgres.Database DATABASE = TestPostgres.createDatabase();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurationTest.DATABASE)
            .withPropertyValues(
                    "spring.datasource.url=" + DATABASE.jdbcUrl(),
                    "spring.datasource.username=" + DATABASE.username(),
                    "spring.datasource.password=" + DATABASE.password(),
                    "eventsourcing.jdbc.initialize-schema=always")
            .withBean(TrainingSchool.class);

    private static void follow(ApplicationContext context) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        context.getBean(EventStore.class).subscribe(SubscribeOptions.fromBeginning(), event -> seen.countDown());
        context.getBean(TrainingSchool.class).register("Fido");
        assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static long listeners(ApplicationContext context) {
        Long count = context.getBean(JdbcTemplate.class)
                .queryForObject(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND query LIKE '%LISTEN eventsourcing%' AND pid <> pg_backend_pid()",
                        Long.class);
        return count == null ? -1 : count;
    }

    @Test
    void itIsDerivedFromTheApplicationsDataSource() {
        runner.run(context -> {
            assertThat(listeners(context)).isZero();
            follow(context);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (listeners(context) == 0 && System.nanoTime() < end) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(listeners(context)).isEqualTo(1);
        });
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("eventsourcing.jdbc.listen=false").run(context -> {
            follow(context);
            assertThat(listeners(context)).isZero();
        });
    }

    @Test
    void aPoolIsLookedUpBehindItsProxies() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(DATABASE.jdbcUrl());
            pool.setUsername(DATABASE.username());
            pool.setPassword(DATABASE.password());
            assertThat(UnpooledDataSource.derivedFrom(new LazyConnectionDataSourceProxy(pool)))
                    .hasValueSatisfying(derived -> assertThat(derived)
                            .isInstanceOfSatisfying(
                                    AbstractDriverBasedDataSource.class,
                                    each -> assertThat(each.getPassword()).isEqualTo(DATABASE.password())));
        }
    }

    @Test
    void whereNothingCanBeDerivedThereIsPolling() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        DataSource secretive = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return DriverManager.getConnection(url);
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }
        };
        assertThat(UnpooledDataSource.derivedFrom(secretive)).isEmpty();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurationTest.OURS)
                .withBean(DataSource.class, () -> secretive)
                .withBean(TrainingSchool.class)
                .run(ListenTest::follow);
    }
}
