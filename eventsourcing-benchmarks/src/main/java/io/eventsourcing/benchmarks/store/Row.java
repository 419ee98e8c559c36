package io.eventsourcing.benchmarks.store;

/** One line of the result: a figure by which the two are compared. */
record Row(String name, Figure figure, Goal goal) {}
