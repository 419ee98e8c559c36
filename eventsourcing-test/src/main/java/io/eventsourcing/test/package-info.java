/** Given, when, then: what an aggregate does, told in events. */
@NullMarked
package io.eventsourcing.test;

import org.jspecify.annotations.NullMarked;
