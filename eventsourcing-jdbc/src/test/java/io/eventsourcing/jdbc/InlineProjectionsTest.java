package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.projection.InlineProjections;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written in the transaction of an append. */
class InlineProjectionsTest {

    private final InlineProjections inline = new InlineProjections();
    private final StreamName stream = StreamName.of("Dog-1");
    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transaction;
    private JdbcEventStore store;
    private boolean fails;

    private void open(Vendor vendor) {
        pool = (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool();
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        jdbc.execute("CREATE TABLE written (position BIGINT)");
        inline.use(
                EventSourcing.of(store),
                List.of(ProjectionDefinition.named("dogs")
                        .onOthers(event -> {
                            jdbc.update("INSERT INTO written VALUES (?)", event.streamPosition());
                            if (fails) {
                                throw new java.io.IOException("planned");
                            }
                        })
                        .build()));
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
            pool.close();
        }
    }

    private void append(ExpectedPosition expected, List<NewEvent> events) {
        List<StreamAppend> appends = List.of(new StreamAppend(stream, expected, events));
        inline.append(store, appends, () -> store.append(appends));
    }

    private List<Long> written() {
        return jdbc.queryForList("SELECT position FROM written ORDER BY position", Long.class);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void eventsAreHandledWhenTheyAreStored(Vendor vendor) {
        open(vendor);
        List<NewEvent> first = List.of(TransactionContract.event(), TransactionContract.event());
        append(ExpectedPosition.noStream(), first);
        append(ExpectedPosition.exactly(1), List.of(TransactionContract.event()));

        assertThat(written()).containsExactly(0L, 1L, 2L);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void appendThatIsRepeatedIsNotHandledAgain(Vendor vendor) {
        open(vendor);
        List<NewEvent> first = List.of(TransactionContract.event());
        List<NewEvent> second = List.of(TransactionContract.event());
        append(ExpectedPosition.noStream(), first);
        append(ExpectedPosition.noStream(), first);
        append(ExpectedPosition.exactly(0), second);
        append(ExpectedPosition.exactly(0), second);
        append(ExpectedPosition.noStream(), first);

        assertThat(written()).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void handlerThatFailsUndoesTheAppend(Vendor vendor) {
        open(vendor);
        fails = true;
        assertThatThrownBy(() -> append(ExpectedPosition.noStream(), List.of(TransactionContract.event())))
                .hasMessageContaining("The projection dogs can't handle")
                .hasRootCauseMessage("planned");

        assertThat(written()).isEmpty();
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void callersTransactionIsUndoneTooEvenIfTheCallerCatches(Vendor vendor) {
        open(vendor);
        fails = true;
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    jdbc.update("INSERT INTO written VALUES (99)");
                    assertThatThrownBy(() -> append(ExpectedPosition.noStream(), List.of(TransactionContract.event())))
                            .hasRootCauseMessage("planned");
                }))
                .isInstanceOf(UnexpectedRollbackException.class);

        assertThat(written()).isEmpty();
        assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
    }

    @AggregateName("Customer")
    static class Customer extends Aggregate {
        @Event("Registered")
        Customer() {}
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void whatTenantsSaveIsHandledToo(Vendor vendor) {
        open(vendor);
        List<String> seen = new ArrayList<>();
        EventSourcing eventSourcing =
                EventSourcing.builder(store).interceptor(inline).build();
        inline.use(
                eventSourcing,
                List.of(ProjectionDefinition.named("customers")
                        .on("Customer.Registered", event -> seen.add(event.tenant()))
                        .build()));
        Customer customer = new Customer();
        eventSourcing.forTenant("ann").save(customer);
        eventSourcing.forTenant("ann").save(customer);
        eventSourcing.save(new Customer());

        assertThat(seen).containsExactly("ann", "");
    }

    @Test
    void storeWithoutTransactionsIsRefused() {
        assertThatThrownBy(() -> inline.use(
                        EventSourcing.of(new MemoryEventStore()),
                        List.of(ProjectionDefinition.named("dogs")
                                .onOthers(event -> {})
                                .build())))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining("TransactionRunner");
    }
}
