package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.test.conformance.ProjectionStoreConformance;
import io.eventsourcing.test.conformance.ProjectionStoreFixture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Each mistake with projections is found, on a real database, by the test that was made for it. */
class PostgresProjectionPlantedFaultTest {

    private static final Databases.Coordinates DATABASE = Databases.newPostgres();

    private static HikariDataSource pool;

    /** Run by this test only. */
    static final class Run extends ProjectionStoreConformance {

        private static Supplier<ProjectionStoreFixture> fixtures = () -> {
            throw new IllegalStateException("There is a fixture while the test runs");
        };

        @Override
        protected ProjectionStoreFixture newFixture() {
            return fixtures.get();
        }
    }

    @BeforeAll
    static void openPool() {
        pool = DATABASE.pool();
        JdbcProjectionConformance.Fixture.prepare(pool);
    }

    @AfterAll
    static void closePool() {
        pool.close();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeIsFound(ProjectionFault fault) {
        assertThat(failures(fault, fault.test()))
                .as("failures of " + fault.test())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(ProjectionFault fault) {
        assertThat(failures(JdbcProjectionStore::new, fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    private static long failures(JdbcProjectionConformance.Opening opening, String test) {
        Run.fixtures = () -> new JdbcProjectionConformance.Fixture(DATABASE, pool, opening);
        PostDiscoveryFilter byName = descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> test.equals(((MethodSource) source).getMethodName()))
                .orElse(true));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Run.class))
                .filters(byName)
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.started(1).skipped(0).aborted(0))
                .failed()
                .count();
    }
}
