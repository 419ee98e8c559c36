package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records, collections and what else holds other values. */
class StructureRoundTripTest {

    record Trick(String name, int difficulty) {}

    record Pair<A, B>(A first, @Nullable B second) {}

    record Course(String title, List<Trick> tricks, Optional<Trick> best, Map<DayOfWeek, Set<Integer>> hours) {
        boolean isEmpty() {
            return tricks.isEmpty();
        }
    }

    record Tree(String name, List<Tree> branches) {}

    record Chip(@JsonValue String number) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(Ball.class), @JsonSubTypes.Type(Stick.class)})
    sealed interface Toy {}

    record Ball(double diameter) implements Toy {}

    record Stick(int length, List<Toy> attached) implements Toy {}

    /** Not a record, but says how it is written and made. */
    static final class Weight {
        private final BigDecimal kilos;

        private Weight(BigDecimal kilos) {
            this.kilos = kilos;
        }

        @JsonCreator
        static Weight of(BigDecimal kilos) {
            return new Weight(kilos);
        }

        @JsonValue
        BigDecimal kilos() {
            return kilos;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Weight that && kilos.equals(that.kilos);
        }

        @Override
        public int hashCode() {
            return kilos.hashCode();
        }
    }

    /** One method for each type. */
    @SuppressWarnings("unused")
    private interface Types {
        void trick(Trick value);

        void course(Course value);

        void pair(Pair<Trick, Instant> value);

        void pairOfPairs(Pair<Pair<UUID, Long>, List<Pair<String, Byte>>> value);

        void tree(Tree value);

        void chip(Chip value);

        void weight(Weight value);

        void toy(Toy value);

        void ball(Ball value);

        void toys(List<Toy> value);

        void optionalToy(Optional<Toy> value);

        void list(List<Trick> value);

        void lists(List<List<Long>> value);

        void collection(Collection<String> value);

        void set(Set<UUID> value);

        void orderedSet(LinkedHashSet<String> value);

        void enumSet(EnumSet<DayOfWeek> value);

        void map(Map<String, Trick> value);

        void byUuid(Map<UUID, Trick> value);

        void byDay(Map<DayOfWeek, Long> value);

        void enumMap(EnumMap<DayOfWeek, String> value);

        void byDate(Map<LocalDate, BigDecimal> value);

        void byNumber(Map<Long, List<Integer>> value);

        void byChip(Map<Chip, String> value);

        void sortedMap(SortedMap<Integer, String> value);

        void optional(Optional<String> value);

        void optionalTrick(Optional<Trick> value);

        void optionalInt(OptionalInt value);

        void optionalLong(OptionalLong value);

        void optionalDouble(OptionalDouble value);

        void bytes(byte[] value);

        void ints(int[] value);

        void chars(char[] value);

        void doubles(double[] value);

        void texts(String[] value);

        void tricks(Trick[] value);

        void matrix(long[][] value);

        void genericArray(List<Trick>[] value);
    }

    private static final Trick SIT = new Trick("sit", 1);
    private static final Trick DOWN = new Trick("down", 2);

    static Stream<Arguments> values() {
        return Stream.of(records(), collections(), maps(), optionals(), arrays())
                .flatMap(values -> values);
    }

    private static Stream<Arguments> of(String method, Object... values) {
        return Stream.of(values).map(value -> Arguments.of(method, value));
    }

    private static Stream<Arguments> records() {
        Toy stick = new Stick(1, List.of(new Ball(2), new Stick(3, List.of())));
        return Stream.of(
                        of("trick", SIT),
                        of(
                                "course",
                                new Course(
                                        "Basics",
                                        List.of(SIT),
                                        Optional.of(DOWN),
                                        Map.of(DayOfWeek.MONDAY, Set.of(1)))),
                        of("course", new Course("", List.of(), Optional.empty(), Map.of())),
                        of("pair", new Pair<>(SIT, Instant.ofEpochSecond(1, 1)), new Pair<>(SIT, null)),
                        of("pairOfPairs", new Pair<>(new Pair<>(UUID.randomUUID(), 1L), List.of(new Pair<>("a", (byte)
                                1)))),
                        of("tree", new Tree("a", List.of(new Tree("b", List.of()), new Tree("c", List.of())))),
                        of("chip", new Chip("4711")),
                        of("weight", Weight.of(new BigDecimal("7.50"))),
                        of("toy", stick, new Ball(1)),
                        of("ball", new Ball(1)),
                        of("toys", List.of(stick, new Ball(1))),
                        of("optionalToy", Optional.of(stick)))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> collections() {
        return Stream.of(
                        of("list", List.of(), List.of(SIT, DOWN), new ArrayList<>(Arrays.asList(SIT, null))),
                        of("lists", List.of(List.of(1L), List.of(), List.of(Long.MAX_VALUE))),
                        of("collection", List.of("b", "a")),
                        of("set", Set.of(), Set.of(new UUID(1, 2), new UUID(3, 4))),
                        of("orderedSet", new LinkedHashSet<>(List.of("b", "a", "c"))),
                        of("enumSet", EnumSet.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY), EnumSet.noneOf(DayOfWeek.class)))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> maps() {
        return Stream.of(
                        of("map", Map.of(), Map.of("a", SIT, "", DOWN, "k\0\"🐕", SIT)),
                        of("byUuid", Map.of(new UUID(1, 2), SIT)),
                        of("byDay", Map.of(DayOfWeek.SUNDAY, 1L)),
                        of("enumMap", new EnumMap<>(Map.of(DayOfWeek.SUNDAY, "rest"))),
                        of("byDate", Map.of(LocalDate.MAX, new BigDecimal("0.10"))),
                        of("byNumber", Map.of(Long.MIN_VALUE, List.of(1, 2))),
                        of("byChip", Map.of(new Chip("4711"), "Fido")),
                        of("sortedMap", new TreeMap<>(Map.of(2, "b", 1, "a"))))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> optionals() {
        return Stream.of(
                        of("optional", Optional.empty(), Optional.of(""), Optional.of("x")),
                        of("optionalTrick", Optional.empty(), Optional.of(SIT)),
                        of("optionalInt", OptionalInt.empty(), OptionalInt.of(0)),
                        of("optionalLong", OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE)),
                        of("optionalDouble", OptionalDouble.empty(), OptionalDouble.of(0.1)))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> arrays() {
        return Stream.of(
                Arguments.of("bytes", new byte[] {0, 1, -1, Byte.MIN_VALUE}),
                Arguments.of("bytes", new byte[0]),
                Arguments.of("ints", new int[] {1, 2}),
                Arguments.of("chars", new char[] {'a', '\0', 'ı'}),
                Arguments.of("doubles", new double[] {Double.NaN, 0.1}),
                Arguments.of("texts", new String[] {"a", null, ""}),
                Arguments.of("tricks", new Trick[] {SIT, DOWN}),
                Arguments.of("matrix", new long[][] {{1, 2}, {}}),
                Arguments.of("genericArray", new List<?>[] {List.of(SIT)}));
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackAsItWas(String method, Object value) {
        assertThat(Payload.of(Types.class, method).writeAndRead(value)).containsExactly(value);
    }

    @Test
    void orderOfACollectionIsKept() {
        Object[] set = Payload.of(Types.class, "orderedSet").writeAndRead(new LinkedHashSet<>(List.of("b", "a", "c")));
        assertThat((Set<?>) set[0]).isInstanceOf(LinkedHashSet.class).hasToString("[b, a, c]");
    }

    @Test
    void everyTypeMayBeNull() {
        Stream.of(Types.class.getDeclaredMethods())
                .filter(method -> !method.getName().startsWith("optional"))
                .forEach(method -> assertThat(
                                Payload.of(Types.class, method.getName()).writeAndRead((Object) null))
                        .as(method.getName())
                        .containsOnlyNulls());
    }

    @Test
    void keyThatCouldNotBeReadIsRefusedByTheNameOfTheParameter() {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> Payload.of(Types.class, "map").write(Map.of("a\uD800", SIT)))
                .withMessageContainingAll("Types.map(…)", "can't be written as JSON", "lone surrogate", "value");
    }

    @Test
    void classOfASealedInterfaceIsWrittenByItsName() {
        assertThat(Payload.of(Types.class, "toy").write(new Ball(1)))
                .contains("Ball\"")
                .contains("1.0");
        assertThat(Payload.of(Types.class, "toys").write(List.of(new Ball(1)))).contains("Ball\"");
    }
}
