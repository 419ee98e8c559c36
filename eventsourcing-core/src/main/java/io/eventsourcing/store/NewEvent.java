package io.eventsourcing.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * An event to be appended. The byte arrays are not copied: whoever makes the event hands them over. {@link #toString()}
 * shows neither.
 *
 * @param id makes a repeated append recognisable: random, and the same whenever the same append is tried again
 * @param type 1 to {@value #MAX_TYPE_LENGTH} characters, such as {@code Dog.TrickAdded}
 * @param data the payload, at most {@value #MAX_BYTES} bytes, may be empty
 * @param metadata at most {@value #MAX_BYTES} bytes, may be empty
 * @param timestamp when it happened; kept in microseconds, finer parts are cut off
 * @param tags what it is about, such as {@code dog:5f2c}, for {@linkplain EventQuery queries}: at most {@value #MAX_TAGS},
 *     see {@link EventQuery#MAX_TAG_LENGTH}. A store that can't keep tags refuses events that have some
 */
public record NewEvent(UUID id, String type, byte[] data, byte[] metadata, Instant timestamp, Set<String> tags) {

    /** The longest type name, in characters. */
    public static final int MAX_TYPE_LENGTH = 200;

    /** The most that data, and likewise metadata, may hold: 1 MiB, which every backend takes. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** The most tags that an event may have. */
    public static final int MAX_TAGS = 100;

    /** @throws IllegalArgumentException if a limit is exceeded; the message says which */
    public NewEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        EventType.requireName(type);
        requireSize("data", data, type);
        requireSize("metadata", metadata, type);
        timestamp = timestamp.truncatedTo(ChronoUnit.MICROS);
        tags = Set.copyOf(tags);
        requireTags(tags, type);
    }

    /** Without tags. */
    public NewEvent(UUID id, String type, byte[] data, byte[] metadata, Instant timestamp) {
        this(id, type, data, metadata, timestamp, Set.of());
    }

    private static void requireTags(Set<String> tags, String type) {
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "An event has at most " + MAX_TAGS + " tags, one of " + type + " has " + tags.size());
        }
        tags.forEach(EventQuery::requireTag);
    }

    private static void requireSize(String name, byte[] bytes, String type) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("The " + name + " of an event has at most " + MAX_BYTES
                    + " bytes, that of " + type + " has " + bytes.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewEvent that
                && id.equals(that.id)
                && type.equals(that.type)
                && timestamp.equals(that.timestamp)
                && tags.equals(that.tags)
                && Arrays.equals(data, that.data)
                && Arrays.equals(metadata, that.metadata);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return type + "[id=" + id + ", " + data.length + " bytes]";
    }
}
