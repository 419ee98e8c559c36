package io.eventsourcing.mapping;

/**
 * A field of a payload that is stored encrypted for its subject.
 *
 * @param name in the payload, or {@link #WHOLE} for all of it
 * @param subject the field whose value names the subject; empty for the aggregate itself
 * @param replacement what stands in for a forgotten value; empty for null, 0 or false
 */
public record PersonalField(String name, String subject, String replacement) {

    /** In place of a name: the whole payload. */
    public static final String WHOLE = "*";

    boolean isWhole() {
        return name.equals(WHOLE);
    }
}
