package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each mistake with projections is found by the test that was made for it, which a right store passes. */
class ProjectionPlantedFaultTest {

    /** Run by this test only. */
    static final class Run extends ProjectionStoreConformance {

        private static Supplier<ProjectionStoreFixture> fixtures = MemoryProjectionFixture::new;

        @Override
        protected ProjectionStoreFixture newFixture() {
            return fixtures.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mistakeIsFound(ProjectionFault fault) {
        System.setProperty(Patience.PROPERTY, "3"); // what never comes needn't be waited for
        try {
            assertThat(failures(fault::newFixture, fault.test()))
                    .as("failures of " + fault.test())
                    .isPositive();
        } finally {
            System.clearProperty(Patience.PROPERTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightStoreIsNotBlamed(ProjectionFault fault) {
        assertThat(failures(MemoryProjectionFixture::new, fault.test()))
                .as("failures of " + fault.test())
                .isZero();
    }

    private static long failures(Supplier<ProjectionStoreFixture> fixtures, String test) {
        Run.fixtures = fixtures;
        PostDiscoveryFilter byName = descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> test.equals(((MethodSource) source).getMethodName()))
                .orElse(true));
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Run.class))
                .filters(byName)
                .execute()
                .testEvents();
        tests.assertStatistics(statistics -> statistics.started(1).skipped(0).aborted(0));
        return tests.failed().count();
    }
}
