package io.eventsourcing.store;

/**
 * What payloads of a type and revision look like.
 *
 * @param type of the events, as they are stored
 * @param revision of the payload, 1 or more
 * @param json a JSON Schema, as it was written: at most {@value #MAX_LENGTH} characters
 */
public record EventSchema(String type, int revision, String json) {

    /** The longest schema, in characters. */
    public static final int MAX_LENGTH = 100_000;

    /** @throws IllegalArgumentException if a limit is exceeded; the message says which */
    public EventSchema {
        EventType.requireName(type);
        if (revision < 1) {
            throw new IllegalArgumentException(
                    "The revision of a schema is 1 or more, that of " + type + " is " + revision);
        }
        if (json.isBlank() || json.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A schema has 1 to " + MAX_LENGTH + " characters, that of " + type + " has " + json.length());
        }
    }

    /** Which one it is, for messages. */
    @Override
    public String toString() {
        return "schema of " + type + " in revision " + revision;
    }
}
