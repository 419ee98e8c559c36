package io.eventsourcing.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a process manager: it reacts to events by saving aggregates. Its {@link EventHandler} methods get events as
 * those of a {@link Projection} do. What they return is saved: an aggregate, or an {@link java.util.Optional}, a {@link
 * java.util.Collection}, a {@link java.util.stream.Stream} or an array of some; null for none. They may as well save
 * themselves what they have loaded from a {@link io.eventsourcing.Repository}.
 *
 * <p>Where events and checkpoints are in one database, all of it is stored in the transaction of the checkpoint. Elsewhere a
 * handler is repeated if the program ends in the middle, and what it has saved already is recognised, if it does the same
 * when it is called with the same event and aggregates: see {@link io.eventsourcing.EventSourcing#reactTo}, and {@link
 * EventContext#derivedId} for the ids of new aggregates.
 *
 * <p>What is saved has the correlation id of the event that is handled, or the event's id if it has none, and the event's id
 * as its causation id. It is saved for the tenant of the event. All of this holds on the thread that calls the handler.
 *
 * <p>If nothing else is said, it begins with what is stored after it was first started.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ProcessManager {

    /** The name, as that of a {@link Projection}. No projection of the same store has the same. */
    String value();

    /** What the names of its streams begin with, such as {@code Dog-}; without it, all streams. */
    String streams() default "";
}
