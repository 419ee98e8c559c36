package io.eventsourcing.benchmarks.store;

import java.util.SplittableRandom;

/** Randomness that no two runs share: event ids must not repeat. */
final class Randoms {

    private static final SplittableRandom SOURCE = new SplittableRandom();

    private Randoms() {}

    static synchronized SplittableRandom one() {
        return SOURCE.split();
    }
}
