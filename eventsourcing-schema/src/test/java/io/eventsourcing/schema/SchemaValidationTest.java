package io.eventsourcing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.memory.MemoryEventSchemas;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.ReadOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaValidationTest {

    private static final String SECRET = "kanarienvogel";
    private static final EventSchema SHORT_NAMES = new EventSchema(
            "Kennel.Named", 1, "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":5}}}");

    private final MemoryEventStore store = new MemoryEventStore();
    private final SchemaValidation validation = SchemaValidation.of(store);
    private final EventSourcing eventSourcing = EventSourcing.builder(store)
            .cipherKeys(CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
            .validator(validation)
            .build();

    private Kennel saved(String... names) {
        Kennel kennel = new Kennel("Ann", 3);
        for (String name : names) {
            kennel.name(name);
        }
        eventSourcing.save(kennel);
        return kennel;
    }

    private long events() {
        return store.readAll(ReadOptions.forwards()).toList().size();
    }

    @Test
    void payloadThatDoesNotFitIsRefusedBeforeAnythingIsWritten() {
        assertThat(validation.register(eventSourcing, SHORT_NAMES)).isEmpty();
        saved("Rex");
        long before = events();

        SchemaViolationException refused =
                catchThrowableOfType(SchemaViolationException.class, () -> saved("Rex", SECRET));
        assertThat(refused)
                .hasMessageContaining("Kennel.Named")
                .hasMessageContaining("revision 1")
                .hasMessageContaining("/properties/name/maxLength")
                .isInstanceOf(EventMappingException.class);
        assertThat(refused.getMessage()).doesNotContain(SECRET);
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void schemaIsOfOneRevisionAlone() {
        validation.register(eventSourcing, new EventSchema("Kennel.Named", 2, "false"));
        saved("Rex");
        validation.validate("Kennel.Named", 1, bytes("{}"));
        assertThatThrownBy(() -> validation.validate("Kennel.Named", 2, bytes("{}")))
                .isInstanceOf(SchemaViolationException.class);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void storedEventsThatDoNotFitAreReportedAndNothingIsRegistered() {
        saved("Rex", SECRET, "Bo", SECRET);
        ViolatingEventsException refused = catchThrowableOfType(
                ViolatingEventsException.class, () -> validation.register(eventSourcing, SHORT_NAMES));

        assertThat(refused.violations()).extracting(Violation::commitPosition).containsExactly(3L, 5L);
        assertThat(refused.violations().get(0).message()).contains("Kennel.Named", "/properties/name/maxLength");
        assertThat(refused.getMessage()).doesNotContain(SECRET);
        assertThat(store.schemas().all()).isEmpty();
        assertThat(validation.violations(eventSourcing, SHORT_NAMES)).hasSize(2);
        saved(SECRET);
    }

    @Test
    void theFirstTenViolationsAreReported() {
        saved(java.util.Collections.nCopies(12, SECRET).toArray(String[]::new));
        ViolatingEventsException refused = catchThrowableOfType(
                ViolatingEventsException.class, () -> validation.register(eventSourcing, SHORT_NAMES));
        assertThat(refused.violations()).hasSize(10);
    }

    /** Which the store couldn't read. */
    @Test
    void personalDataIsValidatedAsItIs() {
        EventSchema places = new EventSchema(
                "Kennel.Opened",
                1,
                "{\"properties\":{\"owner\":{\"type\":[\"string\",\"null\"],\"maxLength\":5},\"places\":{\"maximum\":3}}}");
        Kennel kennel = saved();
        assertThat(validation.register(eventSourcing, places)).isEmpty();
        assertThatThrownBy(() -> eventSourcing.save(new Kennel(SECRET, 3)))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("/properties/owner/maxLength");
        eventSourcing.forget(kennel.id().toString());
        assertThat(validation.violations(eventSourcing, places)).isEmpty();
    }

    @Test
    void sameSchemaCanBeRegisteredAgainAndAnotherCannot() {
        validation.register(eventSourcing, SHORT_NAMES);
        EventSchema same = new EventSchema(
                "Kennel.Named",
                1,
                "{ \"properties\": {\"name\": {\"maxLength\": 5, \"type\": \"string\"}}, \"type\": \"object\" }");
        assertThat(validation.register(eventSourcing, same)).isEmpty();
        assertThatExceptionOfType(SchemaConflictException.class)
                .isThrownBy(() -> validation.register(eventSourcing, new EventSchema("Kennel.Named", 1, "{}")))
                .withMessageContainingAll("Kennel.Named", "revision 1", "new revision");
        validation.register(eventSourcing, new EventSchema("Kennel.Named", 2, "{}"));
        assertThat(store.schemas().all()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "\"object\"",
                "{} {}",
                "{\"type\":\"objekt\"}",
                "{\"properties\":[]}",
                "{\"required\":\"name\"}",
                "{\"minimum\":\"3\"}",
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
                "{\"$ref\":\"#/$defs/missing\"}"
            })
    void whatIsNoSchemaIsRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> validation.register(eventSourcing, new EventSchema("Kennel.Named", 1, json)))
                .withMessageContainingAll("Kennel.Named", "2020-12");
        assertThat(store.schemas().all()).isEmpty();
    }

    /** A schema comes from outside, and must not make this program call others. */
    @Test
    void nothingIsFetched() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/schema.json";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> validation.register(
                            eventSourcing, new EventSchema("Kennel.Named", 1, "{\"$ref\":\"" + address + "\"}")));
            assertThatThrownBy(server::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> validation.register(
                        eventSourcing,
                        new EventSchema("Kennel.Named", 1, "{\"$ref\":\"classpath:logback-test.xml\"}")));
    }

    @Test
    void keywordsOf2020Count() {
        validation.register(
                eventSourcing,
                new EventSchema(
                        "Kennel.Named",
                        1,
                        "{\"$defs\":{\"short\":{\"maxLength\":5}},\"properties\":{\"name\":{\"$ref\":\"#/$defs/short\"},"
                                + "\"tags\":{\"prefixItems\":[{\"type\":\"string\"}],\"items\":false}},"
                                + "\"dependentRequired\":{\"tags\":[\"name\"]},\"unevaluatedProperties\":false}"));
        validation.validate("Kennel.Named", 1, bytes("{\"name\":\"Rex\",\"tags\":[\"a\"]}"));
        for (String wrong : List.of(
                "{\"name\":\"" + SECRET + "\"}",
                "{\"tags\":[\"a\"]}",
                "{\"name\":\"Rex\",\"tags\":[\"a\",1]}",
                "{\"name\":\"Rex\",\"" + SECRET + "\":1}",
                SECRET)) {
            assertThatExceptionOfType(SchemaViolationException.class)
                    .as(wrong)
                    .isThrownBy(() -> validation.validate("Kennel.Named", 1, bytes(wrong)))
                    .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(SECRET));
        }
    }

    @Test
    void missingPropertyIsNamed() {
        validation.register(eventSourcing, new EventSchema("Kennel.Named", 1, "{\"required\":[\"breed\"]}"));
        assertThatThrownBy(() -> saved("Rex"))
                .isInstanceOf(SchemaViolationException.class)
                .hasMessageContaining("(breed)");
    }

    private static final class Ticking extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void schemasOfOthersAreKnownAfterAWhile() {
        MemoryEventSchemas schemas = new MemoryEventSchemas();
        Ticking clock = new Ticking();
        SchemaValidation mine = SchemaValidation.of(schemas, clock);
        mine.validate("Kennel.Named", 1, bytes("{}"));
        schemas.getOrAdd(new EventSchema("Kennel.Named", 1, "false"));
        mine.validate("Kennel.Named", 1, bytes("{}"));
        clock.now = Instant.EPOCH.plus(Duration.ofSeconds(10));

        assertThatThrownBy(() -> mine.validate("Kennel.Named", 1, bytes("{}")))
                .isInstanceOf(SchemaViolationException.class);
    }
}
