package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * A part of a projection, which one node at a time works on: the streams whose slots are in a range. Every stream has a
 * slot from 0 to 1023, which its name decides for ever.
 *
 * @param first the first slot
 * @param last the last slot, which is part of it
 */
public record SegmentId(String projection, int first, int last) implements Comparable<SegmentId> {

    /** How many slots there are, and how many segments there can be. */
    public static final int SLOTS = 1024;

    private static final Comparator<SegmentId> ORDER = Comparator.comparing(SegmentId::projection)
            .thenComparingInt(SegmentId::first)
            .thenComparingInt(SegmentId::last);

    /** @throws IllegalArgumentException if there are no such slots */
    public SegmentId {
        if (first < 0 || last < first || last >= SLOTS) {
            throw new IllegalArgumentException(
                    "A segment has slots from 0 to " + (SLOTS - 1) + ", not from " + first + " to " + last);
        }
    }

    /**
     * All streams, in so many segments.
     *
     * @param count 1 to {@value #SLOTS}
     */
    public static List<SegmentId> divide(String projection, int count) {
        if (count < 1 || count > SLOTS) {
            throw new IllegalArgumentException("A projection has 1 to " + SLOTS + " segments, not " + count);
        }
        return IntStream.range(0, count)
                .mapToObj(i -> new SegmentId(projection, i * SLOTS / count, (i + 1) * SLOTS / count - 1))
                .toList();
    }

    /** The slot of a stream. */
    public static int slot(StreamName stream) {
        CRC32 hash = new CRC32();
        hash.update(stream.value().getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % SLOTS);
    }

    /** Whether the events of a stream are handled here. */
    public boolean holds(StreamName stream) {
        if (first == 0 && last == SLOTS - 1) {
            return true;
        }
        int slot = slot(stream);
        return first <= slot && slot <= last;
    }

    @Override
    public int compareTo(SegmentId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return projection + "[" + first + "-" + last + "]";
    }
}
