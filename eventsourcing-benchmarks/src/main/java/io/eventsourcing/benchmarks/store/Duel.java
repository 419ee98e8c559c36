package io.eventsourcing.benchmarks.store;

/** Two ways to do one thing, ready to run. */
record Duel(Subject ours, Subject reference) {}
