package io.eventsourcing.eventstoredb.test;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/**
 * The log of a server with its streams, in memory. Thread-safe: one lock serialises every write and every piece read, so
 * that nobody sees a part of a write. Followers are told of a write when the lock is free again.
 */
final class EventLog {

    /** A position before which nothing is. */
    static final long BEFORE_START = -1;

    private final Object lock = new Object();
    private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
    private final AllStream all = new AllStream();
    private final StreamPages pages;
    private final LogWriter writer;

    EventLog(Clock clock) {
        StreamDirectory streams = new StreamDirectory(clock);
        pages = new StreamPages(streams);
        writer = new LogWriter(clock, all, streams);
    }

    /** Notes a start of the server: takes room in the log, and the ids of events written before are forgotten. */
    void noteStart() {
        synchronized (lock) {
            writer.noteStart();
        }
    }

    /** Forgets which event ids it has seen, as the real server does when its cache is full. */
    void forgetEventIds() {
        synchronized (lock) {
            writer.forgetEventIds();
        }
    }

    /** Writes to all the streams, or to none. */
    WriteOutcome write(List<StreamWrite> writes) {
        return writing(() -> writer.write(writes));
    }

    /** Deletes a stream softly: it can be written again, and its revisions go on. */
    WriteOutcome delete(String stream, long expected) {
        return writing(() -> writer.delete(stream, expected));
    }

    /** Ends a stream for good. */
    WriteOutcome tombstone(String stream, long expected) {
        return writing(() -> writer.tombstone(stream, expected));
    }

    private WriteOutcome writing(Supplier<WriteOutcome> write) {
        WriteOutcome outcome;
        synchronized (lock) {
            outcome = write.get();
        }
        followers.forEach(Runnable::run);
        return outcome;
    }

    StreamPage readForwards(String stream, long from, int count) {
        synchronized (lock) {
            return pages.forwards(stream, from, count);
        }
    }

    StreamPage readBackwards(String stream, long from, int count) {
        synchronized (lock) {
            return pages.backwards(stream, from, count);
        }
    }

    AllPage readAllForwards(long from, int count) {
        synchronized (lock) {
            return all.forwards(from, count);
        }
    }

    AllPage readAllBackwards(long before, int count) {
        synchronized (lock) {
            return all.backwards(before, count);
        }
    }

    /** {@link #BEFORE_START} if nothing was written. */
    long lastPosition() {
        synchronized (lock) {
            return all.lastPosition();
        }
    }

    /** Where the next record will start. */
    long end() {
        synchronized (lock) {
            return all.end();
        }
    }

    boolean isRecordStart(long position) {
        synchronized (lock) {
            return all.isRecordStart(position);
        }
    }

    /** Runs after each write, in the thread that wrote, until it is removed. */
    void follow(Runnable follower) {
        followers.add(follower);
    }

    void unfollow(Runnable follower) {
        followers.remove(follower);
    }
}
