package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.VersionConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What a process hears of its own appends. */
class SignalsTest {

    private static StreamName append(JdbcEventStore store) {
        StreamName stream = StreamName.of("Dog", UUID.randomUUID());
        store.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()));
        return stream;
    }

    private static HikariDataSource pool(Vendor vendor) {
        return (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool();
    }

    private static JdbcEventStoreBuilder builder(DataSource pool) {
        return JdbcEventStore.builder(pool).initializeSchema(SchemaInitialization.ALWAYS);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void anAppendSignalsWhenItHasWrittenSomething(Vendor vendor) {
        try (HikariDataSource pool = pool(vendor);
                JdbcEventStore store = builder(pool).open()) {
            AtomicInteger signals = new AtomicInteger();
            AppendSignals.Registration registration = store.onAppend(signals::incrementAndGet);
            StreamName stream = append(store);
            assertThat(signals).hasValue(1);
            assertThatThrownBy(() ->
                            store.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event())))
                    .isInstanceOf(VersionConflictException.class);
            store.append(stream, ExpectedPosition.any(), List.of());
            assertThat(signals).as("nothing was written").hasValue(1);
            registration.close();
            registration.close();
            append(store);
            assertThat(signals).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aTransactionSignalsOnceWhenItIsCommitted(Vendor vendor) {
        try (HikariDataSource pool = pool(vendor)) {
            JdbcTransactionManager manager = new JdbcTransactionManager(pool);
            TransactionTemplate transaction = new TransactionTemplate(manager);
            TransactionTemplate another = new TransactionTemplate(manager);
            another.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            try (JdbcEventStore store =
                    builder(pool).transactionManager(manager).open()) {
                AtomicInteger signals = new AtomicInteger();
                store.onAppend(signals::incrementAndGet);
                transaction.executeWithoutResult(status -> {
                    append(store);
                    append(store);
                    assertThat(signals).as("not committed yet").hasValue(0);
                });
                assertThat(signals).hasValue(1);
                transaction.executeWithoutResult(status -> {
                    append(store);
                    status.setRollbackOnly();
                });
                assertThat(signals).as("rolled back").hasValue(1);
                transaction.executeWithoutResult(status -> {
                    another.executeWithoutResult(inner -> append(store));
                    assertThat(signals).as("the inner one is committed").hasValue(2);
                });
                assertThat(signals).hasValue(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void anAppendHasSucceededWhateverThoseDoWhoAreTold(Vendor vendor) {
        try (HikariDataSource pool = pool(vendor);
                JdbcEventStore store = builder(pool).open()) {
            AtomicInteger signals = new AtomicInteger();
            store.onAppend(() -> {
                throw new IllegalStateException("thrown by the test");
            });
            store.onAppend(signals::incrementAndGet);
            StreamName stream = append(store);
            assertThat(store.position(stream).exists()).isTrue();
            assertThat(signals).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aThousandSubscriptionsAskAFewTimesASecond(Vendor vendor) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (HikariDataSource pool = pool(vendor);
                JdbcEventStore store = builder(new DelegatingDataSource(pool) {
                            @Override
                            public Connection getConnection() throws SQLException {
                                connections.incrementAndGet();
                                return super.getConnection();
                            }
                        })
                        .open()) {
            CountDownLatch following = new CountDownLatch(1_000);
            for (int i = 0; i < 1_000; i++) {
                store.subscribe(SubscribeOptions.fromBeginning(), event -> following.countDown());
            }
            append(store);
            assertThat(following.await(1, TimeUnit.MINUTES)).isTrue();
            LockSupport.parkNanos(100_000_000);
            int before = connections.get();
            long start = System.nanoTime();
            LockSupport.parkNanos(2_000_000_000);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(connections.get() - before).isBetween(1, 2 + (int) (5 * seconds));
        }
    }
}
