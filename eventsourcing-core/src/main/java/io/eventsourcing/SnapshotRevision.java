package io.eventsourcing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A number to change when the bodies of an aggregate's events make another state of the same events: snapshots that were
 * taken with another number are ignored, and made anew from the events. What changes in the fields, their types, the events
 * and their revisions is noticed without it.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SnapshotRevision {

    /** 1 without this annotation. */
    int value();
}
