package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction of another database is none of the store's. */
class ForeignTransactionTest {

    private static final StreamName STREAM = StreamName.of("Dog-1");

    private final HikariDataSource other = Databases.newH2InMemory().pool(2);
    private final TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(other));

    private HikariDataSource pool;
    private JdbcEventStore store;

    @BeforeEach
    void open() {
        pool = Databases.newPostgres().pool(3);
        store = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
        other.close();
    }

    /** Without a transaction of its own, its locks would last for one statement each. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appendHasATransactionOfItsOwn(boolean afterARead) {
        foreign.executeWithoutResult(status -> {
            if (afterARead) {
                assertThat(store.position(STREAM)).isEqualTo(StreamPosition.NONE);
            }
            assertThat(store.isInTransaction()).isFalse();
            append(STREAM);
            store.require(MultiStreamAppender.class)
                    .append(List.of(
                            new StreamAppend(STREAM, ExpectedPosition.any(), List.of(TransactionContract.event())),
                            new StreamAppend(
                                    StreamName.of("Dog-2"),
                                    ExpectedPosition.any(),
                                    List.of(TransactionContract.event()))));
            status.setRollbackOnly();
        });
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(3);
        assertThat(store.position(STREAM)).isEqualTo(StreamPosition.of(1));
    }

    private void append(StreamName stream) {
        store.append(stream, ExpectedPosition.any(), List.of(TransactionContract.event()));
    }
}
