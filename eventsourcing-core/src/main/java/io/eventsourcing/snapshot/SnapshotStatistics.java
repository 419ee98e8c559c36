package io.eventsourcing.snapshot;

/**
 * What has become of snapshots of aggregates since the start.
 *
 * @param used by which an aggregate was made, so that the events before weren't read; those in the cache count too
 * @param ignored that were found, and could not be used: of another shape, unreadable, or of events that aren't there
 * @param taken and stored
 * @param failed that were due and could not be taken or stored
 */
public record SnapshotStatistics(long used, long ignored, long taken, long failed) {}
