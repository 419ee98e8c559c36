package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SmallPoolTest {

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void noOperationNeedsASecondConnection(Vendor vendor) {
        Databases.Coordinates database = vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres();
        try (HikariDataSource one = database.pool(1)) {
            one.setConnectionTimeout(1_000);
            JdbcEventStore store = JdbcEventStore.builder(one)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            StreamName stream = StreamName.of("Dog-1");
            store.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
            store.append(stream, ExpectedPosition.any(), List.of(TransactionContract.event()));
            new TransactionTemplate(new JdbcTransactionManager(one)).executeWithoutResult(status -> {
                store.append(stream, ExpectedPosition.exactly(1), List.of(TransactionContract.event()));
                assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(3);
                assertThat(store.read(stream, ReadOptions.backwards()).toList()).hasSize(3);
            });
            assertThat(Databases.noneIsTaken(one)).isTrue();
        }
    }
}
