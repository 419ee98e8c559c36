package io.eventsourcing.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that do something at once. */
final class Race {

    /** What a thread does; it is told which one it is. */
    @FunctionalInterface
    interface Runner<T> {
        T run(int number) throws Exception;
    }

    private Race() {}

    /** Starts all threads together, and waits for them. What each has returned, in the order of their numbers. */
    static <T> List<T> of(int threads, Runner<T> runner) {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await();
                    return runner.run(number);
                });
            }
            return results(executor.invokeAll(tasks));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                throw new AssertionError("A thread failed: " + e.getCause(), e.getCause());
            }
        }
        return results;
    }
}
