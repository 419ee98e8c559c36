package io.eventsourcing.snapshot;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes wrong with snapshots, and logs the first of each type until one goes well. Thread-safe. */
public final class SnapshotProblems {

    private static final Logger log = LoggerFactory.getLogger(SnapshotProblems.class);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final LongAdder failed = new LongAdder();
    private final Set<String> ignoring = ConcurrentHashMap.newKeySet();
    private final LongAdder ignored = new LongAdder();

    /** One that was due could not be taken, or not be stored. */
    public void failed(String type, Throwable problem) {
        failed.increment();
        if (failing.add(type)) {
            log.warn(
                    "A snapshot of {} failed. What was saved is saved; it takes longer to load. Further failures are"
                            + " counted, and not logged",
                    type,
                    problem);
        }
    }

    public void succeeded(String type) {
        failing.remove(type);
    }

    /** One that was found is of no use, so all events are read. */
    public void ignored(String type, String reason) {
        ignored.increment();
        if (ignoring.add(type)) {
            log.info(
                    "A snapshot of {} is ignored, and the events are read instead: {}. Others are counted, and not logged",
                    type,
                    reason);
        }
    }

    public long failures() {
        return failed.sum();
    }

    public long ignoredOnes() {
        return ignored.sum();
    }
}
