package io.eventsourcing.weaving;

import io.eventsourcing.fixtures.Dog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A program in which many threads make the first aggregate. */
final class CrowdedDoor {

    static final int THREADS = 8;
    static final String EXPECTED = "events: " + 2 * THREADS;

    private CrowdedDoor() {}

    public static void main(String[] args) throws Exception {
        CountDownLatch start = new CountDownLatch(THREADS);
        Callable<Integer> numberOfEvents = () -> {
            start.countDown();
            start.await();
            Dog dog = new Dog("Fido");
            dog.addTrick("sit");
            return dog.pendingEvents().size();
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            results.add(threads.submit(numberOfEvents));
        }
        int sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get();
        }
        threads.shutdown();
        System.out.println("events: " + sum);
    }
}
