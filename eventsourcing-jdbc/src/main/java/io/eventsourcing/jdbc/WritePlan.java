package io.eventsourcing.jdbc;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

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
            return end().position();
        }

        StreamEnd end() {
            StreamEnd end = stored.end();
            return new StreamEnd(StreamPosition.of(end.last().value() + added.size()), end.firstReadable());
        }

        /** @param latest what is known of the ids before those that were added */
        KnownHeads.Head head(List<UUID> latest) {
            UUID[] further = added.stream().map(AppendRules.Stored::id).toArray(UUID[]::new);
            return new KnownHeads.Head(
                    stored.streamId(),
                    end().last().value(),
                    LatestIds.of(latest.toArray(UUID[]::new)).with(further));
        }
    }

    private final Map<StreamKey, Tail> tails = new HashMap<>();
    private final List<NewRow> rows = new ArrayList<>();
    private final Map<AppendRequest, List<AppendResult>> decided = new LinkedHashMap<>();
    private final long[] commitPositions;
    private final Stored stored;
    private final Repetitions repeated;
    private final Set<TenantCondition> matched;
    private final Function<String, AllReader> readers;

    /**
     * @param repeated finds those events among the stored ones that appends which name no place may repeat
     * @param matched conditions that stored events break
     * @param readers of the events of each tenant, which questions are asked of; who asks some is alone in its plan
     */
    WritePlan(
            Reservation reservation,
            Stored stored,
            Repetitions repeated,
            Set<TenantCondition> matched,
            Function<String, AllReader> readers) {
        this.commitPositions = reservation.commitPositions();
        this.stored = stored;
        this.repeated = repeated;
        this.matched = matched;
        this.readers = readers;
        reservation.heads().forEach(head -> tails.put(head.stream(), new Tail(head)));
    }

    /** Adds a request, or fails it with a conflict. */
    void add(AppendRequest request) {
        try {
            List<Optional<AppendResult>> earlier = request.appends().stream()
                    .map(append -> decide(request, append))
                    .toList();
            if (AppendRules.isNew(request.appends(), earlier)) {
                AppendRules.requireMet(request.conditions(), new View(request));
            }
            List<AppendResult> results = new ArrayList<>(earlier.size());
            for (int i = 0; i < earlier.size(); i++) {
                StreamAppend append = request.appends().get(i);
                results.add(earlier.get(i).orElseGet(() -> extend(request, append)));
            }
            decided.put(request, results);
        } catch (VersionConflictException | ConditionNotMetException | StreamTombstonedException e) {
            request.fail(e);
        }
    }

    private Optional<AppendResult> decide(AppendRequest request, StreamAppend append) {
        Tail tail = tail(request.key(append.stream()));
        Stored source = append.expected().namesPlace() ? stored : repeated;
        return AppendRules.decide(append, tail.end(), (first, last) -> find(source, tail, first, last));
    }

    private static List<AppendRules.Stored> find(Stored source, Tail tail, long first, long last) {
        long end = tail.stored.end().last().value();
        List<AppendRules.Stored> found = new ArrayList<>();
        if (first <= end) {
            found.addAll(source.find(tail.stored.streamId(), first, Math.min(last, end)));
        }
        tail.added.stream()
                .filter(each -> each.streamPosition() >= first && each.streamPosition() <= last)
                .forEach(found::add);
        return found;
    }

    /** What the conditions of a request look at. */
    private final class View implements AppendRules.View {

        private final AppendRequest request;

        View(AppendRequest request) {
            this.request = request;
        }

        @Override
        public StreamPosition position(StreamName stream) {
            return tail(request.key(stream)).position();
        }

        @Override
        public Optional<UUID> lastEvent(StreamName stream) {
            Tail tail = tail(request.key(stream));
            long last = tail.position().value(); // -1 if what there was is deleted
            return find(stored, tail, last, last).stream().findFirst().map(AppendRules.Stored::id);
        }

        @Override
        public AllReader all() {
            return readers.apply(request.tenant());
        }

        @Override
        public boolean hasMatch(EventQuery query, long after) {
            return matched.contains(new TenantCondition(request.tenant(), new AppendCondition.NoMatch(query, after)))
                    || rows.stream()
                            .anyMatch(row -> row.tenant().equals(request.tenant())
                                    && row.commitPosition() > after
                                    && query.matches(
                                            row.event().type(), row.event().tags()));
        }
    }

    private AppendResult extend(AppendRequest request, StreamAppend append) {
        Tail tail = tail(request.key(append.stream()));
        long commitPosition = 0;
        for (NewEvent event : append.events()) {
            long position = tail.end().last().next();
            commitPosition = commitPositions[rows.size()];
            rows.add(new NewRow(commitPosition, tail.stored.streamId(), position, event, request.tenant()));
            tail.added.add(new AppendRules.Stored(position, commitPosition, event.id()));
        }
        return new AppendResult(append.stream(), tail.position(), commitPosition);
    }

    private Tail tail(StreamKey stream) {
        return tails.computeIfAbsent(stream, key -> new Tail(StreamHead.missing(key)));
    }

    /** In the order in which they are to be written. */
    List<NewRow> rows() {
        return rows;
    }

    /** Tells the requests how they ended. */
    void written() {
        decided.forEach(AppendRequest::succeed);
    }

    /** The ends of the streams that it moves. */
    Map<StreamKey, KnownHeads.Head> heads() {
        Map<StreamKey, KnownHeads.Head> heads = new HashMap<>();
        tails.forEach((stream, tail) -> {
            if (!tail.added.isEmpty()) {
                heads.put(stream, tail.head(repeated.latest(tail.stored.streamId())));
            }
        });
        return heads;
    }
}
