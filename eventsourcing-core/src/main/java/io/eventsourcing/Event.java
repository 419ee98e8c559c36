package io.eventsourcing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a constructor or method of an {@link Aggregate} an event: calling it runs the body and records the event; loading
 * the aggregate runs the body again with the recorded arguments. The body changes the aggregate's fields and does nothing
 * else. Its arguments are the payload, by name; whoever changes an argument before the aggregate is saved changes the
 * event.
 *
 * <p>The event is recorded when the body returns. A body that throws records nothing, but a field that it had set stays
 * set: check first, or in an ordinary method that calls a private {@code @Event} method. An {@code @Event} method called
 * from the body of another is part of that body, and no event of its own.
 */
@Documented
@Target({ElementType.CONSTRUCTOR, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Event {

    /**
     * The name of the event, unique in its aggregate and stored as {@code Aggregate.Name}: who renames it says in {@link
     * #formerly} what it was. Without it, the event is named after its record if there is one, else after the method, with a capital.
     */
    String value() default "";

    /**
     * A record that is the payload in place of the arguments: its components are matched with the parameters by name. A
     * method or constructor whose only parameter is a record, and that has neither name nor type here, is the event that
     * this record describes.
     */
    Class<? extends Record> type() default Record.class;

    /** Names that the event had once, without the aggregate's: what is stored under them is read as this event. */
    String[] formerly() default {};

    /**
     * Which form of the payload the parameters are, from 1 on. Whoever changes them in a way that stored events don't fit
     * adds 1, and an {@link io.eventsourcing.mapping.Upcaster} that leads the stored ones there.
     */
    int revision() default 1;
}
