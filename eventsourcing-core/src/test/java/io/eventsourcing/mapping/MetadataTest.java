package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    private final JacksonEventMapper mapper = new JacksonEventMapper();
    private final Dog fido = new Dog("Fido");

    private List<Metadata> stored(EventSourcing eventSourcing) {
        return eventSourcing.repository().history(Dog.class, fido.id()).stream()
                .map(mapper::decodeMetadata)
                .toList();
    }

    private Metadata read(byte[] metadata) {
        return mapper.decodeMetadata(Payload.event(new byte[0], metadata));
    }

    @Test
    void knowsTheTwoIdsThatTheFieldHasAgreedOn() {
        Metadata metadata =
                Metadata.ofCorrelationId("request").withCausationId("command").with("user", "ada");

        assertThat(metadata.correlationId()).contains("request");
        assertThat(metadata.causationId()).contains("command");
        assertThat(metadata.find("user")).contains("ada");
        assertThat(metadata.find("tenant")).isEmpty();
        assertThat(metadata.values()).isUnmodifiable().hasSize(3);
        assertThat(Metadata.none().correlationId()).isEmpty();
    }

    @Test
    void isImmutable() {
        Map<String, String> values = new HashMap<>(Map.of("a", "1"));
        Metadata metadata = new Metadata(values);
        values.put("b", "2");
        Metadata other = metadata.with("a", "3");

        assertThat(metadata.values()).containsExactly(Map.entry("a", "1"));
        assertThat(other.values()).containsExactly(Map.entry("a", "3"));
    }

    @Test
    void laterValuesWin() {
        Metadata one = new Metadata(Map.of("a", "1", "b", "1"));
        Metadata two = new Metadata(Map.of("b", "2", "c", "2"));

        assertThat(one.overriddenBy(two)).isEqualTo(new Metadata(Map.of("a", "1", "b", "2", "c", "2")));
        assertThat(one.overriddenBy(Metadata.none())).isEqualTo(one);
        assertThat(Metadata.none().overriddenBy(two)).isEqualTo(two);
    }

    @Test
    @SuppressWarnings("NullAway")
    void holdsNoNull() {
        assertThatNullPointerException().isThrownBy(() -> Metadata.none().with("a", null));
        assertThatNullPointerException().isThrownBy(() -> Metadata.none().with(null, "a"));
    }

    @Test
    void comesBackAsItWas() {
        Metadata metadata = new Metadata(Map.of("", "\0\"", "🐕", "e\u0301\uD800", "correlationId", "c"));

        assertThat(read(mapper.encode(metadata))).isEqualTo(metadata);
        assertThat(mapper.encode(Metadata.none())).isEmpty();
        assertThat(read(new byte[0])).isEqualTo(Metadata.none());
    }

    @Test
    void nameThatCouldNotBeReadIsRefused() {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> mapper.encode(Metadata.none().with("\uDC00", "x")))
                .withMessageContainingAll("metadata", "lone surrogate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{\"a\":null}", "{\"a\":[\"kanarienvogel\"]}", "{", "{} {}", "kanarienvogel"})
    void whatIsNoMetadataIsRefused(String json) {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> read(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageStartingWith("The metadata of Dog.TrickAdded[Dog-1@0")
                .withMessageNotContaining("kanarienvogel")
                .withNoCause();
    }

    @Test
    void isStoredWithEachEventOfASave() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        fido.addTrick("sit");
        eventSourcing.save(Metadata.ofCorrelationId("1").withCausationId("0"), fido);
        fido.addTrick("down");
        eventSourcing.save(fido);

        Metadata first = Metadata.ofCorrelationId("1").withCausationId("0");
        assertThat(stored(eventSourcing)).containsExactly(first, first, Metadata.none());
    }

    @Test
    void supplierIsAskedAtEachSaveAndWhatIsGivenToTheSaveWins() {
        AtomicInteger saves = new AtomicInteger();
        EventSourcing eventSourcing = EventSourcing.builder(new MemoryEventStore())
                .metadata(() ->
                        Metadata.ofCorrelationId("s" + saves.incrementAndGet()).with("user", "ada"))
                .build();
        eventSourcing.save(fido);
        fido.addTrick("sit");
        eventSourcing.save(Metadata.ofCorrelationId("given"), fido);

        assertThat(stored(eventSourcing))
                .containsExactly(
                        Metadata.ofCorrelationId("s1").with("user", "ada"),
                        Metadata.ofCorrelationId("given").with("user", "ada"));
    }

    @Test
    void payloadsAreNoPartOfWhatEventsSayOfThemselves() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        String saved =
                eventSourcing.save(Metadata.ofCorrelationId("secret"), fido).toString();
        RecordedEvent stored = eventSourcing
                .repository()
                .history(Dog.class, fido.id())
                .toList()
                .get(0);

        assertThat(saved + stored).doesNotContain("Fido").doesNotContain("secret");
    }
}
