package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs one operation over and over on some threads for some time. */
final class Load {

    /** One operation of one thread. */
    @FunctionalInterface
    interface Operation {
        void run(int thread, long count) throws Exception;
    }

    private Load() {}

    static Sample run(int threads, long millis, Operation operation) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<long[]>>> results = new ArrayList<>();
        long end = System.nanoTime() + millis * 1_000_000;
        for (int i = 0; i < threads; i++) {
            int thread = i;
            results.add(executor.submit(() -> {
                start.await();
                return repeat(thread, end, operation);
            }));
        }
        long began = System.nanoTime();
        start.countDown();
        List<long[]> chunks = new ArrayList<>();
        for (Future<List<long[]>> result : results) {
            chunks.addAll(result.get());
        }
        long took = System.nanoTime() - began;
        executor.shutdown();
        long[] latencies =
                chunks.stream().flatMapToLong(java.util.Arrays::stream).toArray();
        return new Sample(latencies.length, took, latencies);
    }

    private static List<long[]> repeat(int thread, long end, Operation operation) throws Exception {
        List<long[]> chunks = new ArrayList<>();
        long[] chunk = new long[1024];
        int used = 0;
        long before = System.nanoTime();
        for (long count = 0; before < end; count++) {
            operation.run(thread, count);
            long now = System.nanoTime();
            if (used == chunk.length) {
                chunks.add(chunk);
                chunk = new long[1024];
                used = 0;
            }
            chunk[used++] = now - before;
            before = now;
        }
        chunks.add(java.util.Arrays.copyOf(chunk, used));
        return chunks;
    }
}
