package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VersionTest {

    abstract static class Counter extends Aggregate {
        int count;

        @Event("Counted")
        void count() {
            count++;
        }
    }

    static class ByDefault extends Counter {
        @Event("Started")
        ByDefault() {}
    }

    static class FromZero extends Counter {
        public static final int INITIAL_VERSION = 0;

        @Event("Started")
        FromZero() {}
    }

    static class FromSeven extends Counter {
        public static final int INITIAL_VERSION = 7;

        @Event("Started")
        FromSeven() {}
    }

    static class FromLong extends Counter {
        public static final long INITIAL_VERSION = 1L << 40;

        @Event("Started")
        FromLong() {}
    }

    static class Inherited extends FromSeven {
        @Event("InheritedStarted")
        Inherited() {}
    }

    static class Hidden extends FromSeven {
        public static final int INITIAL_VERSION = 3;

        @Event("HiddenStarted")
        Hidden() {}
    }

    static class Negative extends Counter {
        public static final int INITIAL_VERSION = -1;

        @Event("Started")
        Negative() {}
    }

    static class Boxed extends Counter {
        public static final Integer INITIAL_VERSION = 1;

        @Event("Started")
        Boxed() {}
    }

    static class Short extends Counter {
        public static final short INITIAL_VERSION = 1;

        @Event("Started")
        Short() {}
    }

    static class Private extends Counter {
        private static final int INITIAL_VERSION = 1;

        @Event("Started")
        Private() {}
    }

    static class NotStatic extends Counter {
        public final int INITIAL_VERSION = 1;

        @Event("Started")
        NotStatic() {}
    }

    static class NotFinal extends Counter {
        public static int INITIAL_VERSION = 1;

        @Event("Started")
        NotFinal() {}
    }

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
    private final Repository repository = eventSourcing.repository();

    static Stream<Arguments> counters() {
        return Stream.of(
                counter(ByDefault::new, 1),
                counter(FromZero::new, 0),
                counter(FromSeven::new, 7),
                counter(FromLong::new, 1L << 40),
                counter(Inherited::new, 7),
                counter(Hidden::new, 3));
    }

    private static Arguments counter(Supplier<Counter> creation, long initial) {
        return Arguments.of(creation, initial);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void versionsStartWhereTheClassSays(Supplier<Counter> creation, long initial) {
        Counter counter = creation.get();
        assertThat(counter.version()).isEqualTo(initial);
        counter.count();
        assertThat(counter.version()).isEqualTo(initial + 1);
        eventSourcing.save(counter);
        counter.count();
        assertThat(counter.version()).isEqualTo(initial + 2);

        assertThat(eventSourcing.save(counter).recordings().get(0).version()).isEqualTo(initial + 2);
        assertThat(counter.version()).isEqualTo(initial + 2);
        assertThat(repository.get(counter.getClass(), counter.id()).version()).isEqualTo(initial + 2);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void positionsInTheStoreStartAtZero(Supplier<Counter> creation, long initial) {
        Counter counter = creation.get();
        counter.count();
        eventSourcing.save(counter);

        assertThat(repository.history(counter.getClass(), counter.id()).toList())
                .extracting(RecordedEvent::streamPosition)
                .containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void eachVersionCanBeLoaded(Supplier<Counter> creation, long initial) {
        Counter counter = creation.get();
        counter.count();
        counter.count();
        eventSourcing.save(counter);

        for (int i = 0; i <= 2; i++) {
            Counter then = repository.get(counter.getClass(), counter.id(), initial + i);
            assertThat(then.count).isEqualTo(i);
            assertThat(then.version()).isEqualTo(initial + i);
        }
    }

    @ParameterizedTest
    @MethodSource("counters")
    void versionsThatAreNotThereAreRefused(Supplier<Counter> creation, long initial) {
        Counter counter = creation.get();
        counter.count();
        eventSourcing.save(counter);

        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.get(counter.getClass(), counter.id(), initial + 2))
                .withMessageContaining(
                        counter.id() + " has no version " + (initial + 2) + ", its last one is " + (initial + 1));
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.get(counter.getClass(), counter.id(), Long.MAX_VALUE));
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.get(counter.getClass(), counter.id(), initial - 1))
                .withMessageContaining("has no version " + (initial - 1) + ", the first one is " + initial);
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.get(counter.getClass(), new UUID(0, 0), initial));
    }

    static Stream<Supplier<Counter>> badCounters() {
        return Stream.of(Negative::new, Boxed::new, Short::new, Private::new, NotStatic::new, NotFinal::new);
    }

    @ParameterizedTest
    @MethodSource("badCounters")
    void initialVersionOfAnyOtherFormIsRefused(Supplier<Counter> creation) {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(creation::get)
                .withMessageMatching(".*VersionTest\\$(Negative|Boxed|Short|Private|NotStatic|NotFinal)"
                        + "\\.INITIAL_VERSION must be a public static final int or long of 0 or more");
    }

    @Test
    void oldVersionThatIsChangedIsAConflict() {
        ByDefault counter = new ByDefault();
        counter.count();
        eventSourcing.save(counter);
        ByDefault old = repository.get(ByDefault.class, counter.id(), 1);
        old.count();

        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(old));
    }
}
