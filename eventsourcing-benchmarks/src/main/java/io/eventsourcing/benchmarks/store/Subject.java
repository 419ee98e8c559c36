package io.eventsourcing.benchmarks.store;

/** Something that is measured. */
@FunctionalInterface
interface Subject {

    /** Nothing to compare with. */
    Subject NONE = () -> Figures.NONE;

    /** Does it once. */
    Figures run() throws Exception;
}
