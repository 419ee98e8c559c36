package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ReadOptions;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UnstorableParameterTest {

    interface Shape {}

    abstract static class Animal {}

    static class NoUsableConstructor {
        public final int size;

        NoUsableConstructor(int size) {
            this.size = size;
        }
    }

    record Key(int number, String text) {}

    record TextKey(String text) {}

    record Box<T>(T content) {}

    record Outer(String name, List<Box<Thread>> inner) {}

    static class WithObject extends Aggregate {
        @Event("Started")
        WithObject(@Nullable Object value) {}
    }

    static class WithSerializable extends Aggregate {
        @Event("Started")
        WithSerializable(@Nullable Serializable value) {}
    }

    static class WithNumber extends Aggregate {
        @Event("Started")
        WithNumber(@Nullable Number value) {}
    }

    static class WithThread extends Aggregate {
        @Event("Started")
        WithThread(@Nullable Thread value) {}
    }

    static class WithStream extends Aggregate {
        @Event("Started")
        WithStream(@Nullable InputStream value) {}
    }

    static class WithSupplier extends Aggregate {
        @Event("Started")
        WithSupplier(@Nullable Supplier<String> value) {}
    }

    static class WithInterface extends Aggregate {
        @Event("Started")
        WithInterface(@Nullable Shape value) {}
    }

    static class WithAbstractClass extends Aggregate {
        @Event("Started")
        WithAbstractClass(@Nullable Animal value) {}
    }

    static class WithoutConstructor extends Aggregate {
        @Event("Started")
        WithoutConstructor(@Nullable NoUsableConstructor value) {}
    }

    static class WithClass extends Aggregate {
        @Event("Started")
        WithClass(@Nullable ClassLoader value) {}
    }

    static class WithObjects extends Aggregate {
        @Event("Started")
        WithObjects(@Nullable List<Object> value) {}
    }

    static class WithWildcard extends Aggregate {
        @Event("Started")
        WithWildcard(@Nullable List<?> value) {}
    }

    static class WithOptionalObject extends Aggregate {
        @Event("Started")
        WithOptionalObject(@Nullable Optional<Object> value) {}
    }

    static class WithObjectArray extends Aggregate {
        @Event("Started")
        WithObjectArray(Object @Nullable [] value) {}
    }

    static class WithBeanKey extends Aggregate {
        @Event("Started")
        WithBeanKey(@Nullable Map<Key, String> value) {}
    }

    static class WithRecordOfTextAsKey extends Aggregate {
        @Event("Started")
        WithRecordOfTextAsKey(@Nullable Map<TextKey, String> value) {}
    }

    static class WithObjectKey extends Aggregate {
        @Event("Started")
        WithObjectKey(@Nullable Map<Object, String> value) {}
    }

    static class WithNested extends Aggregate {
        @Event("Started")
        WithNested(@Nullable Outer value) {}
    }

    static class WithTypeVariable<T> extends Aggregate {
        @Event("Started")
        WithTypeVariable(@Nullable T value) {}
    }

    static class OnAMethod extends Aggregate {
        @Event("Started")
        OnAMethod() {}

        @Event
        void changed(String text, Thread value) {}
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing = EventSourcing.of(store);

    static Stream<Arguments> unstorable() {
        return Stream.of(
                refused(() -> new WithObject(null), "java.lang.Object"),
                refused(() -> new WithSerializable(null), "java.io.Serializable"),
                refused(() -> new WithNumber(null), "java.lang.Number"),
                refused(() -> new WithThread(null), "java.lang.Thread"),
                refused(() -> new WithStream(null), "java.io.InputStream"),
                refused(() -> new WithSupplier(null), "java.util.function.Supplier"),
                refused(() -> new WithInterface(null), "Shape is abstract"),
                refused(() -> new WithAbstractClass(null), "Animal is abstract"),
                refused(() -> new WithoutConstructor(null), "NoUsableConstructor"),
                refused(() -> new WithClass(null), "java.lang.ClassLoader"),
                refused(() -> new WithObjects(null), "java.lang.Object"),
                refused(() -> new WithWildcard(null), "java.lang.Object"),
                refused(() -> new WithOptionalObject(null), "java.lang.Object"),
                refused(() -> new WithObjectArray(null), "java.lang.Object"),
                refused(() -> new WithBeanKey(null), "Key can't be the key of a JSON object"),
                refused(() -> new WithRecordOfTextAsKey(null), "TextKey can't be the key of a JSON object"),
                refused(() -> new WithObjectKey(null), "java.lang.Object can't be the key"),
                refused(() -> new WithNested(null), "java.lang.Thread", "in Box.content", "in Outer.inner"),
                refused(() -> new WithTypeVariable<String>(null), "java.lang.Object"));
    }

    private static Arguments refused(Supplier<Aggregate> creation, String... parts) {
        return Arguments.of(creation, parts);
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void isRefusedBeforeAnythingIsStored(Supplier<Aggregate> creation, String... parts) {
        Aggregate aggregate = creation.get();

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.save(aggregate))
                .withMessageContaining(aggregate.getClass().getSimpleName() + "(")
                .withMessageContaining("the parameter 'value' can't be stored")
                .withMessageContaining("Use text, numbers, enums")
                .satisfies(e -> assertThat(e).message().contains(parts));
        assertThat(store.readAll(ReadOptions.forwards())).isEmpty();
        assertThat(aggregate.pendingEvents()).hasSize(1);
    }

    @Test
    void isFoundBeforeTheEventItConcernsHappens() {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.save(new OnAMethod()))
                .withMessageContainingAll("OnAMethod.changed(String, Thread)", "'value'");
        assertThat(store.readAll(ReadOptions.forwards())).isEmpty();
    }

    @Test
    void isFoundByTheRepositoryToo() {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.repository().get(WithThread.class, UUID.randomUUID()))
                .withMessageContainingAll("WithThread(Thread)", "'value'");
    }
}
