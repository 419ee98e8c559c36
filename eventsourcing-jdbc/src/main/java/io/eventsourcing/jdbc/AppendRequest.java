package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants to append, all of it or nothing, and what became of it. It belongs to the thread that writes it; who
 * waits for it looks at the outcome only when it is told that there is one.
 */
final class AppendRequest {

    private final List<StreamAppend> appends;
    private final long bytes;
    private @Nullable List<AppendResult> results;
    private @Nullable EventStoreException failure;

    AppendRequest(List<StreamAppend> appends) {
        this.appends = appends;
        this.bytes = appends.stream()
                .flatMap(append -> append.events().stream())
                .mapToLong(AppendRequest::bytes)
                .sum();
    }

    private static long bytes(NewEvent event) {
        return 100L + event.data().length + event.metadata().length;
    }

    List<StreamAppend> appends() {
        return appends;
    }

    /** What it weighs in memory, roughly. */
    long bytes() {
        return bytes;
    }

    boolean needsAny(Set<StreamName> streams) {
        return !streams.isEmpty() && appends.stream().map(StreamAppend::stream).anyMatch(streams::contains);
    }

    /** Whether there may be new events because of it. */
    boolean mayHaveWritten() {
        if (failure != null) {
            return failure instanceof AppendOutcomeUnknownException;
        }
        return results != null && results.stream().anyMatch(result -> result.commitPosition() > 0);
    }

    boolean isOpen() {
        return results == null && failure == null;
    }

    /** Makes it as if nobody had tried to write it. */
    void reopen() {
        results = null;
        failure = null;
    }

    void succeed(List<AppendResult> appended) {
        results = appended;
    }

    /** Counts, whatever was said before: a commit can fail behind a success. */
    void fail(EventStoreException why) {
        failure = why;
    }

    /** @throws EventStoreException if it failed */
    List<AppendResult> outcome() {
        if (failure != null) {
            throw failure;
        }
        if (results == null) {
            throw new IllegalStateException("Nobody has written this append");
        }
        return results;
    }
}
