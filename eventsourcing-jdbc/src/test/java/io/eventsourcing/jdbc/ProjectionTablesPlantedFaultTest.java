package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.eventsourcing.projection.ProjectionTables;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Each mistake with copies of tables is found, on both databases, by the test that was made for it. */
class ProjectionTablesPlantedFaultTest {

    private static UnaryOperator<TableCopies> variation = UnaryOperator.identity();

    private static ProjectionTables varied(DataSource pool, PlatformTransactionManager manager, Vendor vendor) {
        JdbcProjectionStore.open(pool, manager, SchemaInitialization.ALWAYS);
        return new JdbcProjectionTables(new JdbcTemplate(pool), manager, variation.apply(vendor.copies()));
    }

    /** Run by this test only. */
    static final class H2Run extends H2ProjectionTablesTest {
        @Override
        ProjectionTables tablesOf(DataSource data, PlatformTransactionManager manager) {
            return varied(data, manager, Vendor.H2);
        }
    }

    /** Run by this test only. */
    static final class PostgresRun extends PostgresProjectionTablesTest {
        @Override
        ProjectionTables tablesOf(DataSource data, PlatformTransactionManager manager) {
            return varied(data, manager, Vendor.POSTGRESQL);
        }
    }

    @ParameterizedTest
    @EnumSource
    void mistakeIsFoundOnH2(TablesFault fault) {
        assertThat(failures(H2Run.class, fault, fault.test())).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void mistakeIsFoundOnPostgres(TablesFault fault) {
        assertThat(failures(PostgresRun.class, fault, fault.test())).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void rightCopiesAreNotBlamed(TablesFault fault) {
        assertThat(failures(H2Run.class, UnaryOperator.identity(), fault.test()))
                .isZero();
        assertThat(failures(PostgresRun.class, UnaryOperator.identity(), fault.test()))
                .isZero();
    }

    private static long failures(Class<?> suite, UnaryOperator<TableCopies> varied, String test) {
        variation = varied;
        PostDiscoveryFilter byName = descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> test.equals(((MethodSource) source).getMethodName()))
                .orElse(true));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(suite))
                .filters(byName)
                .execute()
                .testEvents()
                .assertStatistics(statistics -> statistics.skipped(0).aborted(0))
                .failed()
                .count();
    }
}
