package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs operations over and over on some threads for some time, each at least once. */
final class Load {

    /** What one thread does over and over. */
    @FunctionalInterface
    interface Operation extends AutoCloseable {

        /** @param count how often it was run before */
        void run(long count) throws Exception;

        @Override
        default void close() throws Exception {}
    }

    /** Makes the operation of one thread, before time is taken. */
    @FunctionalInterface
    interface Worker {
        Operation prepare(int thread) throws Exception;
    }

    private Load() {}

    static Sample run(int threads, long millis, Worker worker) throws Exception {
        List<Operation> operations = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                operations.add(worker.prepare(i));
            }
            return run(executor, operations, millis * 1_000_000);
        } finally {
            executor.shutdown();
            for (Operation operation : operations) {
                operation.close();
            }
        }
    }

    /** The same operation by one thread. */
    static Sample run(long millis, Operation operation) throws Exception {
        return run(1, millis, thread -> operation);
    }

    private static Sample run(ExecutorService executor, List<Operation> operations, long nanos) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<long[]>> results = new ArrayList<>();
        for (Operation operation : operations) {
            results.add(executor.submit(() -> {
                start.await();
                return repeat(operation, nanos);
            }));
        }
        long began = System.nanoTime();
        start.countDown();
        List<long[]> latencies = new ArrayList<>();
        for (Future<long[]> result : results) {
            latencies.add(result.get());
        }
        long took = System.nanoTime() - began;
        return new Sample(took, latencies.stream().flatMapToLong(Arrays::stream).toArray());
    }

    private static long[] repeat(Operation operation, long nanos) throws Exception {
        long[] latencies = new long[1024];
        int count = 0;
        long before = System.nanoTime();
        long end = before + nanos;
        do {
            operation.run(count);
            long now = System.nanoTime();
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = now - before;
            before = now;
        } while (before < end);
        return Arrays.copyOf(latencies, count);
    }
}
