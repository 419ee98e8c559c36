package io.eventsourcing.store;

/**
 * A type of events, and how it was used. Events of streams that were deleted count.
 *
 * @param name as events have it
 * @param count how many events are of it, 1 or more
 * @param first the commit position of the first of them
 * @param last the commit position of the last of them
 */
public record EventType(String name, long count, long first, long last) {

    /** @throws IllegalArgumentException if no event can have a type of this name; the message says why */
    public static void requireName(String name) {
        if (name.isBlank() || name.length() > NewEvent.MAX_TYPE_LENGTH) {
            throw new IllegalArgumentException(
                    "An event type has 1 to " + NewEvent.MAX_TYPE_LENGTH + " characters, not '" + name + "'");
        }
        PlainText.require("event type", name);
    }
}
