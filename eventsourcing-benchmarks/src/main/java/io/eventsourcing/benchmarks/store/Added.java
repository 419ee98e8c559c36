package io.eventsourcing.benchmarks.store;

import java.util.SplittableRandom;

/** The payload of the events, for those who want an object. */
record Added(String name, long amount, String reason, boolean ok, double rate) {

    static Added random(SplittableRandom random) {
        return new Added(
                "a name of some length",
                random.nextInt(1_000_000, 9_999_999),
                "what is written for a reason",
                true,
                1.5);
    }
}
