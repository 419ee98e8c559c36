package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.test.conformance.EventStoreConformance;
import io.eventsourcing.test.conformance.EventStoreFixture;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each mistake with the order of all events is found, on a real database, by the test that was made for it. */
class PostgresPlantedFaultTest {

    private static final Databases.Coordinates DATABASE = Databases.newPostgres();

    private static HikariDataSource pool;

    /** Run by the test only. */
    static final class Run extends EventStoreConformance {

        private static Supplier<EventStoreFixture> fixtures = () -> {
            throw new IllegalStateException("There is a fixture while the test runs");
        };

        @Override
        protected EventStoreFixture newFixture() {
            return fixtures.get();
        }
    }

    @BeforeAll
    static void openPool() {
        pool = DATABASE.pool();
        JdbcFixture.createOtherTable(pool);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeIsFound(OrderFault fault) {
        assertThat(failures(fault, fault.test()))
                .as("failures of " + fault.test())
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).contains(fault.symptom()));
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(OrderFault fault) {
        assertThat(failures(JdbcFixture::open, fault.test())).isEmpty();
    }

    private static List<String> failures(JdbcFixture.Opening opening, String test) {
        Run.fixtures = () -> new JdbcFixture(DATABASE, pool, opening);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Run.class))
                .filters(named(test))
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.skipped(0).aborted(0))
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow()
                        .getMessage())
                .toList();
    }

    private static PostDiscoveryFilter named(String test) {
        return descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> test.equals(((MethodSource) source).getMethodName()))
                .orElse(true));
    }
}
