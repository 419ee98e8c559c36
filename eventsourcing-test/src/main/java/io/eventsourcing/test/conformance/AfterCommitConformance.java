package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is to happen once the caller's transaction is committed. A store without {@link Capability#JOINS_TRANSACTIONS}
 * refuses, which each of these tests then expects.
 */
public interface AfterCommitConformance extends ConformanceSuite {

    @ParameterizedTest
    @EnumSource
    default void actionRunsAfterACommitAlone(TransactionEnd end) {
        whereJoined(aware -> {
            StreamName stream = TestEvents.newStream();
            List<String> ran = new CopyOnWriteArrayList<>();
            fixture().inTransaction(store(), () -> {
                aware.afterCommit(() -> ran.add("first"));
                store().append(stream, any(), events(1));
                aware.afterCommit(() -> ran.add("second"));
                assertThat(ran).as("run before the transaction has ended").isEmpty();
                return end;
            });
            assertThat(store().position(stream).exists()).isEqualTo(end == TransactionEnd.COMMIT);
            assertThat(ran).isEqualTo(end == TransactionEnd.COMMIT ? List.of("first", "second") : List.of());
        });
    }

    @Test
    default void actionWithoutATransactionIsRefused() {
        whereJoined(aware ->
                assertThatThrownBy(() -> aware.afterCommit(() -> {})).isInstanceOf(IllegalStateException.class));
    }

    private void whereJoined(Consumer<TransactionAware> test) {
        TestStream.of(store(), 1);
        if (fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
            test.accept(store().require(TransactionAware.class));
            return;
        }
        assertThatThrownBy(() -> store().require(TransactionAware.class))
                .isInstanceOf(UnsupportedByStoreException.class);
    }
}
