package io.eventsourcing.benchmarks.store;

import java.util.SplittableRandom;

/** One source of randomness for each thread. */
final class Randoms {

    private Randoms() {}

    static SplittableRandom[] of(int threads) {
        SplittableRandom[] randoms = new SplittableRandom[threads];
        SplittableRandom source = new SplittableRandom(System.nanoTime());
        for (int i = 0; i < threads; i++) {
            randoms[i] = source.split();
        }
        return randoms;
    }
}
