package io.eventsourcing.test.conformance;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * All suites of projections: of what keeps their checkpoints, and of what runs them. A backend has one subclass, which says
 * how to make a fixture. No test is ever skipped.
 */
@Timeout(120)
public abstract class ProjectionStoreConformance
        implements LeaseConformance,
                DeadLetterConformance,
                ProjectionRunConformance,
                ProcessConformance,
                TimeoutConformance,
                TimeoutRunConformance,
                DivisionConformance,
                DivisionRunConformance,
                ResetConformance,
                ResetRunConformance,
                RebuildConformance,
                RebuildRunConformance {

    private @Nullable ProjectionStoreFixture fixture;

    /** The fixture for one test, which closes it. Two tests may get the same data. */
    protected abstract ProjectionStoreFixture newFixture();

    @Override
    public final ProjectionStoreFixture fixture() {
        if (fixture == null) {
            throw new IllegalStateException("There is a fixture while a test runs");
        }
        return fixture;
    }

    @BeforeEach
    void openFixture() {
        fixture = newFixture();
    }

    @AfterEach
    void closeFixture() {
        if (fixture != null) {
            fixture.close();
        }
    }
}
