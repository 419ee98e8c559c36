package io.eventsourcing.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a rebuild has come.
 *
 * @param since when it was started
 * @param position up to where all of its segments are done
 * @param head the position of the last event of the store
 * @param done the share of what the live projection has done that is rebuilt, by position, from 0 to 1
 * @param remaining how long it takes until it has caught up, if it goes on as it did; empty if it hasn't come far enough to
 *     tell
 * @param handled how many events this node has handled in it, with the segments that it has now
 * @param rate how many events this node has handled in a second, lately
 * @param lastError what failed last on this node, if nothing has succeeded since
 * @param deadLetters how many events are parked in the rebuild
 */
public record RebuildStatus(
        String projection,
        Instant since,
        long position,
        long head,
        double done,
        Optional<Duration> remaining,
        long handled,
        double rate,
        List<SegmentStatus> segments,
        Optional<String> lastError,
        long deadLetters) {

    public RebuildStatus {
        segments = List.copyOf(segments);
    }

    /** @return empty if nothing is done yet */
    static Optional<Duration> remaining(double done, Duration elapsed) {
        return done <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * (1 - done) / done)));
    }
}
