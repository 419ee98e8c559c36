package io.eventsourcing.mapping;

import io.eventsourcing.store.NewEvent;

/**
 * One form in which events of a type are stored.
 *
 * @param type the full type, such as {@code Dog.TrickAdded}
 * @param revision 1 or more
 */
public record EventRevision(String type, int revision) {

    /** @throws IllegalArgumentException if the type is blank or too long, or the revision less than 1 */
    public EventRevision {
        if (type.isBlank() || type.length() > NewEvent.MAX_TYPE_LENGTH) {
            throw new IllegalArgumentException(
                    "An event type has 1 to " + NewEvent.MAX_TYPE_LENGTH + " characters, not '" + type + "'");
        }
        if (revision < 1) {
            throw new IllegalArgumentException("The revision of " + type + " is 1 or more, not " + revision);
        }
    }

    public static EventRevision of(String type, int revision) {
        return new EventRevision(type, revision);
    }

    /** The same type, one revision later. */
    public EventRevision next() {
        return new EventRevision(type, revision + 1);
    }

    @Override
    public String toString() {
        return type + " revision " + revision;
    }
}
