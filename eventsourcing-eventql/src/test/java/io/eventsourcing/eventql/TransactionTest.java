package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.test.postgres.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Inside a transaction, a query sees what the transaction has appended, and nobody else does. */
class TransactionTest {

    private static final String CONDITION =
            "FROM e IN events WHERE e.type == 'Dog.Registered' AND e.data.name == 'Fido' PROJECT INTO COUNT() == 1";

    @Test
    void h2() {
        seesItsOwnEvents("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    @Test
    void postgres() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        seesItsOwnEvents(database.jdbcUrl(), database.username(), database.password());
    }

    private static void seesItsOwnEvents(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            JdbcEventStore store = JdbcEventStore.builder(pool)
                    .transactionManager(manager)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            EventQl eventQl = EventQl.over(store);
            new TransactionTemplate(manager).executeWithoutResult(transaction -> {
                Events.append(store, "Dog-1", "Dog.Registered", "{\"name\":\"Fido\"}", 0);
                assertThat(eventQl.isTrue(CONDITION)).isTrue();
                assertThat(CompletableFuture.supplyAsync(() -> eventQl.isTrue(CONDITION))
                                .join())
                        .isFalse();
                transaction.setRollbackOnly();
            });
            assertThat(eventQl.isTrue(CONDITION)).isFalse();
            assertThatThrownBy(() -> store.append(List.of(), List.of(EventQl.condition(CONDITION))))
                    .isInstanceOf(ConditionNotMetException.class)
                    .hasMessageContaining(CONDITION);
            Events.append(store, "Dog-1", "Dog.Registered", "{\"name\":\"Fido\"}", 0);
            assertThat(store.append(List.of(), List.of(EventQl.condition(CONDITION))))
                    .isEmpty();
            assertThatThrownBy(() -> EventQl.condition("FROM nothing")).isInstanceOf(EventQlException.class);
            store.close();
        }
    }
}
