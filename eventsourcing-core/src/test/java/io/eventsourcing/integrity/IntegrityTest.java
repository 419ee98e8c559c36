package io.eventsourcing.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.integrity.Breach.Reason;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntegrityTest {

    private static final StreamName ONE = StreamName.of("Dog-1");
    private static final StreamName OTHER = StreamName.of("Dog-10");
    private static final int EVENTS = 6;

    private final KeyPair pair = Keys.pair();
    private final Tampered store = new Tampered();

    /** Of the streams one, other, one, other, … at the commit positions 1 to 6. */
    private Integrity sealed(IntegrityKeys keys) {
        for (int i = 0; i < EVENTS; i++) {
            append(i % 2 == 0 ? ONE : OTHER, event());
        }
        Integrity integrity = Integrity.of(store, store.seals(), keys);
        assertThat(integrity.seal()).isEqualTo(EVENTS);
        assertThat(integrity.verifyAll())
                .isEqualTo(new Verification(
                        EVENTS, 0, Optional.empty(), store.seals().last()));
        return integrity;
    }

    private void append(StreamName stream, NewEvent event) {
        store.append(stream, ExpectedPosition.any(), List.of(event));
    }

    private static NewEvent event() {
        UUID id = UUID.randomUUID();
        return new NewEvent(
                id, "Dog.Registered", ("{\"name\":\"" + id + "\"}").getBytes(UTF_8), new byte[0], Instant.EPOCH);
    }

    private static RecordedEvent copy(RecordedEvent event, StreamName stream, long position, long commitPosition) {
        return new RecordedEvent(
                stream,
                position,
                commitPosition,
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.timestamp());
    }

    private static RecordedEvent withData(RecordedEvent event, byte[] data) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                data,
                event.metadata(),
                event.timestamp());
    }

    /** Another byte, that could be taken for the same. */
    private static RecordedEvent changed(RecordedEvent event) {
        byte[] data = event.data().clone();
        data[data.length - 2] ^= 1;
        return withData(event, data);
    }

    private static void assertBreach(Verification found, Reason reason, long position, long verified) {
        assertThat(found.breach()).as("breach of " + found).isPresent();
        assertThat(found.breach().get().reason()).as(found.toString()).isEqualTo(reason);
        assertThat(found.breach().get().commitPosition()).isEqualTo(position);
        assertThat(found.breach().get().message()).contains("ommit position " + position);
        assertThat(found.verified()).isEqualTo(verified);
        assertThat(found.isIntact()).isFalse();
        assertThatThrownBy(found::requireIntact)
                .isInstanceOf(IntegrityException.class)
                .hasMessage(found.breach().get().message());
    }

    enum EventFault {
        CHANGES_A_BYTE(Reason.CHANGED, 4, events -> replaced(events, 3, changed(events.get(3)))),
        CHANGES_THE_LAST(Reason.CHANGED, 6, events -> replaced(events, 5, changed(events.get(5)))),
        REMOVES_ONE(Reason.MISSING_EVENT, 3, events -> without(events, 2)),
        REMOVES_THE_FIRST(Reason.MISSING_EVENT, 1, events -> without(events, 0)),
        REMOVES_THE_LAST(Reason.MISSING_EVENT, 6, events -> without(events, 5)),
        REMOVES_ALL(Reason.MISSING_EVENT, 1, events -> List.of()),
        INSERTS_ONE(Reason.CHANGED, 3, events -> {
            RecordedEvent inserted = copy(events.get(0), ONE, 9, 3);
            return replaced(events, 2, inserted);
        }),
        SWAPS_TWO(Reason.CHANGED, 2, events -> {
            RecordedEvent second = events.get(1);
            RecordedEvent fourth = events.get(3);
            List<RecordedEvent> swapped = replaced(events, 1, copy(fourth, OTHER, 0, 2));
            return replaced(swapped, 3, copy(second, OTHER, 1, 4));
        }),
        MOVES_ONE_TO_ANOTHER_STREAM(
                Reason.CHANGED, 5, events -> replaced(events, 4, copy(events.get(4), StreamName.of("Dog-2"), 2, 5)));

        private final Reason reason;
        private final long position;
        private final UnaryOperator<List<RecordedEvent>> change;

        EventFault(Reason reason, long position, UnaryOperator<List<RecordedEvent>> change) {
            this.reason = reason;
            this.position = position;
            this.change = change;
        }
    }

    private static <T> List<T> replaced(List<T> list, int index, T element) {
        List<T> copy = new ArrayList<>(list);
        copy.set(index, element);
        return copy;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> copy = new ArrayList<>(list);
        copy.remove(index);
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void firstBrokenEventIsNamed(EventFault fault) {
        Integrity integrity = sealed(IntegrityKeys.none());
        store.events(fault.change);
        assertBreach(integrity.verifyAll(), fault.reason, fault.position, fault.position - 1);
    }

    @Test
    void eventBetweenSealedOnesIsFound() {
        Integrity integrity = sealed(IntegrityKeys.none());
        store.events(events -> {
            RecordedEvent between = copy(events.get(0), ONE, 9, 3);
            return IntStream.range(0, EVENTS + 1)
                    .mapToObj(i -> i < 2 ? events.get(i) : i == 2 ? between : events.get(i - 1))
                    .toList();
        });
        assertThat(integrity.verifyAll().breach().orElseThrow().reason()).isIn(Reason.CHANGED, Reason.INSERTED_EVENT);
        assertThat(integrity.verifyAll().breach().orElseThrow().commitPosition())
                .isEqualTo(3);
    }

    @Test
    void eventInAGapOfCommitPositionsIsFound() {
        Integrity integrity = Integrity.of(store, store.seals(), IntegrityKeys.none());
        for (int i = 0; i < EVENTS; i++) {
            append(ONE, event());
        }
        UnaryOperator<List<RecordedEvent>> gaps = events -> new ArrayList<>(events.stream()
                .map(event -> copy(event, ONE, event.streamPosition(), event.commitPosition() * 10))
                .toList());
        store.events(gaps);
        integrity.seal();
        assertThat(integrity.verifyAll().verified()).isEqualTo(EVENTS);
        store.events(gaps.andThen(events -> {
            events.add(copy(events.get(0), OTHER, 0, 25));
            return events;
        })::apply);

        assertBreach(integrity.verifyAll(), Reason.INSERTED_EVENT, 25, 2);
        assertBreach(integrity.verifyEvent(all().get(2)), Reason.INSERTED_EVENT, 25, 0);
    }

    enum SealFault {
        CHANGES_A_HASH(Reason.CHANGED, 3, seals -> replaced(seals, 2, hashed(seals.get(2), Digests.of("x")))),
        CHANGES_A_PREDECESSOR(Reason.CHANGED, 3, seals -> {
            Seal third = seals.get(2);
            return replaced(seals, 2, new Seal(2, 3, Digests.of("x"), third.hash(), third.signature()));
        }),
        REMOVES_ONE(Reason.MISSING_SEAL, 3, seals -> without(seals, 2)),
        REMOVES_THE_FIRST(Reason.MISSING_SEAL, 1, seals -> without(seals, 0)),
        MOVES_ONE(Reason.INSERTED_EVENT, 3, seals -> {
            Seal third = seals.get(2);
            return replaced(seals, 2, new Seal(2, 33, third.predecessor(), third.hash(), third.signature()));
        }),
        COUNTS_WRONGLY(Reason.MISSING_EVENT, 6, seals -> {
            List<Seal> more = new ArrayList<>(seals);
            more.add(new Seal(6, 6, seals.get(5).hash(), Digests.of("x"), Optional.empty()));
            return more;
        }),
        SAYS_NONSENSE(Reason.CHANGED, 3, seals -> replaced(seals, 2, hashed(seals.get(2), "")));

        private final Reason reason;
        private final long position;
        private final UnaryOperator<List<Seal>> change;

        SealFault(Reason reason, long position, UnaryOperator<List<Seal>> change) {
            this.reason = reason;
            this.position = position;
            this.change = change;
        }

        private static Seal hashed(Seal seal, String hash) {
            return new Seal(seal.number(), seal.commitPosition(), seal.predecessor(), hash, seal.signature());
        }
    }

    @ParameterizedTest
    @EnumSource
    void firstBrokenSealIsNamed(SealFault fault) {
        Integrity integrity = sealed(IntegrityKeys.none());
        store.sealed(fault.change);
        long verified = fault == SealFault.COUNTS_WRONGLY ? EVENTS : fault.position - 1;
        assertBreach(integrity.verifyAll(), fault.reason, fault.position, verified);
    }

    /** Whoever changes an event and its own seal breaks the chain behind it. */
    @Test
    void sealThatFitsAChangedEventDoesNotFitTheNextOne() {
        Integrity integrity = sealed(IntegrityKeys.none());
        RecordedEvent changed = changed(all().get(2));
        store.event(2, event -> changed);
        store.seal(
                2,
                seal -> SealFault.hashed(
                        seal, HashedEvent.of(changed, seal.predecessor()).hash()));

        assertBreach(integrity.verifyAll(), Reason.WRONG_PREDECESSOR, 4, 3);
        assertBreach(integrity.verifyEvent(all().get(3)), Reason.WRONG_PREDECESSOR, 4, 0);
    }

    /** Without signatures, only what was noted elsewhere shows it. */
    @Test
    void chainThatWasWrittenAnewIsFoundByWhatWasNotedOrSigned() {
        Integrity integrity = sealed(Keys.signing(pair));
        Seal noted = store.seals().last().orElseThrow();
        store.event(2, IntegrityTest::changed);
        rewriteTheChain(seal -> seal);

        assertThat(Integrity.of(store, store.seals(), IntegrityKeys.none())
                        .verifyAll()
                        .isIntact())
                .isTrue();
        assertBreach(
                Integrity.of(store, store.seals(), IntegrityKeys.none()).verifyAll(noted), Reason.NOT_AS_NOTED, 6, 5);
        assertBreach(integrity.verifyAll(), Reason.WRONG_SIGNATURE, 3, 2);
        rewriteTheChain(seal -> Tampered.with(seal, Optional.empty()));
        assertBreach(integrity.verifyAll(), Reason.NOT_SIGNED, 1, EVENTS);
    }

    private void rewriteTheChain(UnaryOperator<Seal> change) {
        store.sealed(seals -> {
            List<Seal> anew = new ArrayList<>();
            String predecessor = HashedEvent.FIRST_PREDECESSOR;
            List<RecordedEvent> events = all();
            for (int i = 0; i < seals.size(); i++) {
                String hash = HashedEvent.of(events.get(i), predecessor).hash();
                anew.add(change.apply(
                        new Seal(i, i + 1L, predecessor, hash, seals.get(i).signature())));
                predecessor = hash;
            }
            return anew;
        });
    }

    @Test
    void removedTailIsFoundByWhatWasNoted() {
        Integrity integrity = sealed(Keys.signing(pair));
        Seal noted = integrity.verifyAll().last().orElseThrow();
        store.events(events -> events.subList(0, 4));
        store.sealed(seals -> seals.subList(0, 4));

        assertThat(integrity.verifyAll().isIntact()).isTrue();
        assertBreach(integrity.verifyAll(noted), Reason.NOT_AS_NOTED, 6, 4);
    }

    @Test
    void whatIsSealedBehindWhatWasNotedIsRight() {
        Integrity integrity = sealed(Keys.signing(pair));
        Seal noted = integrity.verifyAll().last().orElseThrow();
        append(ONE, event());
        integrity.seal();
        assertThat(integrity.verifyAll(noted).verified()).isEqualTo(EVENTS + 1);
    }

    @Test
    void unsealedEventsAreCounted() {
        Integrity integrity = sealed(IntegrityKeys.none());
        append(ONE, event());
        append(OTHER, event());
        append(ONE, event());

        assertThat(integrity.verifyAll())
                .isEqualTo(
                        new Verification(6, 3, Optional.empty(), store.seals().last()));
        assertThat(integrity.verifyStream(ONE))
                .isEqualTo(
                        new Verification(3, 2, Optional.empty(), store.seals().last()));
        assertBreach(integrity.verifyEvent(all().get(6)), Reason.UNSEALED, 7, 0);
        assertThat(integrity.seal()).isEqualTo(3);
        assertThat(integrity.seal()).isZero();
        assertThat(integrity.verifyAll().verified()).isEqualTo(9);
    }

    @Test
    void emptyStoreIsIntact() {
        Integrity integrity = Integrity.of(store, store.seals(), Keys.signing(pair));
        assertThat(integrity.seal()).isZero();
        assertThat(integrity.verifyAll()).isEqualTo(new Verification(0, 0, Optional.empty(), Optional.empty()));
        assertThat(integrity.verifyStream(ONE).verified()).isZero();
        append(ONE, event());
        assertThat(integrity.verifyAll().unsealed()).isEqualTo(1);
        assertBreach(integrity.verifyEvent(all().get(0)), Reason.UNSEALED, 1, 0);
    }

    @Test
    void eventIsVerified() {
        Integrity integrity = sealed(Keys.signing(pair));
        for (RecordedEvent event : all()) {
            assertThat(integrity.verifyEvent(event).verified()).isEqualTo(1);
            integrity.verifyEvent(event).requireIntact();
            assertBreach(integrity.verifyEvent(changed(event)), Reason.CHANGED, event.commitPosition(), 0);
        }
        store.sealed(seals -> without(seals, 2));
        assertBreach(integrity.verifyEvent(all().get(2)), Reason.INSERTED_EVENT, 3, 0);
        assertBreach(integrity.verifyEvent(all().get(3)), Reason.WRONG_PREDECESSOR, 4, 0);
    }

    @Test
    void signaturesAreVerifiedBehindTheHash() {
        Integrity integrity = sealed(Keys.signing(pair));
        RecordedEvent third = all().get(2);
        store.seal(2, seal -> Tampered.with(seal, Optional.empty()));
        assertBreach(integrity.verifyEvent(third), Reason.NOT_SIGNED, 3, 0);
        store.seal(
                2,
                seal -> Tampered.with(
                        seal,
                        Optional.of(
                                new SealSignature(seal.signature().orElseThrow().keyId(), "00"))));
        assertBreach(integrity.verifyEvent(third), Reason.WRONG_SIGNATURE, 3, 0);
        assertBreach(integrity.verifyAll(), Reason.WRONG_SIGNATURE, 3, 2);
        store.seal(
                2,
                seal -> Tampered.with(
                        seal,
                        Optional.of(new SealSignature(
                                "\nabc", seal.signature().orElseThrow().value()))));
        assertBreach(integrity.verifyEvent(third), Reason.UNKNOWN_KEY, 3, 0);
        assertThat(integrity.verifyEvent(third).breach().orElseThrow().message())
                .contains("?abc");
        assertBreach(integrity.verifyEvent(changed(third)), Reason.CHANGED, 3, 0);
        Integrity others = Integrity.of(store, store.seals(), Keys.signing(Keys.pair()));
        assertBreach(others.verifyAll(), Reason.UNKNOWN_KEY, 1, 0);
    }

    @Test
    void laterSignatureSpeaksForWhatIsBeforeIt() {
        sealed(IntegrityKeys.none());
        Integrity signing = Integrity.of(store, store.seals(), Keys.signing(pair));
        assertBreach(signing.verifyAll(), Reason.NOT_SIGNED, 1, EVENTS);
        append(ONE, event());
        signing.seal();
        assertThat(signing.verifyAll().verified()).isEqualTo(EVENTS + 1);
        append(ONE, event());
        Integrity.of(store, store.seals(), IntegrityKeys.none()).seal();
        assertBreach(signing.verifyAll(), Reason.NOT_SIGNED, 8, EVENTS + 2);
    }

    @Test
    void keysAreRotated() {
        sealed(Keys.signing(pair));
        KeyPair newer = Keys.pair();
        Integrity rotated = Integrity.of(
                store,
                store.seals(),
                IntegrityKeys.signing(Keys.privatePem(newer), Keys.publicPem(newer) + Keys.publicPem(pair)));
        append(ONE, event());
        rotated.seal();

        assertThat(rotated.verifyAll().verified()).isEqualTo(EVENTS + 1);
        assertThat(seals().stream()
                        .map(seal -> seal.signature().orElseThrow().keyId())
                        .distinct())
                .hasSize(2);
        Integrity onlyNew = Integrity.of(store, store.seals(), IntegrityKeys.verifying(Keys.publicPem(newer)));
        assertBreach(onlyNew.verifyAll(), Reason.UNKNOWN_KEY, 1, 0);
        assertThat(onlyNew.verifyEvent(all().get(6)).isIntact()).isTrue();
    }

    @Test
    void streamIsVerified() {
        Integrity integrity = sealed(Keys.signing(pair));
        assertThat(integrity.verifyStream(ONE).verified()).isEqualTo(3);
        assertThat(integrity.verifyStream(OTHER).verified()).isEqualTo(3);
        store.event(2, IntegrityTest::changed);
        assertBreach(integrity.verifyStream(ONE), Reason.CHANGED, 3, 1);
        assertThat(integrity.verifyStream(OTHER).isIntact()).isTrue();
        store.events(events -> without(events, 2));
        assertBreach(integrity.verifyStream(ONE), Reason.MISSING_EVENT, 5, 1);
    }

    @Test
    void manyEventsAreSealedInSteps() {
        store.append(
                ONE,
                ExpectedPosition.any(),
                IntStream.range(0, 2_500).mapToObj(i -> event()).toList());
        Integrity integrity = Integrity.of(store, store.seals(), IntegrityKeys.none());
        assertThat(integrity.seal()).isEqualTo(2_500);
        assertThat(integrity.verifyAll().verified()).isEqualTo(2_500);
        assertThat(seals()).extracting(Seal::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void storeThatKeepsNoSealsIsRefusedByName() {
        assertThatThrownBy(() -> Integrity.of(store, IntegrityKeys.none()))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining("SealsSource");
    }

    /** What isn't committed yet could be taken back. */
    @Test
    void nothingIsSealedInATransaction() {
        class Joining extends io.eventsourcing.fixtures.ForwardingStore implements TransactionAware {
            @Override
            public boolean isInTransaction() {
                return true;
            }

            @Override
            public void afterCommit(Runnable action) {
                throw new UnsupportedOperationException();
            }
        }
        try (EventStore joining = new Joining()) {
            Integrity integrity = Integrity.of(joining, store.seals(), IntegrityKeys.none());
            assertThatThrownBy(integrity::seal)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction");
        }
    }

    private List<RecordedEvent> all() {
        return store.readAll(ReadOptions.forwards()).toList();
    }

    private List<Seal> seals() {
        List<Seal> seals = new ArrayList<>();
        for (List<Seal> page = store.seals().read(0, 1_000); !page.isEmpty(); ) {
            seals.addAll(page);
            page = store.seals().read(seals.size(), 1_000);
        }
        return seals;
    }
}
