package io.eventsourcing.store;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * The name of a stream: 1 to {@value #MAX_BYTES} bytes of UTF-8 without control characters, not starting with {@code $}
 * (stores keep such names for themselves) and not starting or ending with a space. Names are compared character by
 * character. What stands before the first {@code -} is the stream's category.
 */
public record StreamName(String value) implements Comparable<StreamName> {

    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_BYTES = 200;

    /** @throws IllegalArgumentException if the name breaks one of the rules; the message says which */
    public StreamName {
        Objects.requireNonNull(value, "stream name");
        if (value.isEmpty() || value.strip().length() != value.length()) {
            throw new IllegalArgumentException(
                    "A stream name is not empty and has no spaces around it: '" + value + "'");
        }
        if (value.charAt(0) == '$') {
            throw new IllegalArgumentException("A stream name doesn't start with $, which stores keep for themselves");
        }
        PlainText.require("stream name", value);
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A stream name has at most " + MAX_BYTES + " bytes of UTF-8, this one has " + bytes);
        }
    }

    public static StreamName of(String value) {
        return new StreamName(value);
    }

    /** The stream of one aggregate: {@code Dog-5f2c…}. */
    public static StreamName of(String category, UUID id) {
        return new StreamName(category + "-" + id);
    }

    /** What stands before the first {@code -}; the whole name if there is none. */
    public String category() {
        int dash = value.indexOf('-');
        return dash < 0 ? value : value.substring(0, dash);
    }

    @Override
    public int compareTo(StreamName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
