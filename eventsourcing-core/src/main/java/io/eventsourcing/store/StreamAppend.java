package io.eventsourcing.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The events that one append adds to one stream, and what it expects of that stream. */
public record StreamAppend(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {

    /** @throws IllegalArgumentException if two of the events have one id */
    public StreamAppend {
        events = List.copyOf(events);
        requireDistinctIds(events);
    }

    /**
     * Checks the appends of one call.
     *
     * @throws IllegalArgumentException if a stream is named twice
     */
    public static void requireDistinctStreams(List<StreamAppend> appends) {
        Set<StreamName> streams = new HashSet<>();
        for (StreamAppend append : appends) {
            if (!streams.add(append.stream())) {
                throw new IllegalArgumentException("Stream " + append.stream() + " is named twice in one append");
            }
        }
    }

    private static void requireDistinctIds(List<NewEvent> events) {
        if (events.size() < 2) {
            return;
        }
        Set<UUID> ids = new HashSet<>();
        for (NewEvent event : events) {
            if (!ids.add(event.id())) {
                throw new IllegalArgumentException("Two events of one append have the id " + event.id());
            }
        }
    }
}
