package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BulkAppendTest {

    private static final int MANY = 12_345;

    private static List<NewEvent> many() {
        List<NewEvent> events = new ArrayList<>(MANY);
        Instant start = Instant.parse("1999-12-31T23:59:59.999999Z");
        for (int i = 0; i < MANY; i++) {
            byte[] data = ("{\"n\":" + i + ",\"text\":\"\u0001 ü 狗\"}").getBytes(StandardCharsets.UTF_8);
            events.add(new NewEvent(UUID.randomUUID(), "Dog.Köter", data, new byte[i % 3], start.plusMillis(i)));
        }
        return events;
    }

    private static HikariDataSource pool(Vendor vendor) {
        return (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void manyEventsAreWrittenToTheByteAllOrNone(Vendor vendor) {
        try (HikariDataSource pool = pool(vendor)) {
            JdbcEventStore store = JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            StreamName stream = StreamName.of("Dog-1");
            List<NewEvent> events = many();
            store.append(stream, ExpectedPosition.noStream(), events.subList(0, 10));
            List<NewEvent> bulk = events.subList(10, MANY);
            AppendResult result = store.append(stream, ExpectedPosition.exactly(9), bulk);
            assertThat(result.streamPosition()).isEqualTo(StreamPosition.of(MANY - 1));
            assertThat(store.append(stream, ExpectedPosition.exactly(9), bulk))
                    .as("repeated")
                    .isEqualTo(result);
            assertThatThrownBy(() -> store.append(stream, ExpectedPosition.exactly(9), many()))
                    .isInstanceOf(VersionConflictException.class);
            List<RecordedEvent> stored = store.readAll(ReadOptions.forwards()).toList();
            assertThat(stored).hasSize(MANY);
            assertThat(stored.get(MANY - 1).commitPosition()).isEqualTo(result.commitPosition());
            for (int i = 0; i < MANY; i++) {
                assertSame(stored.get(i), events.get(i), i);
            }
        }
    }

    private static void assertSame(RecordedEvent stored, NewEvent event, int position) {
        assertThat(stored.streamPosition()).isEqualTo(position);
        assertThat(stored.id()).isEqualTo(event.id());
        assertThat(stored.type()).isEqualTo(event.type());
        assertThat(stored.timestamp()).isEqualTo(event.timestamp());
        assertThat(Arrays.equals(stored.data(), event.data()))
                .as("data of %s", position)
                .isTrue();
        assertThat(Arrays.equals(stored.metadata(), event.metadata()))
                .as("metadata of %s", position)
                .isTrue();
    }
}
