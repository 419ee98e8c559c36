package io.eventsourcing.store;

import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for whatever subscriptions and those who follow by other means have to do at the same time: as many as need be, so that nobody waits for a slow one.
 * Virtual ones from Java 24 on; before, a listener that blocks in a {@code synchronized} block could stop all the others.
 */
public final class SubscriptionThreads {

    private static final int JAVA_WITHOUT_PINNING = 24;
    private static final long IDLE_SECONDS = 10;

    private SubscriptionThreads() {}

    /**
     * An executor that has no thread unless there is something to do, or was a moment ago.
     *
     * @param prefix what the names of the threads begin with
     */
    public static ExecutorService create(String prefix) {
        if (Runtime.version().feature() >= JAVA_WITHOUT_PINNING) {
            try {
                return virtual(prefix);
            } catch (ReflectiveOperationException e) {
                return platform(prefix);
            }
        }
        return platform(prefix);
    }

    private static ExecutorService virtual(String prefix) throws ReflectiveOperationException {
        Method ofVirtual = Thread.class.getMethod("ofVirtual");
        Class<?> type = ofVirtual.getReturnType();
        Object builder = type.getMethod("name", String.class, long.class).invoke(ofVirtual.invoke(null), prefix, 1L);
        ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
        Method newExecutor = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
        return (ExecutorService) newExecutor.invoke(null, factory);
    }

    private static ExecutorService platform(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, prefix + number.incrementAndGet()));
    }

    /** A thread that keeps no program from ending. It isn't started yet. */
    public static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
