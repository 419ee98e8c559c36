package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.Events;

/** A test that a store passes by doing nothing tests nothing. */
class NoopStoreTest {

    private static final int TESTS = 500;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void storeThatDoesNothingFailsEveryTest(boolean capable) {
        Capability[] capabilities = capable ? Capability.values() : new Capability[0];
        Events tests = Kit.run(() -> Kit.fixture(new NoopStore(), new NoopStore(), capabilities));
        assertThat(Kit.passed(tests)).as("tests passed by doing nothing").isEmpty();
        assertThat(tests.started().count()).isGreaterThan(TESTS);
        tests.assertStatistics(statistics -> statistics
                .skipped(0)
                .aborted(0)
                .succeeded(0)
                .failed(tests.started().count()));
    }

    @Test
    void everySuiteIsPartOfTheKit() {
        assertThat(suiteMethods().map(Method::getDeclaringClass).distinct())
                .containsExactlyInAnyOrder(EventStoreConformance.class.getInterfaces());
    }

    @Test
    void noTestIsDisabled() {
        assertThat(suiteMethods())
                .isNotEmpty()
                .noneMatch(method -> method.isAnnotationPresent(Disabled.class))
                .allMatch(Method::isDefault);
    }

    private static Stream<Method> suiteMethods() {
        return Stream.of(EventStoreConformance.class.getMethods())
                .filter(method -> !Collections.disjoint(
                        Arrays.stream(method.getAnnotations())
                                .map(annotation -> annotation.annotationType())
                                .toList(),
                        List.of(Test.class, ParameterizedTest.class)));
    }
}
