package io.eventsourcing.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** See {@link EventSourcingTest}. */
final class EventSourcingTestContextBootstrapper extends TestSliceTestContextBootstrapper<EventSourcingTest> {}
