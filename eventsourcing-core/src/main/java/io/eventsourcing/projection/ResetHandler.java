package io.eventsourcing.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link Projection}, which has no parameters, remove what the projection has made of events. It is called
 * when the projection is {@linkplain Projections#reset reset}, in the same transaction, behind the emptying of its {@linkplain
 * Projection#tables tables}. What it throws, whoever resets the projection gets, and nothing has changed. It isn't private or
 * static.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ResetHandler {}
