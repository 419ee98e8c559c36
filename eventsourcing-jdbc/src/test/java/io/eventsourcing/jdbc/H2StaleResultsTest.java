package io.eventsourcing.jdbc;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * H2 2.4.240 answers a query with the result it had before until it notes that somebody has committed, and it notes that
 * when the locks of that transaction are already gone. An append that is decided by such a result takes a place that is
 * taken: of a million appends by eight threads, fifty did.
 */
class H2StaleResultsTest {

    private static final NewEvent EVENT = TransactionContract.event();
    private static final StreamName STREAM = StreamName.of("Dog", UUID.randomUUID());
    private static final StreamName OTHER = StreamName.of("Cat", UUID.randomUUID());

    @Test
    void whateverDecidesAnAppendIsAskedAnew() {
        assertThat(askedUnderLock(UnaryOperator.identity()))
                .hasSizeGreaterThan(20)
                .allSatisfy(statement -> assertThat(statement).contains(H2Sql.ASKED));
    }

    @Test
    void whatIsNotAskedAnewIsFound() {
        assertThat(askedUnderLock(statement -> statement.replace(H2Sql.ASKED, "TRUE")))
                .isNotEmpty()
                .noneMatch(statement -> statement.contains(H2Sql.ASKED));
    }

    /** The queries that came between the append lock and the end of its transaction. */
    private static List<String> askedUnderLock(UnaryOperator<String> change) {
        List<String> asked = new ArrayList<>();
        boolean[] locked = {false};
        UnaryOperator<String> observer = statement -> {
            String prepared = change.apply(statement);
            locked[0] |= prepared.contains("es_append_lock");
            if (locked[0] && decides(prepared)) {
                asked.add(prepared);
            }
            return prepared;
        };
        try (HikariDataSource pool = Databases.newH2InMemory().pool();
                JdbcEventStore store = JdbcEventStore.builder(new ObservedStatements(pool, observer))
                        .initializeSchema(SchemaInitialization.ALWAYS)
                        .open()) {
            asked.clear();
            for (Runnable append : everyWayToAppend(store)) {
                locked[0] = false;
                append.run();
                assertThat(locked[0]).as("the append lock was held").isTrue();
            }
            locked[0] = false;
        }
        return asked;
    }

    /** What streams are called never changes, and how far a page may look decides nothing. */
    private static boolean decides(String statement) {
        return statement.startsWith("SELECT")
                && !statement.contains("es_append_lock")
                && !statement.contains("FINAL TABLE")
                && !statement.startsWith("SELECT stream_id, tenant, name FROM es_streams")
                && !statement.contains("OFFSET");
    }

    private static List<Runnable> everyWayToAppend(JdbcEventStore store) {
        EventQuery query = EventQuery.ofTypes("Some.Type").or(EventQuery.tagged("one", "other"));
        EventPredicate predicate = new EventPredicate.Or(
                List.of(new EventPredicate.StreamIs(STREAM), new EventPredicate.StreamStartsWith("Dog-")));
        return List.of(
                () -> store.append(STREAM, noStream(), List.of(EVENT)),
                () -> store.append(STREAM, any(), List.of(EVENT)),
                () -> appendIf(store, AppendCondition.noMatch(query)),
                () -> appendIf(store, AppendCondition.lastEvent(STREAM, EVENT.id())),
                () -> appendIf(store, hasAny(all -> all.readAll(ReadOptions.forwards()))),
                () -> appendIf(
                        store, hasAny(all -> all.readAll(ReadOptions.forwards().streams(StreamFilter.prefix("Dog-"))))),
                () -> appendIf(store, hasAny(all -> store.readMatching(predicate, ReadOptions.forwards()))),
                () -> store.delete(STREAM, any()),
                () -> store.tombstone(OTHER, any()));
    }

    private static AppendCondition hasAny(Function<AllReader, EventSequence> read) {
        return AppendCondition.isTrue("there are some", all -> {
            try (EventSequence events = read.apply(all)) {
                return events.iterator().hasNext();
            }
        });
    }

    private static void appendIf(JdbcEventStore store, AppendCondition condition) {
        store.append(List.of(new StreamAppend(OTHER, any(), List.of(TransactionContract.event()))), List.of(condition));
    }
}
