package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/** The stored events that appends which name no place may repeat: looked for at once for all appends of a transaction. */
final class Repetitions implements WritePlan.Stored {

    /** Where to look in a stream. */
    record Range(long streamId, long first, long last) {}

    private final Map<Long, List<AppendRules.Stored>> found;

    private Repetitions(Map<Long, List<AppendRules.Stored>> found) {
        this.found = found;
    }

    /** @param heads of the streams, which are held */
    static Repetitions find(
            JdbcOperations jdbc, Vendor.Sql sql, Collection<AppendRequest> requests, List<StreamHead> heads) {
        Map<StreamKey, Integer> events = events(requests);
        List<Range> ranges = heads.stream()
                .flatMap(head -> range(head, events.get(head.stream())).stream())
                .toList();
        return new Repetitions(ranges.isEmpty() ? Map.of() : sql.repeated(jdbc, ranges, ids(requests)));
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

    private static List<UUID> ids(Collection<AppendRequest> requests) {
        return requests.stream()
                .flatMap(request -> request.appends().stream())
                .filter(append -> !append.expected().namesPlace())
                .flatMap(append -> append.events().stream())
                .map(NewEvent::id)
                .toList();
    }

    @Override
    public List<AppendRules.Stored> find(long streamId, long first, long last) {
        return found.getOrDefault(streamId, List.of()).stream()
                .filter(each -> each.streamPosition() >= first && each.streamPosition() <= last)
                .toList();
    }
}
