package io.eventsourcing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores something of an event so that it can be forgotten: encrypted with a key that belongs to its subject, until {@link
 * EventSourcing#forget} deletes the key.
 *
 * <ul>
 *   <li>On a parameter of an {@link Event}, or a component of the record that is its payload: this value. Once forgotten, it
 *       is read as {@link #replacement}, without one as null, 0 or false.
 *   <li>On a constructor that is an event: all of its parameters.
 *   <li>On a method that is an event: the whole event. Once forgotten, replay leaves it out.
 * </ul>
 *
 * <p>It counts nowhere else; on a component of a record inside an argument it is refused.
 */
@Documented
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.CONSTRUCTOR, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Personal {

    /**
     * The parameter, or the component, whose value names the subject: a text, number or UUID of 1 to 200 characters.
     * Without it, the subject is the aggregate, by its id.
     */
    String subject() default "";

    /**
     * What stands in for a forgotten value, as text that can be read as one: {@code 1900-01-01} for a date. It is stored
     * with the event. Not for whole events.
     */
    String replacement() default "";
}
