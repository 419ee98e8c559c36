package io.eventsourcing.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * An event with two tags, out of 20,000 each, that is appended only if nothing came for both of them since the decision, into
 * 200,000 such events on PostgreSQL.
 */
final class ConditionalAppend {

    private static final int EVENTS = 200_000;
    private static final int AT_ONCE = 10_000;
    private static final int TAGS = 20_000;
    private static final long MILLIS = 2000;

    private static final String LOCK = "SELECT pg_advisory_xact_lock(42)";

    private static final String INSERT = """
            INSERT INTO es_events
                (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata, tags)
            SELECT nextval('es_commit_positions'), 1000000, nextval('raw_positions'), ?, ?, ?, ?, ?, ?
            WHERE (SELECT count(*) FROM es_events WHERE tags @> ? AND commit_position > ?) = 0""";

    private ConditionalAppend() {}

    static Contest contest(String name, int threads, Goal goal) {
        return Contest.of(
                name,
                "append on a condition, threads: " + threads,
                "the same under one advisory lock",
                goal,
                arena -> new Duel(ours(arena, threads), reference(arena, threads)));
    }

    private static Subject ours(Arena arena, int threads) throws Exception {
        JdbcEventStore store = filled(arena, arena.postgres(Math.max(2, threads)));
        long last = last(store);
        return () -> Load.run(threads, arena.millis(MILLIS), thread -> appends(store, last))
                .rateAndLatencies();
    }

    private static Load.Operation appends(JdbcEventStore store, long last) {
        StreamName stream = StreamName.of("TrainingSchool", UUID.randomUUID());
        SplittableRandom random = new SplittableRandom();
        return count -> {
            NewEvent event = tagged(random);
            AppendCondition condition = AppendCondition.noMatchAfter(
                    last, EventQuery.tagged(event.tags().toArray(String[]::new)));
            try {
                store.append(
                        List.of(new StreamAppend(stream, ExpectedPosition.any(), List.of(event))), List.of(condition));
            } catch (ConditionNotMetException e) {
                // two of 400,000,000 pairs are the same at times: that is an answer, too
            }
        };
    }

    private static JdbcEventStore filled(Arena arena, HikariDataSource pool) throws SQLException {
        JdbcEventStore store = arena.store(pool);
        SplittableRandom random = Randoms.one();
        int left = arena.events(EVENTS);
        while (left > 0) {
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
                events.add(tagged(random));
            }
            store.append(StreamName.of("Filled"), ExpectedPosition.any(), events);
            left -= events.size();
        }
        execute(pool, "CREATE SEQUENCE raw_positions MINVALUE 0", "VACUUM ANALYZE", "CHECKPOINT");
        return store;
    }

    private static NewEvent tagged(SplittableRandom random) {
        NewEvent event = Events.event(random);
        Set<String> tags = Set.of("course:" + random.nextInt(TAGS), "student:" + random.nextInt(TAGS));
        return new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp(), tags);
    }

    private static long last(JdbcEventStore store) {
        return store.readAll(ReadOptions.backwards().limit(1)).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElseThrow();
    }

    private static Subject reference(Arena arena, int threads) throws Exception {
        HikariDataSource pool = arena.postgres(Math.max(2, threads));
        long last = last(filled(arena, pool));
        return () -> Load.run(threads, arena.millis(MILLIS), thread -> inserts(pool, last))
                .rateAndLatencies();
    }

    private static Load.Operation inserts(HikariDataSource pool, long last) {
        SplittableRandom random = new SplittableRandom();
        return count -> {
            NewEvent event = tagged(random);
            try (Connection connection = pool.getConnection();
                    PreparedStatement lock = connection.prepareStatement(LOCK);
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                connection.setAutoCommit(false);
                lock.execute();
                bind(insert, event, last);
                insert.executeUpdate();
                connection.commit();
            }
        };
    }

    private static void bind(PreparedStatement insert, NewEvent event, long last) throws SQLException {
        Object[] tags = event.tags().toArray();
        insert.setObject(1, event.id());
        insert.setObject(2, event.timestamp().atOffset(ZoneOffset.UTC));
        insert.setString(3, event.type());
        insert.setBytes(4, event.data());
        insert.setBytes(5, event.metadata());
        insert.setArray(6, insert.getConnection().createArrayOf("text", tags));
        insert.setArray(7, insert.getConnection().createArrayOf("text", tags));
        insert.setLong(8, last);
    }

    private static void execute(HikariDataSource pool, String... statements) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
