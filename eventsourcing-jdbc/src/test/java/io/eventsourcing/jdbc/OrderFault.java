package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventStore;
import java.sql.ResultSet;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Mistakes that stores make with order, conditions and deletion on PostgreSQL, a test that each of them fails, and why. */
enum OrderFault implements JdbcFixture.Opening {

    /** A cursor over positions, as if they were committed in their order. */
    READS_WHATEVER_IS_VISIBLE("eventsOfATransactionThatIsOvertakenAreNotSkipped", "has missed", NoHorizon::new),

    /** What is older than all transactions is decided, but positions don't have the order of transactions. */
    FILTERS_BY_TRANSACTION_BUT_GOES_ON_BY_POSITION(
            "eventsOfATransactionThatIsOvertakenByAnOlderOneAreNotSkipped", "has missed", XminHorizon::new),

    /** The cursor that fits that filter; but a transaction can be older than what it appends to. */
    SORTS_BY_TRANSACTION("streamStaysInOrderWhenTheOlderTransactionAppendsLast", "stream order", XminHorizon::new) {
        @Override
        public EventStore open(JdbcEventStoreBuilder builder, JdbcTransactionManager manager) {
            return new TransactionOrderStore(super.open(builder, manager), manager.getDataSource());
        }
    },

    /** In between, nobody knows of it. */
    DRAWS_ITS_POSITION_BEFORE_IT_LOCKS("followersSeeEveryEventOnceHoweverTransactionsEnd", "has missed", LateLock::new),

    /** Who begins in between isn't in the list, and below what is noted. */
    LISTS_THE_LOCKS_BEFORE_IT_NOTES_THE_LAST_POSITION(
            "eventsThatAppearWhileAFollowerReadsAreNotSkipped", "has missed", LateNote::new),

    /** {@code WHERE NOT EXISTS} at READ COMMITTED: two don't see each other. */
    LOOKS_AT_TAGS_WITHOUT_A_LOCK("oneOfManyWritersThatDependOnATagWins", "winners of round", NoTagLocks::new),

    /** Whoever comes at once looks at nothing. */
    APPENDS_AT_ONCE_WHATEVER_IS_THERE(
            "appendIsMadeIfItsConditionIsMet",
            "Expecting code to raise a throwable",
            right -> new OtherAtOnce(right, "SELECT i\\.condition\\s+FROM", "SELECT i.condition + 1000 FROM")),

    /** The same, of types. */
    LOOKS_AT_TYPES_WITHOUT_A_LOCK("oneOfManyWritersThatDependOnATypeWins", "winners of round", NoTagLocks::new),

    /** Who knows the last event doesn't look at what was deleted. */
    WRITES_NO_TOMBSTONE_INTO_THE_STREAM(
            "tombstonedStreamHasNoEventsAndRefusesAppends", "Expecting code to raise a throwable", NoTombstone::new);

    private final String test;
    private final String symptom;
    private final UnaryOperator<Vendor.Sql> variation;

    OrderFault(String test, String symptom, UnaryOperator<Vendor.Sql> variation) {
        this.test = test;
        this.symptom = symptom;
        this.variation = variation;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    /** What that test says of it. */
    String symptom() {
        return symptom;
    }

    @Override
    public EventStore open(JdbcEventStoreBuilder builder, JdbcTransactionManager manager) {
        return JdbcFixture.open(builder.vary(variation), manager);
    }

    private static class NoHorizon extends VariedSql {

        NoHorizon(Vendor.Sql right) {
            super(right);
        }

        @Override
        public List<String> beforeReadingAll() {
            return List.of();
        }

        @Override
        public List<String> afterReadingAll() {
            return List.of();
        }

        @Override
        public String decided() {
            return "TRUE";
        }
    }

    private static final class XminHorizon extends NoHorizon {

        XminHorizon(Vendor.Sql right) {
            super(right);
        }

        @Override
        public String decided() {
            return "e.xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        }
    }

    private static final class NoTagLocks extends VariedSql {

        NoTagLocks(Vendor.Sql right) {
            super(right);
        }

        @Override
        public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
            return super.reserve(
                    jdbc,
                    new Reservation.Wanted(
                            wanted.streams(), wanted.created(), wanted.events(), TagLocks.of(List.of()), false),
                    waits);
        }

        @Override
        public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {}

        @Override
        public void awaitOthers(JdbcOperations jdbc) {}
    }

    /** Says something else in the round trip in which all is said. */
    private static final class OtherAtOnce extends VariedSql {
        private final String said;
        private final String other;

        OtherAtOnce(Vendor.Sql right, String said, String other) {
            super(right);
            this.said = said;
            this.other = other;
        }

        @Override
        public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {
            DataSource dataSource = Objects.requireNonNull(((JdbcTemplate) jdbc).getDataSource());
            DataSource varied = new ObservedStatements(dataSource, text -> text.replaceAll(said, other));
            super.writeAtOnce(new JdbcTemplate(varied), requests, heads);
        }
    }

    private static final class NoTombstone extends VariedSql {

        NoTombstone(Vendor.Sql right) {
            super(right);
        }

        @Override
        public void keepOut(JdbcOperations jdbc, StreamHead tombstoned) {}
    }

    private static final class LateLock extends VariedSql {

        LateLock(Vendor.Sql right) {
            super(right);
        }

        /** The path that locks and draws in one statement. */
        @Override
        public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {}

        @Override
        public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
            jdbc.execute("SELECT set_config('eventsourcing.appending', 'yes', true)"); // so that it isn't taken here
            return super.reserve(jdbc, wanted, waits);
        }

        @Override
        public void insert(JdbcOperations jdbc, List<NewRow> rows) {
            super.insert(jdbc, rows);
            jdbc.execute("SELECT pg_sleep(0.005)");
            jdbc.execute("SELECT " + PostgresSql.LOCK_APPEND);
        }
    }

    private static final class LateNote extends VariedSql {

        private static final String LIST = """
                SELECT set_config('eventsourcing.listed', coalesce(min(objid::bigint)::text, ''), true) FROM pg_locks
                WHERE locktype = 'advisory' AND classid = %d AND pid <> pg_backend_pid()
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""".formatted(PostgresSql.APPEND_LOCK);

        private static final String NOTE = """
                SELECT set_config('eventsourcing.decided',
                        coalesce(nullif(current_setting('eventsourcing.listed'), ''), last_value::text), true)
                FROM es_commit_positions""";

        LateNote(Vendor.Sql right) {
            super(right);
        }

        @Override
        public List<String> beforeReadingAll() {
            return List.of(LIST, "SELECT pg_sleep(0.2)", NOTE);
        }

        @Override
        public List<String> afterReadingAll() {
            return List.of();
        }

        @Override
        public void requireDecidable(ResultSet first) {}
    }
}
