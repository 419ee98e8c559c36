package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.integrity.Breach;
import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.integrity.Verification;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Events that are sealed stay as they are, and seals too, whoever writes and seals at the same time. A store without {@link
 * Capability#SEALS} refuses.
 */
public interface IntegrityConformance extends ConformanceSuite {

    /** The first test vector of RFC 8032. */
    String SIGNING_KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----""";

    String VERIFICATION_KEY = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
            -----END PUBLIC KEY-----""";

    @Test
    default void whatIsSealedIsIntact() {
        whereSealed((integrity, seals) -> {
            TestStream one = TestStream.of(store(), 3);
            TestStream other = TestStream.of(store(), 2);
            assertThat(integrity.seal()).isEqualTo(5);
            assertThat(integrity.seal()).isZero();
            assertIntact(integrity, seals);
            for (TestStream stream : List.of(one, other)) {
                stream.read().forEach(event -> integrity.verifyEvent(event).requireIntact());
                assertThat(integrity.verifyStream(stream.name()).verified())
                        .isEqualTo(stream.position().value() + 1);
            }
        });
    }

    @Test
    default void eventThatIsReadOtherwiseIsFound() {
        whereSealed((integrity, seals) -> {
            TestStream stream = TestStream.of(store(), 3);
            integrity.seal();
            RecordedEvent event = stream.read().get(1);
            event.data()[3] ^= 1;
            Verification found = integrity.verifyEvent(event);
            assertThat(found.breach()).map(Breach::reason).contains(Breach.Reason.CHANGED);
            assertThat(found.breach()).map(Breach::commitPosition).contains(event.commitPosition());
            integrity.verifyEvent(stream.read().get(1)).requireIntact();
        });
    }

    @Test
    default void eventsAreSealedInTheOrderOfCommitPositions() {
        whereSealed((integrity, seals) -> {
            long before = lastCommitPosition(store());
            long first = seals.next();
            for (int i = 0; i < 20; i++) {
                store().append(TestEvents.newStream(), any(), events(1));
            }
            integrity.seal();
            List<Seal> sealed = seals.from(first);
            assertThat(sealed)
                    .extracting(Seal::commitPosition)
                    .isEqualTo(allAfter(store(), before).stream()
                            .map(RecordedEvent::commitPosition)
                            .toList());
            assertThat(sealed)
                    .extracting(Seal::number)
                    .isEqualTo(LongStream.range(first, first + 20).boxed().toList());
            for (int i = 1; i < 20; i++) {
                assertThat(sealed.get(i).predecessor())
                        .isEqualTo(sealed.get(i - 1).hash());
            }
        });
    }

    @Test
    default void sealsComeBackAsTheyWereAdded() {
        whereSealed((integrity, seals) -> {
            long first = seals.next();
            store().append(TestEvents.newStream(), any(), events(10));
            integrity.seal();
            IntegrityKeys keys = IntegrityKeys.signing(SIGNING_KEY, VERIFICATION_KEY);
            store().append(TestEvents.newStream(), any(), events(10));
            Integrity.of(store(), seals, keys).seal();
            List<Seal> added = seals.added()
                    .subList(seals.added().size() - 20, seals.added().size());
            assertThat(seals.from(first)).isEqualTo(added);
            assertThat(added).filteredOn(seal -> seal.signature().isPresent()).hasSize(10);
            for (Seal seal : added) {
                assertThat(seals.find(seal.commitPosition())).contains(seal);
            }
            assertThat(seals.last()).contains(added.get(19));
            assertThat(seals.read(first + 3, 2)).isEqualTo(added.subList(3, 5));
            assertThat(seals.read(first + 20, 1)).isEmpty();
            store().append(TestEvents.newStream(), any(), events(1));
            assertThat(seals.find(lastCommitPosition(store()))).isEmpty();
        });
    }

    @Test
    default void sealsAreNoEvents() {
        whereSealed((integrity, seals) -> {
            long before = lastCommitPosition(store());
            TestStream stream = TestStream.of(store(), 3);
            integrity.seal();
            assertThat(allAfter(store(), before)).isEqualTo(stream.read());
            assertThat(lastCommitPosition(store()))
                    .isEqualTo(stream.read().get(2).commitPosition());
            assertThat(integrity.seal()).isZero();
        });
    }

    @Test
    default void numberThatIsTakenIsRefused() {
        whereSealed((integrity, seals) -> {
            store().append(TestEvents.newStream(), any(), events(3));
            integrity.seal();
            Seal last = seals.last().orElseThrow();
            Seal other = new Seal(
                    last.number(), last.commitPosition() + 1, last.predecessor(), last.predecessor(), Optional.empty());
            assertThat(seals.add(List.of(other))).isFalse();
            assertThat(seals.last()).contains(last);
            assertThat(seals.from(last.number())).containsExactly(last);
            assertThat(seals.find(other.commitPosition())).isEmpty();
        });
    }

    @Test
    default void sealsAreAddedAllOrNone() {
        whereSealed((integrity, seals) -> {
            store().append(TestEvents.newStream(), any(), events(3));
            integrity.seal();
            Seal last = seals.last().orElseThrow();
            Seal next =
                    new Seal(last.number() + 1, last.commitPosition() + 1, last.hash(), last.hash(), Optional.empty());
            assertThat(seals.add(List.of(last, next))).isFalse();
            assertThat(seals.from(last.number())).containsExactly(last);
            assertThat(seals.find(next.commitPosition())).isEmpty();
        });
    }

    @Test
    default void manyWritersAndSealersMakeOneChain() {
        whereSealed((integrity, seals) -> {
            long before = lastCommitPosition(store());
            long first = seals.next();
            Writers writers = new Writers(4);
            AtomicLong sealed = new AtomicLong();
            Race.of(7, number -> {
                if (number >= 4) {
                    return writers.whileRunning(() -> sealed.addAndGet(integrity.seal()));
                }
                return writers.run(() -> {
                    for (int i = 0; i < 20; i++) {
                        StreamName stream = TestEvents.newStream();
                        List<NewEvent> batch = events(2);
                        store().append(stream, any(), batch);
                        store().append(stream, any(), batch);
                    }
                    return number;
                });
            });
            sealed.addAndGet(integrity.seal());
            assertThat(allAfter(store(), before)).hasSize(160);
            assertThat(sealed).hasValue(160);
            assertThat(seals.from(first))
                    .extracting(Seal::number)
                    .isEqualTo(LongStream.range(first, first + 160).boxed().toList());
            assertIntact(integrity, seals);
        });
    }

    @Test
    default void eventsOfDeletedStreamsStaySealed() {
        whereSealed((integrity, seals) -> {
            if (!fixture().capabilities().contains(Capability.STREAM_DELETION)) {
                return;
            }
            StreamName deleted = TestEvents.newStream();
            StreamName tombstoned = TestEvents.newStream();
            store().append(deleted, any(), events(3));
            store().append(tombstoned, any(), events(2));
            integrity.seal();
            StreamDeleter deleter = store().require(StreamDeleter.class);
            deleter.delete(deleted, any());
            deleter.tombstone(tombstoned, any());
            store().append(deleted, any(), events(1));
            integrity.seal();
            assertIntact(integrity, seals);
            assertThat(integrity.verifyStream(deleted).verified()).isEqualTo(4);
            assertThat(integrity.verifyStream(tombstoned).verified()).isEqualTo(2);
        });
    }

    @Test
    default void eventsAreSealedAsTheyCome() {
        whereSealed((integrity, seals) -> {
            try (Subscription sealing = integrity.sealContinuously()) {
                for (int i = 0; i < 3; i++) {
                    store().append(TestEvents.newStream(), any(), events(10));
                    long last = lastCommitPosition(store());
                    assertThat(Patience.awaits(() -> seals.find(last).isPresent()))
                            .as("event is sealed in time; failure of sealing: " + sealing.failure())
                            .isTrue();
                }
            }
            assertIntact(integrity, seals);
        });
    }

    @Test
    default void nothingIsSealedInATransaction() {
        whereSealed((integrity, seals) -> {
            if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
                return;
            }
            fixture().inTransaction(store(), () -> {
                store().append(TestEvents.newStream(), any(), events(1));
                assertThatThrownBy(integrity::seal)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("transaction");
                return TransactionEnd.ROLLBACK;
            });
            assertThat(integrity.seal()).isZero();
            assertIntact(integrity, seals);
        });
    }

    @Test
    default void sealsOutliveTheStore() {
        whereSealed((integrity, seals) -> {
            if (!fixture().capabilities().contains(Capability.DURABLE)) {
                return;
            }
            TestStream stream = TestStream.of(store(), 3);
            integrity.seal();
            Optional<Seal> last = seals.last();
            store().close();
            EventStore reopened = fixture().reopen();
            Integrity again = Integrity.of(reopened, IntegrityKeys.none());
            assertThat(reopened.require(SealsSource.class).seals().last()).isEqualTo(last);
            assertThat(again.verifyStream(stream.name()).verified()).isEqualTo(3);
            reopened.append(stream.name(), any(), events(2));
            assertThat(again.seal()).isEqualTo(2);
            again.verifyAll(last.orElseThrow()).requireIntact();
        });
    }

    private static void assertIntact(Integrity integrity, RecordedSeals seals) {
        Verification found = integrity.verifyAll();
        found.requireIntact();
        assertThat(found.unsealed()).isZero();
        assertThat(found.verified()).isEqualTo(seals.next());
        assertThat(found.last()).isEqualTo(seals.last());
    }

    /** What came before is sealed, and a store without {@link Capability#SEALS} is expected to refuse. */
    private void whereSealed(BiConsumer<Integrity, RecordedSeals> test) {
        if (fixture().capabilities().contains(Capability.SEALS)) {
            RecordedSeals seals =
                    new RecordedSeals(store().require(SealsSource.class).seals());
            Integrity integrity = Integrity.of(store(), seals, IntegrityKeys.none());
            integrity.seal();
            test.accept(integrity, seals);
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> Integrity.of(store(), IntegrityKeys.none()).seal())
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(SealsSource.class.getSimpleName());
        stream.isIntact();
    }
}
