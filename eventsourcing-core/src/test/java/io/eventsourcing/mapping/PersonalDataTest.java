package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.memory.MemorySubjectKeys;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Personal data by itself, as it is inside of what encrypts all of a payload. */
class PersonalDataTest {

    private static final String CANARY = "kanarienvogel";
    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final EventShape SHAPE = new EventShape(
                    "Dog.Sold",
                    "Dog.sell(…)",
                    Object.class,
                    Object.class,
                    List.of(
                            new EventShape.Parameter("buyer", String.class),
                            new EventShape.Parameter("seller", String.class),
                            new EventShape.Parameter("price", double.class)),
                    null)
            .withPersonal(List.of(
                    new PersonalField("buyer", "", ""),
                    new PersonalField("seller", "", ""),
                    new PersonalField("price", "", "")));
    private static final CipherContext CONTEXT =
            new CipherContext(StreamName.of("Dog-1"), new UUID(0, 1), "Dog.Sold", 1);
    private static final RecordedEvent EVENT = Payload.event(new byte[0], new byte[0]);

    private final MemorySubjectKeys subjects = new MemorySubjectKeys();
    private final PersonalData personal = personal(KEYS);

    private PersonalData personal(CipherKeys keys) {
        return new PersonalData(
                new SubjectCipher(subjects, keys, new SubjectKeyCache(Clock.systemUTC())), "nothing is missing");
    }

    private ObjectNode sealed() {
        String json = "{\"buyer\":\"" + CANARY + "\",\"seller\":\"" + CANARY + "2\",\"price\":1.50}";
        byte[] sealed = personal.seal(json.getBytes(StandardCharsets.UTF_8), SHAPE, CONTEXT);
        assertThat(new String(sealed, StandardCharsets.UTF_8)).doesNotContain(CANARY, "1.50");
        return (ObjectNode) JsonTree.read(sealed);
    }

    private ObjectNode open(PersonalData by, ObjectNode payload, CipherContext context) {
        return by.open(payload, PersonalData.names(SHAPE), context, EVENT);
    }

    private void assertRefused(PersonalData by, ObjectNode payload, CipherContext context) {
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> open(by, payload, context))
                .withMessageContaining("can't be decrypted")
                .withMessageContaining("changed, or moved")
                .withMessageNotContaining(CANARY);
    }

    @Test
    void fieldsAreOpenedToTheDigit() {
        assertThat(open(personal, sealed(), CONTEXT).toString())
                .isEqualTo("{\"buyer\":\"" + CANARY + "\",\"seller\":\"" + CANARY + "2\",\"price\":1.50}");
    }

    @Test
    void aFieldCannotBeMovedToAnother() {
        ObjectNode payload = sealed();
        JsonNode buyer = payload.get("buyer");
        payload.set("buyer", payload.get("seller"));
        payload.set("seller", buyer);

        assertRefused(personal, payload, CONTEXT);
    }

    @Test
    void aFieldCannotBeMovedToAnotherEventOrStreamOrRevision() {
        ObjectNode payload = sealed();
        for (CipherContext other : List.of(
                new CipherContext(CONTEXT.stream(), new UUID(0, 2), CONTEXT.type(), 1),
                new CipherContext(StreamName.of("Dog-2"), CONTEXT.eventId(), CONTEXT.type(), 1),
                new CipherContext(CONTEXT.stream(), CONTEXT.eventId(), "Dog.Bought", 1),
                new CipherContext(CONTEXT.stream(), CONTEXT.eventId(), CONTEXT.type(), 2))) {
            assertRefused(personal, payload.deepCopy(), other);
        }
    }

    @Test
    void aFieldThatIsNotSealedIsRefused() {
        ObjectNode text = sealed().put("buyer", CANARY);
        ObjectNode noBase64 = sealed();
        ((ObjectNode) noBase64.get("buyer")).put("sealed", "%%%" + CANARY);
        ObjectNode tooShort = sealed();
        ((ObjectNode) tooShort.get("buyer")).put("sealed", "AAAA");

        for (ObjectNode payload : List.of(text, noBase64, tooShort)) {
            assertRefused(personal, payload, CONTEXT);
        }
    }

    @Test
    void aSubjectsKeyNeedsTheKeyThatEncryptedIt() {
        ObjectNode payload = sealed();
        byte[] other = new byte[32];
        PersonalData elsewhere = personal(CipherKeys.of(Base64.getEncoder().encodeToString(other)));

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> open(elsewhere, payload, CONTEXT))
                .withMessageContaining("SubjectKey[")
                .withMessageContaining("which isn't in CIPHER_KEY");
    }

    @Test
    void aForgottenKeyIsGoneAtOnceAlsoForWhoHasJustUsedIt() {
        ObjectNode payload = sealed();
        open(personal, payload.deepCopy(), CONTEXT);
        personal.forget("1");

        assertThat(open(personal, payload, CONTEXT).toString())
                .isEqualTo("{\"buyer\":null,\"seller\":null,\"price\":0}");
    }
}
