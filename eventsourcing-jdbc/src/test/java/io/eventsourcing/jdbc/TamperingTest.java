package io.eventsourcing.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.Personal;
import io.eventsourcing.integrity.Breach.Reason;
import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.integrity.Verification;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.test.conformance.IntegrityConformance;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody who may do everything in the database changes something, and verification names it. */
class TamperingTest {

    private static final IntegrityKeys KEYS =
            IntegrityKeys.signing(IntegrityConformance.SIGNING_KEY, IntegrityConformance.VERIFICATION_KEY);
    private static final StreamName ONE = StreamName.of("Dog-1");
    private static final StreamName OTHER = StreamName.of("Dog-2");

    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;
    private JdbcEventStore store;
    private Integrity integrity;

    /** Six events at the commit positions 1 to 6, of two streams in turns, and sealed. */
    private void open(Vendor vendor) {
        pool = (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool();
        jdbc = new JdbcTemplate(pool);
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        integrity = Integrity.of(store, KEYS);
    }

    private void openSealed(Vendor vendor) {
        open(vendor);
        for (int i = 0; i < 6; i++) {
            store.append(i % 2 == 0 ? ONE : OTHER, ExpectedPosition.any(), List.of(event()));
        }
        assertThat(integrity.seal()).isEqualTo(6);
        assertThat(integrity.verifyAll().verified()).isEqualTo(6);
    }

    private static NewEvent event() {
        UUID id = UUID.randomUUID();
        byte[] json = ("{\"id\":\"" + id + "\"}").getBytes(UTF_8);
        return new NewEvent(id, "Dog.Barked", json, json, Instant.now(), Set.of("dog:" + id));
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    static Stream<Arguments> changes() {
        String event4 = " WHERE commit_position = 4";
        return Stream.of(
                        List.of("UPDATE es_events SET data = metadata || data" + event4, Reason.CHANGED, 4L),
                        List.of(
                                "UPDATE es_events SET metadata = (SELECT metadata FROM es_events"
                                        + " WHERE commit_position = 3)" + event4,
                                Reason.CHANGED,
                                4L),
                        List.of("UPDATE es_events SET event_type = 'Dog.Bitten'" + event4, Reason.CHANGED, 4L),
                        List.of(
                                "UPDATE es_events SET occurred_at = TIMESTAMP WITH TIME ZONE '2026-01-02 03:04:05+00'"
                                        + event4,
                                Reason.CHANGED,
                                4L),
                        List.of(
                                "UPDATE es_events SET event_id = '00000000-0000-0000-0000-000000000001'" + event4,
                                Reason.CHANGED,
                                4L),
                        List.of("UPDATE es_events SET tags = NULL" + event4, Reason.CHANGED, 4L),
                        List.of("UPDATE es_events SET stream_position = 99" + event4, Reason.CHANGED, 4L),
                        List.of("UPDATE es_streams SET name = 'Dog-3' WHERE name = 'Dog-2'", Reason.CHANGED, 2L),
                        List.of("DELETE FROM es_events" + event4, Reason.MISSING_EVENT, 4L),
                        List.of("DELETE FROM es_events WHERE commit_position = 6", Reason.MISSING_EVENT, 6L),
                        List.of("DELETE FROM es_events", Reason.MISSING_EVENT, 1L),
                        List.of(
                                "UPDATE es_events SET commit_position = CASE commit_position WHEN 2 THEN 104 ELSE 102 END"
                                        + " WHERE commit_position IN (2, 4)",
                                Reason.MISSING_EVENT,
                                2L),
                        List.of("UPDATE es_seals SET hash = predecessor WHERE commit_position = 4", Reason.CHANGED, 4L),
                        List.of("UPDATE es_seals SET predecessor = hash WHERE commit_position = 4", Reason.CHANGED, 4L),
                        List.of("DELETE FROM es_seals" + event4, Reason.MISSING_SEAL, 4L),
                        List.of(
                                "UPDATE es_seals SET signature = NULL WHERE commit_position = 6",
                                Reason.NOT_SIGNED,
                                6L),
                        List.of(
                                "UPDATE es_seals SET signature = (SELECT signature FROM es_seals"
                                        + " WHERE commit_position = 3)" + event4,
                                Reason.WRONG_SIGNATURE,
                                4L),
                        List.of("UPDATE es_seals SET signature = hash" + event4, Reason.WRONG_SIGNATURE, 4L),
                        List.of("UPDATE es_seals SET key_id = 'x'" + event4, Reason.UNKNOWN_KEY, 4L),
                        List.of("UPDATE es_seals SET hash = substring(hash FROM 1 FOR 5)" + event4, Reason.CHANGED, 4L))
                .flatMap(change -> Stream.of(Vendor.values())
                        .map(vendor -> Arguments.of(vendor, change.get(0), change.get(1), change.get(2))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changeIsNamed(Vendor vendor, String sql, Reason reason, long position) {
        openSealed(vendor);
        assertThat(jdbc.update(sql)).as("rows").isPositive();

        Verification found = verifiedAnew();
        assertThat(found.breach()).as(found.toString()).isPresent();
        assertThat(found.breach().get().reason()).as(found.toString()).isEqualTo(reason);
        assertThat(found.breach().get().commitPosition()).isEqualTo(position);
    }

    /** A store that has read a stream before knows its name, and doesn't ask again. */
    private Verification verifiedAnew() {
        try (JdbcEventStore another = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.NEVER)
                .open()) {
            return Integrity.of(another, KEYS).verifyAll();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void eventThatWasPutInAGapIsNamed(Vendor vendor) {
        openSealed(vendor);
        jdbc.update("DELETE FROM es_events WHERE commit_position = 3");
        jdbc.update("DELETE FROM es_seals WHERE commit_position = 3");
        assertBreach(integrity.verifyAll(), Reason.MISSING_SEAL, 4);
        jdbc.update("INSERT INTO es_events"
                + " (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)"
                + " SELECT 3, stream_id, 1, event_id, occurred_at, event_type, data, metadata"
                + " FROM es_events WHERE commit_position = 1");
        assertBreach(integrity.verifyAll(), Reason.MISSING_SEAL, 3);
        assertBreach(integrity.verifyStream(ONE), Reason.INSERTED_EVENT, 3);
        assertThat(integrity.verifyStream(OTHER).isIntact()).isFalse();
    }

    private static void assertBreach(Verification found, Reason reason, long position) {
        assertThat(found.breach()).as(found.toString()).hasValueSatisfying(breach -> {
            assertThat(breach.reason()).isEqualTo(reason);
            assertThat(breach.commitPosition()).isEqualTo(position);
        });
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void streamWhoseEventWasRemovedIsNotIntact(Vendor vendor) {
        openSealed(vendor);
        jdbc.update("DELETE FROM es_events WHERE commit_position = 3");
        assertBreach(integrity.verifyStream(ONE), Reason.MISSING_EVENT, 5);
        assertThat(integrity.verifyStream(OTHER).verified()).isEqualTo(3);
    }

    /** Only what was noted elsewhere shows it. */
    @ParameterizedTest
    @EnumSource(Vendor.class)
    void endThatWasRemovedIsFoundByWhatWasNoted(Vendor vendor) {
        openSealed(vendor);
        Seal noted = integrity.verifyAll().last().orElseThrow();
        jdbc.update("DELETE FROM es_events WHERE commit_position > 4");
        jdbc.update("DELETE FROM es_seals WHERE commit_position > 4");

        assertThat(integrity.verifyAll().verified()).isEqualTo(4);
        assertBreach(integrity.verifyAll(noted), Reason.NOT_AS_NOTED, 6);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void rollbackTakesNoSealsBack(Vendor vendor) {
        openSealed(vendor);
        store.append(ONE, ExpectedPosition.any(), List.of(event()));
        Seal last = store.seals().last().orElseThrow();
        Seal next = new Seal(6, 7, last.hash(), last.hash(), last.signature());
        transaction.executeWithoutResult(status -> {
            assertThat(store.seals().add(List.of(next))).isTrue();
            assertThat(store.seals().add(List.of(next))).isFalse();
            status.setRollbackOnly();
        });
        assertThat(store.seals().last()).contains(next);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void sealsCanBeInAnotherDatabase(Vendor vendor) {
        open(vendor);
        try (HikariDataSource others = Databases.newH2InMemory().pool()) {
            JdbcSeals elsewhere = JdbcSeals.open(others, SchemaInitialization.ALWAYS);
            store.append(ONE, ExpectedPosition.any(), List.of(event(), event()));
            Integrity apart = Integrity.of(store, elsewhere, KEYS);
            assertThat(apart.seal()).isEqualTo(2);
            assertThat(apart.verifyAll().verified()).isEqualTo(2);
            assertThat(store.seals().last()).isEmpty();
        }
    }

    @AggregateName("Customer")
    static class Customer extends Aggregate {

        @Event("Registered")
        Customer(@Personal String name) {}
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void chainHoldsWhenASubjectIsForgotten(Vendor vendor) {
        open(vendor);
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .cipherKeys(CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
                .build();
        Customer customer = new Customer("Ann");
        eventSourcing.save(customer);
        integrity.seal();
        eventSourcing.forget(customer.id().toString());

        assertThat(integrity.verifyAll().verified()).isEqualTo(1);
    }
}
