package io.eventsourcing.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a projection: its {@link EventHandler} methods get the events of the store, those of one stream in their
 * order. They are called by one thread at a time for each stream; with more segments than one, by several for several
 * streams.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Projection {

    /**
     * The name, under which the store keeps how far it has come: whoever changes it begins anew. 1 to {@value
     * ProjectionDefinition#MAX_NAME_LENGTH} letters, digits and {@code . _ -}.
     */
    String value();

    /** What the names of its streams begin with, such as {@code Dog-}; without it, all streams. */
    String streams() default "";

    /**
     * The tables that its handlers write to, as they name them, without a schema, and nobody else does. They are emptied when
     * the projection is {@linkplain Projections#reset reset}, and written anew beside themselves when it is {@linkplain
     * Projections#rebuilds rebuilt}.
     */
    String[] tables() default {};
}
