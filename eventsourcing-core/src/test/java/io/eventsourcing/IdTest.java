package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.eventsourcing.fixtures.Dog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdTest {

    private static UUID idOf(Object... parts) {
        return UUID.nameUUIDFromBytes(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
    }

    static class Page extends Aggregate {
        private final String path;

        @Event("Created")
        Page(int number, String path, boolean draft) {
            this.path = path;
        }

        /** Takes the arguments in an order of its own, and not all of them. */
        private static UUID createId(String path, int number) {
            return idOf(path, number);
        }

        @Event("Imported")
        Page(String path, int number) {
            this(number, path.strip(), false);
        }

        /** No event, but it calls one. */
        Page(String path) {
            this(path, 1);
        }

        @Event
        void moved(String from) {}
    }

    static class Blog extends Page {
        @Event("BlogCreated")
        Blog(String path, long readers, int number) {
            super(number, "superclass", true);
        }
    }

    static class Moody extends Aggregate {
        @Event("Created")
        Moody(String name) {}

        static UUID createId(String name) {
            return UUID.randomUUID();
        }
    }

    static class GivenAnId extends Aggregate {
        @Event("Created")
        GivenAnId(String name, @Nullable UUID given) {
            super(nullable(given));
        }

        static UUID createId(String name) {
            return idOf(name);
        }
    }

    static class AnotherEachTime extends Aggregate {
        @Event("Created")
        AnotherEachTime() {
            super(UUID.randomUUID());
        }
    }

    static class InstanceMethod extends Aggregate {
        @Event("Created")
        InstanceMethod() {}

        UUID createId() {
            return UUID.randomUUID();
        }
    }

    static class WrongResult extends Aggregate {
        @Event("Created")
        WrongResult() {}

        static String createId() {
            return "";
        }
    }

    static class UnknownParameter extends Aggregate {
        @Event("Created")
        UnknownParameter(String name) {}

        static UUID createId(String title) {
            return UUID.randomUUID();
        }
    }

    static class WrongParameterType extends Aggregate {
        @Event("Created")
        WrongParameterType(String name) {}

        static UUID createId(CharSequence name) {
            return UUID.randomUUID();
        }
    }

    static class NotForEveryConstructor extends Aggregate {
        @Event("Created")
        NotForEveryConstructor(String name) {}

        @Event("Imported")
        NotForEveryConstructor(int number) {}

        static UUID createId(String name) {
            return UUID.randomUUID();
        }
    }

    static class Several extends Aggregate {
        @Event("Created")
        Several(String name, int number) {}

        static UUID createId(String name) {
            return UUID.randomUUID();
        }

        static UUID createId(int number) {
            return UUID.randomUUID();
        }
    }

    static class Refusing extends Aggregate {
        @Event("Created")
        Refusing(String name) {}

        static @Nullable UUID createId(String name) throws IOException {
            if (name.isEmpty()) {
                throw new IOException("no name");
            }
            return name.equals("null") ? null : idOf(name);
        }
    }

    @SuppressWarnings("NullAway")
    private static UUID nullable(@Nullable UUID id) {
        return id;
    }

    @Test
    void idsAreRandomAndSortedByTime() {
        UUID[] ids =
                IntStream.range(0, 10_000).mapToObj(i -> new Dog("Fido").id()).toArray(UUID[]::new);

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).extracting(UUID::version).containsOnly(7);
        assertThat(ids).extracting(UUID::toString).isSorted();
        assertThat(ids).isSorted();
    }

    @Test
    void idGivenToTheConstructorOfAggregateIsUsed() {
        UUID id = UUID.randomUUID();

        assertThat(RoundTrip.of(new Dog(id, "Fido")).id()).isEqualTo(id);
        assertThat(new GivenAnId("x", id).id()).isEqualTo(id);
        assertThatNullPointerException().isThrownBy(() -> new GivenAnId("x", null));
    }

    @Test
    void idIsMadeOfTheArgumentsThatCreateIdNames() {
        assertThat(new Page(3, "/home", true).id()).isEqualTo(idOf("/home", 3));
        assertThat(RoundTrip.of(new Page(3, "/home", true)).path).isEqualTo("/home");
    }

    @Test
    void idIsMadeInAChainOfConstructors() {
        assertThat(RoundTrip.of(new Page("/home", 4)).id()).isEqualTo(idOf("/home", 4));
        assertThat(RoundTrip.of(new Page("/home")).id()).isEqualTo(idOf("/home", 1));
    }

    @Test
    void createIdOfTheSuperclassGetsTheArgumentsOfTheClassItself() {
        assertThat(RoundTrip.of(new Blog("/blog", 9, 5)).id()).isEqualTo(idOf("/blog", 5));
        assertThat(new Page(1, "/p", true).id()).isEqualTo(idOf("/p", 1));
    }

    @Test
    void replayKeepsTheStoredId() {
        RoundTrip.of(new Moody("x"));
        RoundTrip.of(new AnotherEachTime());
    }

    @Test
    void aLoadLeavesNoArgumentsForTheNextId() {
        RoundTrip.of(new Page(1, "/a", true));
        RoundTrip.of(new Moody("x"));

        assertThat(new Page(2, "/b", true).id()).isEqualTo(idOf("/b", 2));
    }

    @Test
    void whatCreateIdThrowsReachesTheCaller() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new Refusing(""))
                .withMessage("no name");
        assertThatIllegalStateException()
                .isThrownBy(() -> new Refusing("null"))
                .withMessageContaining("Refusing.createId(String) returned null");
        assertThat(RoundTrip.of(new Refusing("x")).id()).isEqualTo(idOf("x"));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(InstanceMethod::new, "InstanceMethod.createId()", "must be static and return a UUID"),
                mistake(WrongResult::new, "WrongResult.createId()", "must be static and return a UUID"),
                mistake(() -> new UnknownParameter("x"), "createId(String)", "title", "UnknownParameter(String)"),
                mistake(() -> new WrongParameterType("x"), "createId(CharSequence)", "WrongParameterType(String)"),
                mistake(() -> new NotForEveryConstructor("x"), "createId(String)", "NotForEveryConstructor(int)"),
                mistake(() -> new Several("x", 1), "IdTest$Several", "several methods createId", "rename the others"));
    }

    private static Arguments mistake(Supplier<Aggregate> creation, String... parts) {
        return Arguments.of(creation, parts);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void createIdOfAnyOtherFormIsRefused(Supplier<Aggregate> creation, String... parts) {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(creation::get)
                .withMessageContainingAll(parts);
    }
}
