package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one transaction will write, decided request by request: each sees what those before it have added, exactly as if
 * they had been committed one after the other. Nothing is written while it is made.
 */
final class WritePlan {

    /** Finds stored events of a stream with positions in a range. */
    interface Stored {
        List<AppendRules.Stored> find(long streamId, long first, long last);
    }

    /** A stream as the plan will leave it. */
    private static final class Tail {
        private final StreamHead stored;
        private final List<AppendRules.Stored> added = new ArrayList<>();

        Tail(StreamHead stored) {
            this.stored = stored;
        }

        StreamPosition position() {
            return StreamPosition.of(stored.position().value() + added.size());
        }
    }

    private final Map<StreamName, Tail> tails = new LinkedHashMap<>();
    private final List<NewRow> rows = new ArrayList<>();
    private final Map<AppendRequest, List<AppendResult>> decided = new LinkedHashMap<>();
    private final Stored stored;

    WritePlan(Iterable<StreamName> streams, List<StreamHead> heads, Stored stored) {
        this.stored = stored;
        Map<StreamName, StreamHead> known = new HashMap<>();
        heads.forEach(head -> known.put(head.name(), head));
        streams.forEach(name -> tails.put(name, new Tail(known.getOrDefault(name, StreamHead.missing(name)))));
    }

    /** Adds a request, or fails it with a conflict. */
    void add(AppendRequest request) {
        try {
            List<Optional<AppendResult>> earlier =
                    request.appends().stream().map(this::decide).toList();
            List<AppendResult> results = new ArrayList<>(earlier.size());
            for (int i = 0; i < earlier.size(); i++) {
                StreamAppend append = request.appends().get(i);
                results.add(earlier.get(i).orElseGet(() -> extend(append)));
            }
            decided.put(request, results);
        } catch (VersionConflictException e) {
            request.fail(e);
        }
    }

    private Optional<AppendResult> decide(StreamAppend append) {
        Tail tail = tail(append.stream());
        return AppendRules.decide(append, tail.position(), (first, last) -> find(tail, first, last));
    }

    private List<AppendRules.Stored> find(Tail tail, long first, long last) {
        long end = tail.stored.position().value();
        List<AppendRules.Stored> found = new ArrayList<>();
        if (first <= end) {
            found.addAll(stored.find(tail.stored.streamId(), first, Math.min(last, end)));
        }
        tail.added.stream()
                .filter(each -> each.streamPosition() >= first && each.streamPosition() <= last)
                .forEach(found::add);
        return found;
    }

    private AppendResult extend(StreamAppend append) {
        Tail tail = tail(append.stream());
        for (NewEvent event : append.events()) {
            long position = tail.position().next();
            rows.add(new NewRow(append.stream(), position, event));
            tail.added.add(new AppendRules.Stored(position, notYetDrawn(rows.size() - 1), event.id()));
        }
        return new AppendResult(append.stream(), tail.position(), notYetDrawn(rows.size() - 1));
    }

    private Tail tail(StreamName stream) {
        Tail tail = tails.get(stream);
        if (tail == null) {
            throw new IllegalStateException("Stream " + stream + " isn't locked");
        }
        return tail;
    }

    /** Stands for the commit position that a row will get: real ones are positive, and 0 is none. */
    private static long notYetDrawn(int row) {
        return -1L - row;
    }

    /** In the order in which they are to be written. */
    List<NewRow> rows() {
        return rows;
    }

    /** The streams that get events and have no row yet. */
    List<StreamName> newStreams() {
        return tails.entrySet().stream()
                .filter(entry -> !entry.getValue().stored.hasRow()
                        && !entry.getValue().added.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The ids of the streams that have a row. */
    Map<StreamName, Long> streamIds() {
        Map<StreamName, Long> ids = new HashMap<>();
        tails.forEach((name, tail) -> {
            if (tail.stored.hasRow()) {
                ids.put(name, tail.stored.streamId());
            }
        });
        return ids;
    }

    /**
     * Tells the requests how they ended.
     *
     * @param commitPositions of the rows, in their order
     */
    void written(long[] commitPositions) {
        decided.forEach((request, results) -> request.succeed(
                results.stream().map(result -> drawn(result, commitPositions)).toList()));
    }

    private static AppendResult drawn(AppendResult result, long[] commitPositions) {
        if (result.commitPosition() >= 0) {
            return result;
        }
        int row = (int) (-1L - result.commitPosition());
        return new AppendResult(result.stream(), result.streamPosition(), commitPositions[row]);
    }
}
