package io.eventsourcing;

import java.util.List;

/**
 * What a save has stored.
 *
 * @param recordings one for each aggregate that had pending events, in the order in which they were given
 */
public record SaveResult(List<Recording> recordings) {

    public SaveResult {
        recordings = List.copyOf(recordings);
    }

    /** Whether nothing was pending. */
    public boolean isEmpty() {
        return recordings.isEmpty();
    }

    /** The position of the last event stored; 0 if nothing was. Who has read up to here has seen this save. */
    public long commitPosition() {
        return recordings.stream().mapToLong(Recording::commitPosition).max().orElse(0);
    }
}
