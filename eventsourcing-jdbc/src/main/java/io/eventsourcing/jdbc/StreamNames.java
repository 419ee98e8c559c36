package io.eventsourcing.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What streams are called, and whose they are, by their numbers. That never changes, so what was looked up once is kept, and reads of all
 * events need no join, which would cost as much as all the rest of a row. Thread-safe.
 */
final class StreamNames {

    private static final String NAMES = "SELECT stream_id, tenant, name FROM es_streams WHERE stream_id = ANY (?)";

    private static final int KEPT = 100_000;

    private final JdbcTemplate jdbc;
    private final Cache<Long, StreamKey> cache =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    StreamNames(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The events of rows, with one query for the names that aren't known. */
    List<RecordedEvent> name(List<EventRow> rows) {
        @Nullable StreamKey[] names = new StreamKey[rows.size()];
        Set<Long> unknown = new HashSet<>();
        for (int i = 0; i < names.length; i++) {
            long id = rows.get(i).streamId();
            names[i] = cache.getIfPresent(id);
            if (names[i] == null) {
                unknown.add(id);
            }
        }
        Map<Long, StreamKey> found = lookUp(unknown);
        List<RecordedEvent> events = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            EventRow row = rows.get(i);
            StreamKey known = names[i];
            events.add(row.named(known != null ? known : Objects.requireNonNull(found.get(row.streamId()))));
        }
        return events;
    }

    private Map<Long, StreamKey> lookUp(Set<Long> streamIds) {
        if (streamIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, StreamKey> names = jdbc.execute(NAMES, (PreparedStatement statement) -> {
            Array ids = statement.getConnection().createArrayOf("bigint", streamIds.toArray());
            statement.setArray(1, ids);
            Map<Long, StreamKey> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), new StreamKey(rows.getString(2), StreamName.of(rows.getString(3))));
                }
            }
            return found;
        });
        cache.putAll(Objects.requireNonNull(names));
        return names;
    }
}
