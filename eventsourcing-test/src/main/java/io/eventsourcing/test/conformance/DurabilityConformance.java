package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What was acknowledged outlives the store object. A fixture without {@link Capability#DURABLE} refuses to reopen its
 * store, which each of these tests then expects.
 */
public interface DurabilityConformance extends ConformanceSuite {

    @Test
    default void whatWasAcknowledgedIsThereAfterReopening() {
        whereSupported(() -> {
            TestStream one = TestStream.of(store(), 3);
            TestStream other = TestStream.of(store(), 2);
            store().close();
            EventStore reopened = fixture().reopen();
            one.isIntactIn(reopened);
            other.isIntactIn(reopened);
        });
    }

    @Test
    default void positionsContinueAfterReopening() {
        whereSupported(() -> {
            long before = lastCommitPosition(store());
            TestStream stream = TestStream.of(store(), 3);
            store().close();
            EventStore reopened = fixture().reopen();
            List<NewEvent> next = events(2);
            AppendResult result = reopened.append(stream.name(), exactly(2), next);
            stream.nowHas(next).isIntactIn(reopened);
            assertThat(result.streamPosition()).isEqualTo(stream.position());
            assertThat(allAfter(reopened, before)).hasSize(5);
        });
    }

    @Test
    default void appendIsRecognisedAfterReopening() {
        whereSupported(() -> {
            TestStream other = TestStream.of(store(), 3);
            TestStream stream = TestStream.missing(store());
            List<NewEvent> batch = events(2);
            AppendResult first = stream.append(noStream(), batch);
            store().close();
            EventStore reopened = fixture().reopen();
            assertThat(reopened.append(stream.name(), noStream(), batch)).isEqualTo(first);
            stream.isIntactIn(reopened);
            other.isIntactIn(reopened);
        });
    }

    @Test
    default void twoStoresOverTheSameDataSeeEachOther() {
        whereSupported(() -> {
            long before = lastCommitPosition(store());
            EventStore second = fixture().reopen();
            TestStream stream = TestStream.missing(store());
            for (int i = 0; i < 10; i++) {
                List<NewEvent> batch = events(2);
                (i % 2 == 0 ? store() : second).append(stream.name(), stream.asItIs(), batch);
                stream.nowHas(batch).isIntact();
                stream.isIntactIn(second);
            }
            assertThat(ids(allAfter(store(), before))).isEqualTo(ids(allAfter(second, before)));
        });
    }

    @Test
    default void writersOfTwoStoresLoseNothing() {
        whereSupported(() -> {
            TestStream stream = TestStream.missing(store());
            List<EventStore> stores = List.of(store(), fixture().reopen());
            Race.of(8, number -> {
                for (int i = 0; i < 25; i++) {
                    stores.get(number % 2).append(stream.name(), any(), events(1));
                }
                return number;
            });
            assertThat(stream.read()).hasSize(200);
        });
    }

    private void whereSupported(Runnable test) {
        if (fixture().capabilities().contains(Capability.DURABLE)) {
            test.run();
            return;
        }
        TestStream.of(store(), 2);
        assertThatThrownBy(() -> fixture().reopen()).isInstanceOf(UnsupportedByStoreException.class);
    }
}
