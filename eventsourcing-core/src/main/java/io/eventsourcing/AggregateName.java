package io.eventsourcing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an aggregate's events are stored: {@code Name.EventName}, in streams {@code Name-id}. Without it,
 * that is the simple name of the class, so a class that is renamed or moved keeps its events with this annotation: either
 * it keeps the old name here, or it says in {@link #formerly} what it was.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AggregateName {

    /** Letters, digits, {@code _} and {@code .}, starting with a letter; at most 100 characters. */
    String value();

    /**
     * Names that the aggregate had once. What is stored under them stays readable and goes on in its old stream; new
     * aggregates are stored under the new name. While programs of both names run, they must not make aggregates of the
     * same id.
     */
    String[] formerly() default {};
}
