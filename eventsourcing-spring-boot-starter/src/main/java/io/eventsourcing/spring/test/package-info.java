/** For tests of Spring Boot applications. */
@NullMarked
package io.eventsourcing.spring.test;

import org.jspecify.annotations.NullMarked;
