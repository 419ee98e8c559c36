package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A database of any version that there ever was, with data in it, is brought to the version of today. Whoever adds a version
 * adds the data that the one before it would have written, under {@code upgrade}.
 */
class SchemaUpgradeTest {

    private static final RecordedEvent REGISTERED = event("Dog-1", 0, 1, 1, "Dog.Registered", "{}", "", 5_678_901);
    private static final RecordedEvent TRICK_ADDED = event("Dog-1", 1, 5, 3, "Dog.TrickAdded", "[]", "", 6_000_000);
    private static final RecordedEvent CAT = event("Cat-1", 0, 2, 2, "Cat.Registered", "\0\u00ff", "{}", 5_000_000);

    @TempDir
    Path folder;

    private static RecordedEvent event(
            String stream,
            long streamPosition,
            long commitPosition,
            int id,
            String type,
            String data,
            String metadata,
            long micros) {
        return new RecordedEvent(
                StreamName.of(stream),
                streamPosition,
                commitPosition,
                new UUID(0, id),
                type,
                bytes(data),
                bytes(metadata),
                Instant.parse("2026-01-02T03:04:00Z").plusNanos(micros * 1000));
    }

    private static RecordedEvent tagged(RecordedEvent event, Set<String> tags) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.timestamp(),
                tags);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> versions() {
        return Arrays.stream(Vendor.values())
                .flatMap(vendor -> IntStream.rangeClosed(1, SchemaMigrations.latest())
                        .mapToObj(version -> Arguments.of(vendor, version)));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void dataOfEveryVersionIsKept(Vendor vendor, int version) {
        Databases.Coordinates database = vendor == Vendor.H2 ? Databases.h2File(folder) : Databases.newPostgres();
        try (HikariDataSource pool = database.pool()) {
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            SchemaMigrations.scripts(vendor).subList(0, version).forEach(script -> run(jdbc, script));
            run(jdbc, "io/eventsourcing/jdbc/upgrade/" + vendor.folder() + "/V" + version + "__data.sql");
            try (JdbcEventStore store = JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open()) {
                assertHasWhatWasWritten(store, version < 2 ? Set.of() : Set.of("dog:1"));
                assertThat(store.subjectKeys().find(new UUID(0, 4)).isPresent()).isEqualTo(version >= 3);
                assertThat(store.position(StreamName.of("Cat-1")))
                        .isEqualTo(version < 4 ? StreamPosition.of(0) : StreamPosition.NONE);
                assertThat(store.seals().find(1).isPresent()).isEqualTo(version >= 5);
                assertThat(store.snapshots()
                                .latest(SnapshotName.ofStream(StreamName.of("Dog-1")))
                                .map(Snapshot::position))
                        .isEqualTo(version < 6 ? Optional.empty() : Optional.of(1L));
                assertThat(store.schemas().find("Dog.Registered", 1).isPresent())
                        .isEqualTo(version >= 7);
                assertGoesOn(store);
            }
            assertProjectionGoesOn(pool, version);
        }
    }

    private static void run(JdbcTemplate jdbc, String script) {
        jdbc.execute((ConnectionCallback<String>) connection -> run(connection, script));
    }

    private static String run(Connection connection, String script) {
        ScriptUtils.executeSqlScript(connection, new ClassPathResource(script));
        return script;
    }

    private static void assertHasWhatWasWritten(JdbcEventStore store, Set<String> tags) {
        RecordedEvent trickAdded = tagged(TRICK_ADDED, tags);
        assertThat(store.readAll(ReadOptions.forwards()).toList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(REGISTERED, CAT, trickAdded);
        assertThat(store.read(StreamName.of("Dog-1"), ReadOptions.forwards()).toList())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(REGISTERED, trickAdded);
        assertThat(store.position(StreamName.of("Dog-without-events"))).isEqualTo(StreamPosition.NONE);
    }

    private static void assertProjectionGoesOn(HikariDataSource pool, int version) {
        boolean wasThere = version >= 8;
        ProjectionStore store =
                JdbcProjectionStore.open(pool, new JdbcTransactionManager(pool), SchemaInitialization.NEVER);
        store.create("dogs", 1, 7);
        SegmentId segment = SegmentId.divide("dogs", 1).get(0);
        assertThat(store.acquire(segment, "node-2", Duration.ofMinutes(1)))
                .contains(wasThere ? new Lease(segment, 4, 5, version >= 9 ? 2 : 0) : new Lease(segment, 1, 7));
        assertThat(store.deadLetters().first("dogs", 10))
                .extracting(DeadLetter::cause)
                .isEqualTo(wasThere ? List.of("because") : List.of());
    }

    private static void assertGoesOn(JdbcEventStore store) {
        StreamName stream = StreamName.of("Dog-1");
        assertThat(store.append(stream, ExpectedPosition.exactly(1), List.of(TransactionContract.event()))
                        .commitPosition())
                .isGreaterThan(TRICK_ADDED.commitPosition());
        assertThat(store.position(stream)).isEqualTo(StreamPosition.of(2));
        StreamName empty = StreamName.of("Dog-without-events");
        store.append(empty, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(5);
        store.delete(empty, ExpectedPosition.exactly(0));
        assertThat(store.position(empty)).isEqualTo(StreamPosition.NONE);
        AppendCondition unused = AppendCondition.noMatch(EventQuery.tagged("dog:1"));
        NewEvent tagged = TransactionContract.tagged("dog:1");
        assertThat(store.append(StreamName.of("Dog-2"), ExpectedPosition.noStream(), List.of(tagged))
                        .commitPosition())
                .isPositive();
        assertThatThrownBy(() -> store.append(List.of(), List.of(unused))).isInstanceOf(ConditionNotMetException.class);
    }
}
