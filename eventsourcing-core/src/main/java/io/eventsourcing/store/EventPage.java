package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * What one step of a read has found. For backends.
 *
 * @param events in order; may be empty although there are more
 * @param lookedUpTo the last position, in the order of the read, that was looked at: the next step begins behind it. Empty if
 *     there is nothing more
 */
public record EventPage(List<RecordedEvent> events, OptionalLong lookedUpTo) {

    /** Of a read that has ended. */
    public static EventPage last(List<RecordedEvent> events) {
        return new EventPage(events, OptionalLong.empty());
    }

    /**
     * Of events that were fetched without asking whether they are wanted.
     *
     * @param fetched all events of the range, up to somewhere
     * @param ended whether there are none behind these
     * @param count how many are wanted at most
     * @param position what the read counts
     */
    public static EventPage filtered(
            List<RecordedEvent> fetched,
            boolean ended,
            EventFilter filter,
            int count,
            ToLongFunction<RecordedEvent> position) {
        List<RecordedEvent> found = new ArrayList<>();
        for (RecordedEvent event : fetched) {
            if (filter.matches(event)) {
                found.add(event);
                if (found.size() == count) {
                    return new EventPage(found, OptionalLong.of(position.applyAsLong(event)));
                }
            }
        }
        return ended || fetched.isEmpty()
                ? last(found)
                : new EventPage(found, OptionalLong.of(position.applyAsLong(fetched.get(fetched.size() - 1))));
    }
}
