package io.eventsourcing.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a {@link ProcessManager} the handler of the {@link Timeouts timeouts} of one name. Its parameters are the
 * payload, a record or a text, if it needs it, and {@link TimeoutContext}, {@link Timeouts} or {@link
 * io.eventsourcing.store.StreamName}, in any place. What it returns is saved as what an {@link EventHandler} returns.
 *
 * <p>A handler that throws gets the timeout again, after pauses that grow; when the retries are used up, the timeout is kept
 * as failed until it is retried: see {@link Projections#retryAll}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TimeoutHandler {

    /** The name of the timeouts, 1 to {@value ProjectionDefinition#MAX_NAME_LENGTH} letters, digits and {@code . _ -}. */
    String value();
}
