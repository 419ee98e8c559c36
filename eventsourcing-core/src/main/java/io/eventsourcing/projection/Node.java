package io.eventsourcing.projection;

import java.time.Clock;
import java.time.Duration;

/**
 * What all segments of a node share.
 *
 * @param attention to be called when the node has something to do before its time; it returns at once
 * @param progress to be called when a segment has come on; it returns at once
 */
record Node(
        String name,
        ProjectionStore store,
        Feed feed,
        Duration lease,
        Clock clock,
        Runnable attention,
        Runnable progress) {}
