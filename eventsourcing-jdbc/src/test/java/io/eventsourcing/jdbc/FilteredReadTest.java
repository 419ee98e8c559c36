package io.eventsourcing.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventPredicate.And;
import io.eventsourcing.store.EventPredicate.Comparison;
import io.eventsourcing.store.EventPredicate.DataHasText;
import io.eventsourcing.store.EventPredicate.Happened;
import io.eventsourcing.store.EventPredicate.IdIs;
import io.eventsourcing.store.EventPredicate.Not;
import io.eventsourcing.store.EventPredicate.Or;
import io.eventsourcing.store.EventPredicate.StreamIs;
import io.eventsourcing.store.EventPredicate.StreamStartsWith;
import io.eventsourcing.store.EventPredicate.TypeIn;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What databases leave out by themselves. */
class FilteredReadTest {

    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

    private final List<AutoCloseable> opened = new ArrayList<>();

    private JdbcEventStore open(Vendor vendor) {
        HikariDataSource pool = (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool(4);
        opened.add(pool);
        return open(pool);
    }

    private JdbcEventStore open(HikariDataSource pool) {
        JdbcEventStore store = JdbcEventStore.builder(pool)
                .transactionManager(new JdbcTransactionManager(pool))
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        opened.add(0, store);
        return store;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static void append(JdbcEventStore store, int number, String stream, String type, String data) {
        append(store, number, stream, type, data.getBytes(UTF_8));
    }

    private static void append(JdbcEventStore store, int number, String stream, String type, byte[] data) {
        store.append(
                StreamName.of(stream),
                ExpectedPosition.any(),
                List.of(new NewEvent(id(number), type, data, new byte[0], TIME.plusSeconds(number))));
    }

    /** The numbers of what is found. */
    private static List<Integer> found(JdbcEventStore store, EventPredicate predicate) {
        return found(store, predicate, ReadOptions.forwards());
    }

    private static List<Integer> found(JdbcEventStore store, EventPredicate predicate, ReadOptions options) {
        return store.readMatching(predicate, options).stream()
                .map(event -> (int) event.id().getLeastSignificantBits())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void leavesOutByColumns(Vendor vendor) {
        JdbcEventStore store = open(vendor);
        append(store, 1, "Dog-1", "Registered", "{}");
        append(store, 2, "Dog-1", "TrickAdded", "{}");
        append(store, 3, "Dog_2", "Registered", "{}");
        append(store, 4, "Dog%3", "Renamed", "{}");

        assertThat(found(store, new TypeIn(Set.of("Registered", "Renamed")))).containsExactly(1, 3, 4);
        assertThat(found(store, new TypeIn(Set.of()))).isEmpty();
        assertThat(found(store, new Not(new TypeIn(Set.of("Registered"))))).containsExactly(2, 4);
        assertThat(found(store, new StreamIs(StreamName.of("Dog-1")))).containsExactly(1, 2);
        assertThat(found(store, new StreamIs(StreamName.of("Dog-9")))).isEmpty();
        assertThat(found(store, new Not(new StreamIs(StreamName.of("Dog-9"))))).hasSize(4);
        assertThat(found(store, new StreamStartsWith("Dog_"))).containsExactly(3);
        assertThat(found(store, new StreamStartsWith("Dog%"))).containsExactly(4);
        assertThat(found(store, new StreamStartsWith("!"))).isEmpty();
        assertThat(found(store, new IdIs(id(2)))).containsExactly(2);
        assertThat(found(store, new Happened(Comparison.EQUAL, TIME.plusSeconds(2))))
                .containsExactly(2);
        assertThat(found(store, new Happened(Comparison.LESS, TIME.plusSeconds(2))))
                .containsExactly(1);
        assertThat(found(store, new Happened(Comparison.GREATER_OR_EQUAL, TIME.plusSeconds(2))))
                .containsExactly(2, 3, 4);
        assertThat(found(store, new And(List.of()))).hasSize(4);
        assertThat(found(store, new Or(List.of()))).isEmpty();
        assertThat(found(store, new Not(new Or(List.of(new IdIs(id(1)), new And(List.of(new IdIs(id(2)))))))))
                .containsExactly(3, 4);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void keepsDirectionStartAndLimit(Vendor vendor) {
        JdbcEventStore store = open(vendor);
        for (int i = 1; i <= 250; i++) {
            append(store, i, "Dog-" + i % 3, i % 2 == 0 ? "Even" : "Odd", "{}");
        }
        TypeIn even = new TypeIn(Set.of("Even"));
        assertThat(found(store, even)).hasSize(125).startsWith(2, 4).endsWith(250);
        assertThat(found(store, even, ReadOptions.backwards().limit(2))).containsExactly(250, 248);
        RecordedEvent fourth = store.readMatching(even, ReadOptions.forwards().limit(4))
                .toList()
                .get(3);
        assertThat(found(
                        store,
                        even,
                        ReadOptions.forwards().from(fourth.commitPosition()).limit(2)))
                .containsExactly(8, 10);
        assertThat(found(store, even, ReadOptions.backwards().from(fourth.commitPosition())))
                .containsExactly(6, 4, 2);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void findsTextsInData(Vendor vendor) {
        JdbcEventStore store = open(vendor);
        append(store, 1, "Dog-1", "T", "{\"name\":\"Fido\"}");
        append(store, 2, "Dog-1", "T", "{\"name\":\"Größe\"}");
        append(store, 3, "Dog-1", "T", "{\"name\":\"Gr\\u00f6ße\"}");
        append(store, 4, "Dog-1", "T", "{\"name\":\"a\\/b\"}");
        append(store, 5, "Dog-1", "T", "{\"name\":\"a/b\"}");
        append(store, 6, "Dog-1", "T", new byte[] {(byte) 0xff, 0, '"'});
        append(store, 7, "Dog-1", "T", "[".repeat(100_000));

        assertThat(found(store, name("Fido"))).containsExactly(1, 3);
        assertThat(found(store, name("Größe"))).containsExactly(2, 3);
        assertThat(found(store, name("\ufffd"))).as("what can't be told").hasSize(7);
        assertThat(found(store, name("a/b"))).contains(4, 5).doesNotContain(1, 2, 6, 7);
        assertThat(found(store, new Not(name("Fido")))).hasSize(7);
    }

    private static DataHasText name(String name) {
        return new DataHasText(List.of("name"), name);
    }

    @Test
    void showsNothingBehindAnAppendInFlight() {
        HikariDataSource pool = Databases.newPostgres().pool(4);
        opened.add(pool);
        JdbcEventStore store = open(pool);
        TypeIn wanted = new TypeIn(Set.of("Wanted"));
        new TransactionTemplate(new JdbcTransactionManager(pool)).executeWithoutResult(transaction -> {
            append(store, 1, "Dog-1", "Wanted", "{}");
            List<Integer> seen = CompletableFuture.supplyAsync(() -> {
                        append(store, 2, "Dog-2", "Wanted", "{}");
                        return found(store, wanted);
                    })
                    .join();
            assertThat(seen).isEmpty();
            assertThat(found(store, wanted)).containsExactly(1, 2);
        });
        assertThat(found(store, wanted)).containsExactly(1, 2);
    }
}
