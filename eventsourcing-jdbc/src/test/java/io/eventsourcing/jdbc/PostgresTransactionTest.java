package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class PostgresTransactionTest extends TransactionContract {

    @Override
    Databases.Coordinates database() {
        return Databases.newPostgres();
    }

    @ParameterizedTest
    @ValueSource(ints = {TransactionDefinition.ISOLATION_REPEATABLE_READ, TransactionDefinition.ISOLATION_SERIALIZABLE})
    void conditionsAreRefusedWhereTheSnapshotIsOld(int isolation) {
        try (HikariDataSource pool = database().pool()) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TransactionTemplate transaction = new TransactionTemplate(manager);
            transaction.setIsolationLevel(isolation);
            try (JdbcEventStore store = JdbcEventStore.builder(pool)
                    .transactionManager(manager)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open()) {
                StreamName stream = StreamName.of("Dog-1");
                assertThatThrownBy(() -> transaction.execute(status -> store.append(
                                List.of(new StreamAppend(
                                        stream, ExpectedPosition.any(), List.of(TransactionContract.tagged("dog:1")))),
                                List.of(AppendCondition.noMatch(EventQuery.tagged("dog:1"))))))
                        .isInstanceOf(EventStoreException.class)
                        .hasMessageContaining("READ COMMITTED");
                assertThat(store.position(stream).exists()).isFalse();
            }
        }
    }
}
