package io.eventsourcing.projection;

import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets a {@link ProcessManager} be called again later, by its {@link TimeoutHandler} of that name. It is a parameter of
 * handlers, and of use while they run. A timeout belongs to a stream, that of the event which is handled if nothing else is
 * said; of each name, a stream has one. It is kept if what the handler does is kept.
 *
 * <p>When it is due is decided by the clock of the store that keeps it.
 */
public interface Timeouts {

    /**
     * A timeout that is due after a while, instead of one of the same name. None of that name is carried out before.
     *
     * @param delay 0 or more
     * @throws IllegalArgumentException if the process manager has no handler of that name
     */
    default void in(Duration delay, String name) {
        in(delay, name, "");
    }

    /**
     * The same, with something that the handler gets.
     *
     * @param payload a record or a text, which should hold no personal data: nobody can forget it
     * @throws io.eventsourcing.mapping.EventMappingException if it can't be written
     */
    void in(Duration delay, String name, Object payload);

    /** As {@link #in(Duration, String)}, at an instant. It is carried out at once if that has passed. */
    default void at(Instant due, String name) {
        at(due, name, "");
    }

    /** As {@link #in(Duration, String, Object)}, at an instant. */
    void at(Instant due, String name, Object payload);

    /** Forgets the timeout of this name. Does nothing if there is none. */
    void cancel(String name);

    /** The timeouts of another stream of the same tenant. */
    Timeouts of(StreamName stream);
}
