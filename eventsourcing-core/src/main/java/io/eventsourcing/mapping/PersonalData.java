package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubjectKeys;
import java.lang.reflect.Type;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of payloads that are encrypted for their subjects. In place of its value a field holds {@code {"sealed":"…",
 * "forgotten":…}}: what {@link SubjectCipher} writes, in Base64, and what is read when the key is gone, which is left out if
 * it is null. A whole payload is {@code {"sealed":"…"}}. Thread-safe.
 */
final class PersonalData {

    private static final String SEALED = "sealed";
    private static final String FORGOTTEN = "forgotten";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final @Nullable SubjectCipher cipher;
    private final String missing;

    /** @param missing why there is no cipher, and what to do about it */
    PersonalData(@Nullable SubjectCipher cipher, String missing) {
        this.cipher = cipher;
        this.missing = missing;
    }

    PersonalData forTenant(String tenant) {
        return cipher == null ? this : new PersonalData(cipher.forTenant(tenant), missing);
    }

    /** @throws EventMappingException if the event has personal data and it couldn't be encrypted */
    void check(EventShape shape) {
        if (!shape.personal().isEmpty()) {
            requireCipher(shape.origin() + " has personal data");
        }
    }

    void forget(String subject) {
        requireCipher("A subject can't be forgotten").forget(subject);
    }

    static String names(EventShape shape) {
        return shape.personal().isEmpty()
                ? ""
                : shape.personal().stream().map(PersonalField::name).collect(Collectors.joining(","));
    }

    /** @throws EventMappingException if a field can't be found in what the mapper wrote, or has no subject */
    byte[] seal(byte[] json, EventShape shape, CipherContext context) {
        if (shape.personal().isEmpty()) {
            return json;
        }
        ObjectNode open = object(json, shape);
        ObjectNode sealed = open.deepCopy();
        for (PersonalField field : shape.personal()) {
            String subject = subject(open, field, shape, context);
            if (field.isWhole()) {
                return JsonTree.write(sealed(subject, json, context, field.name()));
            }
            JsonNode value = open.get(field.name());
            if (value == null) {
                requireLeftOut(field, open, shape);
                continue;
            }
            ObjectNode node = sealed(subject, JsonTree.write(value), context, field.name());
            replacement(field, shape).ifPresent(instead -> node.set(FORGOTTEN, instead));
            sealed.set(field.name(), node);
        }
        return JsonTree.write(sealed);
    }

    private ObjectNode sealed(String subject, byte[] plain, CipherContext context, String part) {
        return NODES.objectNode().put(SEALED, requireCipher(part).encrypt(subject, context.bytes(part), plain));
    }

    private static ObjectNode object(byte[] json, EventShape shape) {
        try {
            if (JsonTree.read(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // the same as JSON of another kind
        }
        throw new EventMappingException(
                shape.eventType() + " has personal data, so its payload must be a JSON object: that of "
                        + shape.origin() + " isn't",
                null);
    }

    /** A field that is written under another name would be stored as it is. */
    private static void requireLeftOut(PersonalField field, ObjectNode payload, EventShape shape) {
        Set<String> unknown = new HashSet<>(payload.propertyNames());
        shape.fields().forEach(known -> unknown.remove(known.name()));
        if (!unknown.isEmpty()) {
            throw new EventMappingException(
                    "The personal field '" + field.name() + "' of " + shape.origin()
                            + " is stored under another name, one of " + unknown + ": let it have its own",
                    null);
        }
    }

    private static String subject(ObjectNode payload, PersonalField field, EventShape shape, CipherContext context) {
        if (field.subject().isEmpty()) {
            return context.aggregateId();
        }
        JsonNode node = payload.get(field.subject());
        String subject = node != null && (node.isString() || node.isNumber()) ? node.asString() : "";
        if (subject.isBlank() || subject.length() > SubjectKeys.MAX_SUBJECT_LENGTH) {
            throw new EventMappingException(
                    shape.eventType() + " can't be stored: '" + field.subject() + "', the subject of '" + field.name()
                            + "', must be a text or number of 1 to " + SubjectKeys.MAX_SUBJECT_LENGTH + " characters",
                    null);
        }
        return subject;
    }

    private static Optional<JsonNode> replacement(PersonalField field, EventShape shape) {
        if (!field.replacement().isEmpty()) {
            return Optional.of(NODES.stringNode(field.replacement()));
        }
        return zero(shape.field(field.name()).type());
    }

    private static Optional<JsonNode> zero(Type type) {
        if (!(type instanceof Class<?> primitive) || !primitive.isPrimitive()) {
            return Optional.empty();
        }
        return Optional.of(
                type == boolean.class
                        ? NODES.booleanNode(false)
                        : type == char.class ? NODES.stringNode("\0") : NODES.numberNode(0));
    }

    /**
     * The payload as it was, or as it is without what was forgotten.
     *
     * @return null if the whole event was forgotten
     */
    @Nullable
    ObjectNode open(ObjectNode payload, String names, CipherContext context, RecordedEvent event) {
        for (String name : names.split(",")) {
            if (name.equals(PersonalField.WHOLE)) {
                return (ObjectNode) opened(payload, name, context, event).orElse(null);
            }
            JsonNode value = payload.get(name);
            if (value != null) {
                payload.set(name, opened(value, name, context, event).orElseGet(() -> forgotten(value)));
            }
        }
        return payload;
    }

    private static JsonNode forgotten(JsonNode value) {
        JsonNode instead = value.get(FORGOTTEN);
        return instead == null ? NODES.nullNode() : instead;
    }

    private Optional<JsonNode> opened(JsonNode value, String name, CipherContext context, RecordedEvent event) {
        SubjectCipher present = requireCipher(event + " has personal data");
        try {
            JsonNode sealed = value.get(SEALED);
            byte[] encrypted = sealed == null ? new byte[0] : sealed.binaryValue();
            return present.decrypt(context.bytes(name), encrypted).map(JsonTree::read);
        } catch (GeneralSecurityException | JacksonException e) {
            throw new EventMappingException(
                    "The personal field '" + name + "' of " + event
                            + " can't be decrypted: it was changed, or moved here from elsewhere",
                    null);
        }
    }

    private SubjectCipher requireCipher(String what) {
        if (cipher == null) {
            throw new EventMappingException(what + ": " + missing, null);
        }
        return cipher;
    }
}
