package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.StoredEvents;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.StreamName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NAME = "kanarienvogel ".repeat(40);

    private final MemoryEventStore store = new MemoryEventStore();

    private EventSourcing with(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return EventSourcing.builder(store).settings(Settings.of(values)).build();
    }

    private RecordedEvent stored() {
        return StoredEvents.all(store).get(0);
    }

    private static Dog save(EventSourcing eventSourcing) {
        Dog dog = new Dog(NAME);
        eventSourcing.save(Metadata.ofCorrelationId("request-7"), dog);
        return dog;
    }

    private static String key(int seed) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return Base64.getEncoder().encodeToString(key);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void whatIsStoredIsReadAgain(boolean compressed, boolean encrypted) {
        EventSourcing eventSourcing =
                with("COMPRESSOR", compressed ? "zstd" : "none", "CIPHER_KEY", encrypted ? KEY : "");
        Dog dog = save(eventSourcing);

        assertThat(eventSourcing.repository().get(Dog.class, dog.id()).name()).isEqualTo(NAME);
        assertThat(StoredEvents.text(stored().data()).contains("kanarienvogel")).isEqualTo(!encrypted);
        assertThat(stored().data().length < 200).isEqualTo(compressed);
        assertThat(StoredEvents.text(stored().metadata())).isEqualTo("{\"correlationId\":\"request-7\"}");
        assertThat(eventSourcing.read(stored()))
                .singleElement()
                .satisfies(
                        event -> assertThat(StoredEvents.text(event.data())).isEqualTo("{\"name\":\"" + NAME + "\"}"));
    }

    @Test
    void withoutSettingsNothingIsDifferent() {
        save(with());

        assertThat(StoredEvents.text(stored().data())).isEqualTo("{\"name\":\"" + NAME + "\"}");
    }

    @Test
    void whatWasStoredBeforeIsReadBesideWhatIsStoredNow() {
        Dog dog = save(with());
        for (EventSourcing each : List.of(with("COMPRESSOR", "zstd"), with("CIPHER_KEY", KEY, "COMPRESSOR", "zstd"))) {
            Dog loaded = each.repository().get(Dog.class, dog.id());
            loaded.addTrick(NAME + loaded.version());
            each.save(loaded);
        }

        assertThat(with("CIPHER_KEY", KEY).repository().get(Dog.class, dog.id()).tricks())
                .containsExactly(NAME + 1, NAME + 2);
    }

    @Test
    void whatDoesNotBecomeSmallerIsNotCompressed() {
        EventSourcing eventSourcing = with("COMPRESSOR", "zstd");
        eventSourcing.save(new Dog("Fido"));

        assertThat(StoredEvents.text(stored().data())).isEqualTo("{\"name\":\"Fido\"}");
    }

    @Test
    void theSamePayloadIsNeverEncryptedAlike() {
        EventSourcing eventSourcing = with("CIPHER_KEY", KEY);
        save(eventSourcing);
        save(eventSourcing);

        List<RecordedEvent> events = StoredEvents.all(store);
        assertThat(nonce(events.get(0))).isNotEqualTo(nonce(events.get(1)));
    }

    private static byte[] nonce(RecordedEvent event) {
        return Arrays.copyOfRange(event.data(), 4 + 1 + 16, 4 + 1 + 16 + 12);
    }

    @Test
    void aMissingKeyIsNamedAndNoKeyIsShown() {
        UUID id = save(with("CIPHER_KEY", KEY)).id();
        String keyId = CipherKeys.of(KEY).ids().get(0);

        for (EventSourcing each : List.of(with(), with("CIPHER_KEY", key(7)))) {
            assertThatExceptionOfType(EventMappingException.class)
                    .isThrownBy(() -> each.repository().get(Dog.class, id))
                    .withMessageContainingAll("Dog.Registered[Dog-" + id + "@0", keyId, "CIPHER_KEY")
                    .withMessageNotContainingAny(KEY, key(7), "kanarienvogel");
        }
    }

    @Test
    void keysAreRotatedByPuttingTheNewOneFirst() {
        UUID id = save(with("CIPHER_KEY", KEY)).id();
        EventSourcing rotated = with("CIPHER_KEY", key(7) + " , " + KEY);
        Dog dog = rotated.repository().get(Dog.class, id);
        dog.addTrick("sit");
        rotated.save(dog);

        assertThat(rotated.repository().get(Dog.class, id).tricks()).containsExactly("sit");
        RecordedEvent second = StoredEvents.all(store).get(1);
        assertThat(StoredEvents.text(second.data()))
                .contains(CipherKeys.of(key(7)).ids().get(0));
    }

    @Test
    void encryptedBytesCannotBeMovedOrChanged() {
        EventSourcing eventSourcing = with("CIPHER_KEY", KEY);
        save(eventSourcing);
        RecordedEvent event = stored();
        byte[] changed = event.data().clone();
        changed[changed.length - 1] ^= 1;
        StreamName other = StreamName.of("Dog", new UUID(0, 0));
        byte[] newer = StoredEvents.bytes("{\"es-revision\":\"2\"}");

        assertThatCode(() -> eventSourcing.read(event)).doesNotThrowAnyException();
        assertThatCode(() -> eventSourcing.read(
                        copy(event, event.stream(), event.id(), event.type(), event.data(), new byte[0])))
                .doesNotThrowAnyException();
        for (RecordedEvent forged : List.of(
                copy(event, other, event.id(), event.type(), event.data(), event.metadata()),
                copy(event, event.stream(), UUID.randomUUID(), event.type(), event.data(), event.metadata()),
                copy(event, event.stream(), event.id(), "Dog.Adopted", event.data(), event.metadata()),
                copy(event, event.stream(), event.id(), event.type(), event.data(), newer),
                copy(event, event.stream(), event.id(), event.type(), changed, event.metadata()))) {
            assertThatExceptionOfType(EventMappingException.class)
                    .isThrownBy(() -> eventSourcing.read(forged))
                    .withMessageContainingAll(
                            forged.toString(), CipherKeys.of(KEY).ids().get(0), "changed, or moved");
        }
    }

    private static RecordedEvent copy(
            RecordedEvent event, StreamName stream, UUID id, String type, byte[] data, byte[] metadata) {
        return new RecordedEvent(
                stream, event.streamPosition(), event.commitPosition(), id, type, data, metadata, event.timestamp());
    }

    private RecordedEvent withData(byte[] data) {
        return new RecordedEvent(
                StreamName.of("Dog-1"), 0, 1, UUID.randomUUID(), "Dog.Registered", data, new byte[0], Instant.EPOCH);
    }

    private static byte[] envelope(char kind, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put(new byte[] {1, 'E', 'S', (byte) kind})
                .put(content)
                .array();
    }

    @Test
    void aDecompressionBombIsRefused() {
        byte[] bomb = Zstd.compress(new byte[NewEvent.MAX_BYTES + 1]);
        byte[] two = ByteBuffer.allocate(200)
                .put(Zstd.compress(new byte[10]))
                .put(Zstd.compress(new byte[NewEvent.MAX_BYTES]))
                .array();
        byte[] large = Zstd.compress(new byte[NewEvent.MAX_BYTES]);

        assertThat(bomb).hasSizeLessThan(200);
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> with().read(withData(envelope('Z', bomb))))
                .withMessageContaining("can't be decompressed: it would have 1048577 bytes");
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> with().read(withData(envelope('Z', two))))
                .withMessageContaining("can't be decompressed");
        assertThat(with().read(withData(envelope('Z', large))))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).hasSize(NewEvent.MAX_BYTES));
    }

    @Test
    void brokenEnvelopesAreRefused() {
        byte[] frame = Zstd.compress(new byte[100]);
        for (byte[] data : List.of(
                envelope('Z', new byte[0]),
                envelope('Z', new byte[50]),
                envelope('Z', Arrays.copyOf(frame, frame.length - 1)),
                envelope('A', new byte[0]),
                envelope('A', new byte[] {17, 1, 2}),
                envelope('A', new byte[] {(byte) 255}),
                envelope('A', new byte[] {1, '\n', 3}),
                envelope(
                        'A',
                        ByteBuffer.allocate(17)
                                .put((byte) 16)
                                .put(StoredEvents.bytes(CipherKeys.of(KEY).ids().get(0)))
                                .array()),
                envelope('?', new byte[50]),
                envelope('Z', Zstd.compress(envelope('Z', frame))))) {
            assertThatExceptionOfType(EventMappingException.class)
                    .isThrownBy(() -> with("CIPHER_KEY", KEY).read(withData(data)))
                    .withMessageStartingWith("Dog.Registered[Dog-1@0")
                    .withMessageNotContaining("\n");
        }
    }

    @Test
    void whatOnlyLooksLikeAnEnvelopeIsReadAsItIs() {
        for (byte[] data :
                List.of(new byte[0], new byte[] {1}, new byte[] {1, 'E', 'S'}, new byte[] {1, 'E', 'X', 'Z', 1})) {
            RecordedEvent event = withData(data);
            assertThat(with().read(event)).containsExactly(event);
        }
    }

    @Test
    void whatIsTooLargeIsRefusedAlthoughItWouldFitCompressed() {
        EventSourcing eventSourcing = with("COMPRESSOR", "zstd");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> eventSourcing.save(new Dog("x".repeat(NewEvent.MAX_BYTES))))
                .withMessageContaining("at most 1048576 bytes");
        assertThat(StoredEvents.all(store)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geheim",
                "AAECAwQFBgcICQoLDA0ODw==",
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,",
                "geheim geheim"
            })
    void aKeyThatIsNoneIsRefusedAndNotShown(String key) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> with("CIPHER_KEY", key))
                .withMessageContainingAll(
                        "CIPHER_KEY", "eventsourcing.cipher-key", "256 bits", "openssl rand -base64 32")
                .withNoCause()
                .withMessageNotContainingAny("geheim", "AAEC");
    }

    @Test
    void anUnknownCompressorIsRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> with("COMPRESSOR", "zip"))
                .withMessageContainingAll("'zip'", "COMPRESSOR", "none, zstd");
        assertThat(Compression.of(" ZStd ")).isEqualTo(Compression.ZSTD);
    }

    @Test
    void textOfKeysShowsTheirIdsAlone() {
        CipherKeys keys = CipherKeys.of(KEY + "," + key(7));

        assertThat(keys.toString())
                .contains(keys.ids().get(0), CipherKeys.of(key(7)).ids().get(0))
                .doesNotContain(KEY, key(7));
        assertThat(keys.ids().get(0)).matches("[0-9a-f]{16}");
    }
}
