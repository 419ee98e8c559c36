package io.eventsourcing.benchmarks.store;

import java.sql.SQLException;

/** What the figures were measured on. */
final class Machine {

    private Machine() {}

    static String describe(Servers servers) throws SQLException {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores (%s %s), Java %s with %d MB of heap, %s and H2 %s, durable both; client and server on one machine"
                .formatted(
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version().feature(),
                        runtime.maxMemory() >> 20,
                        servers.version(),
                        org.h2.engine.Constants.VERSION);
    }
}
