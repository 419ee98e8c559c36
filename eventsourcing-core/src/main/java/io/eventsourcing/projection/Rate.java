package io.eventsourcing.projection;

import java.util.concurrent.TimeUnit;

/** How fast a number grows, over the last seconds. Thread-safe. */
final class Rate {

    private static final double WINDOW_SECONDS = 10;

    private long lastCount;
    private long lastNanos = System.nanoTime();
    private double rate;

    /** @return by how much it has grown in a second, the newest growth counting most */
    synchronized double update(long count) {
        long now = System.nanoTime();
        double seconds = (now - lastNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        if (seconds > 0.1) {
            double share = 1 - Math.exp(-seconds / WINDOW_SECONDS);
            rate += share * (Math.max(0, count - lastCount) / seconds - rate);
            lastCount = count;
            lastNanos = now;
        }
        return rate;
    }
}
