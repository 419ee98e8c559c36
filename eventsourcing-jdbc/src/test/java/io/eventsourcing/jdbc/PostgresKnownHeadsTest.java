package io.eventsourcing.jdbc;

import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a store remembers of the end of a stream makes appends cheaper, and never wrong. */
class PostgresKnownHeadsTest {

    private final StreamName dog = StreamName.of("Dog", UUID.randomUUID());
    private final StreamName cat = StreamName.of("Cat", UUID.randomUUID());

    private HikariDataSource pool;
    private JdbcEventStore store;
    private JdbcEventStore other;

    @BeforeEach
    void open() {
        pool = Databases.newPostgres().pool();
        store = newStore();
        other = newStore();
    }

    private JdbcEventStore newStore() {
        return JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
        pool.close();
    }

    private static List<NewEvent> events(int count) {
        return Stream.generate(TransactionContract::event).limit(count).toList();
    }

    private List<UUID> ids(StreamName stream) {
        return other.read(stream, ReadOptions.forwards()).stream()
                .map(event -> event.id())
                .toList();
    }

    private static List<UUID> ids(List<NewEvent> events) {
        return events.stream().map(NewEvent::id).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void numberOfAStreamThatIsAnotherOneNowIsNotTrusted(int count) {
        store.append(dog, noStream(), events(1));
        new JdbcTemplate(pool).execute("TRUNCATE es_streams, es_events RESTART IDENTITY");
        List<NewEvent> cats = events(1);
        List<NewEvent> dogs = events(1);
        other.append(cat, noStream(), cats);
        other.append(dog, noStream(), dogs);
        List<NewEvent> more = events(count);

        store.append(dog, exactly(0), more);

        assertThat(ids(cat)).isEqualTo(ids(cats));
        assertThat(ids(dog))
                .isEqualTo(Stream.concat(ids(dogs).stream(), ids(more).stream()).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void streamThatAnotherStoreHasExtendedIsAConflict(int count) {
        store.append(dog, noStream(), events(1));
        other.append(dog, exactly(0), events(1));

        assertThatThrownBy(() -> store.append(dog, exactly(0), events(count)))
                .isInstanceOfSatisfying(
                        VersionConflictException.class,
                        e -> assertThat(e.actual()).isEqualTo(StreamPosition.of(1)));
        assertThat(store.append(dog, exactly(1), events(count)).streamPosition())
                .isEqualTo(StreamPosition.of(1 + count));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void streamThatLostItsEndIsAConflict(int count) {
        store.append(dog, noStream(), events(3));
        new JdbcTemplate(pool).update("DELETE FROM es_events WHERE stream_position = 2");

        assertThatThrownBy(() -> store.append(dog, exactly(2), events(count)))
                .isInstanceOfSatisfying(
                        VersionConflictException.class,
                        e -> assertThat(e.actual()).isEqualTo(StreamPosition.of(1)));
    }

    @Test
    void idThatComesTwiceDoesNotMoveTheEnd() {
        NewEvent twice = TransactionContract.event();
        store.append(dog, noStream(), List.of(twice));
        other.append(dog, exactly(0), events(1));
        other.append(dog, exactly(1), List.of(twice));

        assertThatThrownBy(() -> store.append(dog, exactly(0), events(1))).isInstanceOf(VersionConflictException.class);
        assertThat(ids(dog)).hasSize(3);
    }

    @Test
    void streamThatWasReadIsAppendedTo() {
        other.append(dog, noStream(), events(3));
        assertThat(store.read(dog, ReadOptions.forwards()).stream()).hasSize(3);

        assertThat(store.append(dog, exactly(2), events(1)).streamPosition()).isEqualTo(StreamPosition.of(3));
        assertThat(ids(dog)).hasSize(4);
    }
}
