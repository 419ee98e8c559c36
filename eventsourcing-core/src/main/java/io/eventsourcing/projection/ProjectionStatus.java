package io.eventsourcing.projection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a projection stands.
 *
 * @param position up to where all of its segments are done
 * @param head the position of the last event of the store
 * @param lag how many events it is behind, of those that it wants, up to {@value #MAX_LAG}, which says that many or more
 * @param behind the age of the oldest of them; 0 if there is none
 * @param rate how many events this node has handled in a second, lately
 * @param lastError what failed last on this node, if nothing has succeeded since
 * @param deadLetters how many events are parked
 * @param timeouts how many of a process manager wait, and have failed
 */
public record ProjectionStatus(
        String name,
        boolean paused,
        long position,
        long head,
        int lag,
        Duration behind,
        double rate,
        List<SegmentStatus> segments,
        Optional<String> lastError,
        long deadLetters,
        TimeoutStore.Count timeouts) {

    /** Where counting ends. */
    public static final int MAX_LAG = 1_000;

    public ProjectionStatus {
        segments = List.copyOf(segments);
    }
}
