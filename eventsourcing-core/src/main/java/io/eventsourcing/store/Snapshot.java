package io.eventsourcing.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * What events up to a position have made. The array isn't copied; {@link #toString()} doesn't show it.
 *
 * @param position of the last event that is in it: its stream position, in a snapshot of a projection its commit position
 * @param lastEvent the id of that event, by which a reader finds out whether the events are still the same
 * @param type what was made, 1 to {@value #MAX_TYPE_LENGTH} characters
 * @param shape says what the data can be read as, 1 to {@value #MAX_SHAPE_LENGTH} characters; a snapshot of another shape is
 *     of no use
 * @param data at most {@value #MAX_BYTES} bytes, may be empty
 * @param takenAt kept in microseconds, finer parts are cut off
 */
public record Snapshot(
        SnapshotName name, long position, UUID lastEvent, String type, String shape, byte[] data, Instant takenAt) {

    /** The longest type, in characters. */
    public static final int MAX_TYPE_LENGTH = 200;

    /** The longest shape, in characters. */
    public static final int MAX_SHAPE_LENGTH = 100;

    /** The most that the data may hold: as much as an event, which every backend takes. */
    public static final int MAX_BYTES = NewEvent.MAX_BYTES;

    /** @throws IllegalArgumentException if a limit is exceeded; the message says which */
    public Snapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lastEvent, "lastEvent");
        requireText("type", type, MAX_TYPE_LENGTH);
        requireText("shape", shape, MAX_SHAPE_LENGTH);
        if (position < 0) {
            throw new IllegalArgumentException("A snapshot is of a position of 0 or more, not " + position);
        }
        if (data.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A snapshot has at most " + MAX_BYTES + " bytes, that of " + name + " has " + data.length);
        }
        takenAt = takenAt.truncatedTo(ChronoUnit.MICROS);
    }

    private static void requireText(String what, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException(
                    "The " + what + " of a snapshot has 1 to " + longest + " characters, not '" + text + "'");
        }
        PlainText.require(what, text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that
                && name.equals(that.name)
                && position == that.position
                && lastEvent.equals(that.lastEvent)
                && type.equals(that.type)
                && shape.equals(that.shape)
                && takenAt.equals(that.takenAt)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, position, lastEvent);
    }

    @Override
    public String toString() {
        return "Snapshot[" + name + "@" + position + ", " + type + ", " + data.length + " bytes]";
    }
}
