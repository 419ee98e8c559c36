package io.eventsourcing.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.eventsourcing.store.StreamName;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** What streams are called, by their numbers. A name never changes, so one that was looked up once is kept. Thread-safe. */
final class StreamNames {

    private static final String NAMES = "SELECT stream_id, name FROM es_streams WHERE stream_id = ANY (?)";

    private static final int KEPT = 100_000;

    private final JdbcTemplate jdbc;
    private final Cache<Long, StreamName> cache =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    StreamNames(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The names of all of these streams, with one query for those that aren't known. */
    Map<Long, StreamName> of(Set<Long> streamIds) {
        return cache.getAll(streamIds, this::lookUp);
    }

    private Map<Long, StreamName> lookUp(Set<? extends Long> streamIds) {
        Map<Long, StreamName> names = jdbc.execute(NAMES, (PreparedStatement statement) -> {
            Array ids = statement.getConnection().createArrayOf("bigint", streamIds.toArray());
            statement.setArray(1, ids);
            Map<Long, StreamName> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getLong(1), StreamName.of(rows.getString(2)));
                }
            }
            return found;
        });
        return Objects.requireNonNull(names);
    }
}
