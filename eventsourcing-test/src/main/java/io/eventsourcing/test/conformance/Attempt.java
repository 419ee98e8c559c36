package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.NewEvent;
import java.util.List;

/**
 * What became of one append in a race.
 *
 * @param outcome the result, or the conflict
 */
record Attempt(List<NewEvent> events, Object outcome) {

    boolean isSuccessful() {
        return outcome instanceof AppendResult;
    }
}
