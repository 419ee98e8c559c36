package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * The stored events that appends which name no place may repeat. The ids at the ends of all their streams are asked for at
 * once, and the events only where one of these ids comes again, which is rare.
 */
final class Repetitions implements WritePlan.Stored {

    /** Where to look in a stream. */
    record Range(long streamId, long first, long last) {}

    private final Map<Long, List<UUID>> latest;
    private final Set<UUID> appended;
    private final WritePlan.Stored stored;

    private Repetitions(Map<Long, List<UUID>> latest, Set<UUID> appended, WritePlan.Stored stored) {
        this.latest = latest;
        this.appended = appended;
        this.stored = stored;
    }

    /** @param heads of the streams, which are held */
    static Repetitions find(
            JdbcOperations jdbc,
            Vendor.Sql sql,
            Collection<AppendRequest> requests,
            List<StreamHead> heads,
            WritePlan.Stored stored) {
        Map<StreamKey, Integer> events = events(requests);
        List<Range> ranges = heads.stream()
                .flatMap(head -> range(head, events.get(head.stream())).stream())
                .toList();
        return new Repetitions(ranges.isEmpty() ? Map.of() : sql.ids(jdbc, ranges), ids(requests), stored);
    }

    /** How many events are appended at once at most, to each stream that this matters for. */
    private static Map<StreamKey, Integer> events(Collection<AppendRequest> requests) {
        Map<StreamKey, Integer> events = new HashMap<>();
        for (AppendRequest request : requests) {
            for (StreamAppend append : request.appends()) {
                if (!append.expected().namesPlace() && !append.events().isEmpty()) {
                    events.merge(request.key(append.stream()), append.events().size(), Math::max);
                }
            }
        }
        return events;
    }

    private static Optional<Range> range(StreamHead head, @Nullable Integer events) {
        StreamPosition last = head.end().last();
        return events == null || last.next() == 0
                ? Optional.empty()
                : Optional.of(new Range(head.streamId(), AppendRules.firstRepeatable(last, events), last.value()));
    }

    private static Set<UUID> ids(Collection<AppendRequest> requests) {
        return requests.stream()
                .flatMap(request -> request.appends().stream())
                .filter(append -> !append.expected().namesPlace())
                .flatMap(append -> append.events().stream())
                .map(NewEvent::id)
                .collect(Collectors.toSet());
    }

    /** The ids of a stream's last events in their order, as far as anybody has asked for them. */
    List<UUID> latest(long streamId) {
        return latest.getOrDefault(streamId, List.of());
    }

    @Override
    public List<AppendRules.Stored> find(long streamId, long first, long last) {
        return Collections.disjoint(appended, latest(streamId)) ? List.of() : stored.find(streamId, first, last);
    }
}
