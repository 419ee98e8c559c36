package io.eventsourcing.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link Projection} or {@link ProcessManager} the handler of one type of event. Its parameters are those of the event, by name,
 * as many of them as it needs; or one record that has them as components. Besides, it may have parameters of the types
 * {@link EventContext}, {@link io.eventsourcing.store.StreamName} and {@link io.eventsourcing.mapping.Metadata}, in any
 * place, that say what surrounds the event. It isn't private or static.
 *
 * <p>A handler that throws gets the event again, and some failures later the event is parked: see {@link Projections}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventHandler {

    /**
     * The type of the event as it is called today, such as {@code Dog.TrickAdded}, and behind it the types under which it
     * was stored once. It can be left out if the record of the event is declared inside of its aggregate class.
     */
    String[] value() default {};

    /**
     * Whether it does something that can't be undone, or to the outside world: sends a mail, calls another system. Then it
     * isn't called again for events that were handled once, when the projection is {@linkplain Projections#reset reset} or
     * rebuilt. Nor should it write to the tables of the projection.
     */
    boolean sideEffects() default false;
}
