package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that were written by another version of a class, or by somebody else. */
class DecodingTest {

    private static final String CANARY = "kanarienvogel";

    enum Size {
        SMALL
    }

    record Age(int years) {
        Age {
            if (years < 0) {
                throw new IllegalArgumentException(CANARY + years);
            }
        }
    }

    record Owner(String name, Age age) {}

    record Nest(Nest inner) {}

    record Registration(String name, int age) {}

    @SuppressWarnings("unused")
    private interface Methods {
        void register(String name, int age, List<String> tricks, Optional<String> owner, OptionalInt size);

        void registration(String name, int age);

        void number(int value);

        void id(UUID value);

        void time(Instant value);

        void size(Size value);

        void owner(Owner value);

        void owners(Map<String, List<Owner>> value);

        void byTime(Map<Instant, String> value);

        void list(List<Integer> value);

        void nest(Nest value);

        void nothing();
    }

    private static final Payload REGISTER = Payload.of(Methods.class, "register");
    private static final Payload RECORD = Payload.of(Methods.class, "registration", Registration.class);

    private static void assertRefused(Payload payload, String json, String... parts) {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> payload.read(json))
                .withMessageStartingWith(Payload.TYPE + "[Dog-1@0, commit position 1, ")
                .withMessageContaining("can't be read as the arguments of Methods.")
                .satisfies(e -> assertThat(List.of(parts))
                        .allSatisfy(part -> assertThat(e).hasMessageContaining(part)))
                .satisfies(DecodingTest::assertShowsNoPayload);
    }

    private static void assertShowsNoPayload(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(CANARY);
    }

    @Test
    void orderOfFieldsDoesNotMatter() {
        assertThat(REGISTER.read("{\"size\":3,\"tricks\":[\"sit\"],\"age\":2,\"owner\":\"Ada\",\"name\":\"Fido\"}"))
                .containsExactly("Fido", 2, List.of("sit"), Optional.of("Ada"), OptionalInt.of(3));
        assertThat(RECORD.read("{\"age\":2,\"name\":\"Fido\"}")).containsExactly("Fido", 2);
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertThat(RECORD.read("{\"breed\":{\"a\":[1]},\"name\":\"Fido\",\"age\":2,\"x\":null}"))
                .containsExactly("Fido", 2);
        assertThat(Payload.of(Methods.class, "registration").read("{\"a\":[{}],\"name\":\"Fido\",\"b\":1,\"age\":2}"))
                .containsExactly("Fido", 2);
        assertThat(Payload.of(Methods.class, "owner").read("{\"value\":{\"name\":\"Ada\",\"more\":[]}}"))
                .containsExactly(new Owner("Ada", none(Age.class)));
        assertThat(Payload.of(Methods.class, "nothing").read("{\"a\":1}")).isEmpty();
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none(Class<T> type) {
        return null;
    }

    @Test
    void missingObjectIsNullAndMissingOptionalIsEmpty() {
        assertThat(REGISTER.read("{\"age\":1}")).containsExactly(null, 1, null, Optional.empty(), OptionalInt.empty());
        assertThat(RECORD.read("{\"age\":1}")).containsExactly(null, 1);
    }

    @Test
    void missingPrimitiveIsRefusedByItsName() {
        assertRefused(REGISTER, "{\"name\":\"Fido\"}", "no value of int", "at age");
        assertRefused(REGISTER, "{\"age\":null}", "no value of int", "at age");
        assertRefused(RECORD, "{\"name\":\"Fido\"}", "no value of int", "at age");
        assertRefused(Payload.of(Methods.class, "owner"), "{\"value\":{\"age\":{}}}", "int", "at value.age.years");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{\"age\":1} 2",
                "{\"age\":1}{}",
                "{\"age\":1",
                "\0",
                "{'age':1}"
            })
    void whatIsNotOneJsonObjectIsRefused(String json) {
        assertRefused(REGISTER, json);
        assertRefused(RECORD, json);
        assertRefused(Payload.of(Methods.class, "nothing"), json.replace("\"age\":1", ""));
    }

    static Stream<Arguments> canaries() {
        return Stream.of(
                Arguments.of("number", "{\"value\":\"" + CANARY + "\"}", "no value of int, at value"),
                Arguments.of("number", "{\"value\":" + CANARY + "}", "no valid JSON from byte"),
                Arguments.of("number", "{\"value\":{\"" + CANARY + "\":1}}", "no value of int, at value"),
                Arguments.of("number", "{\"value\":1} " + CANARY, "no"),
                Arguments.of("number", CANARY, "no valid JSON from byte"),
                Arguments.of("number", "{\"value\":1" + CANARY, "no valid JSON from byte"),
                Arguments.of("id", "{\"value\":\"" + CANARY + "\"}", "no value of java.util.UUID, at value"),
                Arguments.of("time", "{\"value\":\"" + CANARY + "\"}", "no value of java.time.Instant, at value"),
                Arguments.of("size", "{\"value\":\"" + CANARY + "\"}", "Size, at value"),
                Arguments.of("list", "{\"value\":[1,\"" + CANARY + "\"]}", "at value[1]"),
                Arguments.of("list", "{\"value\":\"" + CANARY + "\"}", "at value"),
                Arguments.of("owner", "{\"value\":\"" + CANARY + "\"}", "Owner, at value"),
                Arguments.of("owner", "{\"value\":{\"age\":\"" + CANARY + "\"}}", "at value.age"),
                Arguments.of(
                        "owner",
                        "{\"value\":{\"age\":{\"years\":-1}}}",
                        "Age refuses the stored value with a java.lang.IllegalArgumentException"),
                Arguments.of("owners", "{\"value\":{\"" + CANARY + "\":[{\"age\":1}]}}", "at value[…]"),
                Arguments.of("byTime", "{\"value\":{\"" + CANARY + "\":\"x\"}}", "at value"),
                Arguments.of("time", "{\"value\":\"" + CANARY + "\uFFFF\0\"}", "no"));
    }

    @ParameterizedTest
    @MethodSource("canaries")
    void messageSaysWhatAndWhereButShowsNothingOfThePayload(String method, String json, String part) {
        assertRefused(Payload.of(Methods.class, method), json, part);
    }

    @Test
    void numberTooLargeIsRefused() {
        assertRefused(Payload.of(Methods.class, "number"), "{\"value\":2147483648}", "no value of int, at value");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] data = {'{', '"', 'v', 'a', 'l', 'u', 'e', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> Payload.of(Methods.class, "time").read(data))
                .withMessageContaining("no valid JSON");
    }

    @Test
    void lastOfTwoFieldsOfOneNameCounts() {
        assertThat(Payload.of(Methods.class, "number").read("{\"value\":1,\"value\":2}"))
                .containsExactly(2);
    }

    @Test
    void whatIsNestedTooDeeplyToBeReadIsNotWritten() {
        Payload payload = Payload.of(Methods.class, "nest");
        Nest deep = nest(400);
        assertThat(payload.writeAndRead(deep)).containsExactly(deep);

        for (int depth = 490; depth < 510; depth++) {
            Nest nest = nest(depth);
            try {
                payload.write(nest);
            } catch (EventMappingException e) {
                assertThat(e).hasMessageContainingAll("can't be written as JSON", "at ");
                continue;
            }
            assertThat(payload.writeAndRead(nest)).containsExactly(nest);
        }
        assertThatExceptionOfType(EventMappingException.class).isThrownBy(() -> payload.write(nest(10_000)));
    }

    private static Nest nest(int depth) {
        Nest nest = new Nest(none(Nest.class));
        for (int i = 1; i < depth; i++) {
            nest = new Nest(nest);
        }
        return nest;
    }

    @Test
    void valueThatCannotBeWrittenIsRefusedByItsName() {
        Payload payload = Payload.of(Methods.class, "owners");
        List<Owner> broken = new AbstractList<>() {
            @Override
            public @Nullable Owner get(int index) {
                throw new UnsupportedOperationException("lazy");
            }

            @Override
            public int size() {
                return 1;
            }
        };

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> payload.write(Map.of("a", broken)))
                .withMessageStartingWith("Dog.TrickAdded, the event of Methods.owners(…), can't be written as JSON")
                .withMessageContaining("value");
    }
}
