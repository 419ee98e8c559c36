package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Mistakes that backends make with seals, or with what is sealed, and a test that each of them fails. */
enum IntegrityFault {
    CHANGES_A_BYTE_LATER(
            "whatIsSealedIsIntact",
            () -> new ChangedOnceSealed(event -> true, event -> {
                byte[] data = event.data();
                data[data.length - 2] ^= 1;
                return event;
            })),
    LOSES_AN_EVENT_LATER(
            "whatIsSealedIsIntact",
            () -> new ChangedOnceSealed(event -> event.streamPosition() != 1, UnaryOperator.identity())),
    MOVES_EVENTS_LATER(
            "whatIsSealedIsIntact",
            () -> new ChangedOnceSealed(
                    event -> true,
                    event -> new RecordedEvent(
                            event.stream(),
                            event.streamPosition(),
                            event.commitPosition() + 1,
                            event.id(),
                            event.type(),
                            event.data(),
                            event.metadata(),
                            event.timestamp()))),
    FINDS_NO_SEALS(
            "eventThatIsReadOtherwiseIsFound",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public Optional<Seal> find(long commitPosition) {
                    return Optional.empty();
                }
            })),
    READS_SEALS_BACKWARDS(
            "eventsAreSealedInTheOrderOfCommitPositions",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public List<Seal> read(long number, int count) {
                    List<Seal> page = new ArrayList<>(super.read(number, count));
                    Collections.reverse(page);
                    return page;
                }
            })),
    FORGETS_SIGNATURES(
            "sealsComeBackAsTheyWereAdded",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public boolean add(List<Seal> seals) {
                    return super.add(seals.stream()
                            .map(seal -> new Seal(
                                    seal.number(),
                                    seal.commitPosition(),
                                    seal.predecessor(),
                                    seal.hash(),
                                    Optional.empty()))
                            .toList());
                }
            })),
    FINDS_THE_LAST_ONE_BEFORE(
            "sealsComeBackAsTheyWereAdded",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public Optional<Seal> find(long commitPosition) {
                    return super.find(commitPosition).or(() -> super.find(commitPosition - 1));
                }
            })),
    KEEPS_SEALS_AS_EVENTS("sealsAreNoEvents", SealsAsEvents::new),
    SAYS_YES_AND_WRITES_NOTHING(
            "numberThatIsTakenIsRefused",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public boolean add(List<Seal> seals) {
                    super.add(seals);
                    return true;
                }
            })),
    WRITES_SEAL_BY_SEAL(
            "sealsAreAddedAllOrNone",
            () -> new WrongSeals(right -> new Forwarding(right) {
                @Override
                public boolean add(List<Seal> seals) {
                    return seals.stream()
                                    .filter(seal -> super.add(List.of(seal)))
                                    .count()
                            == seals.size();
                }
            })),
    LOOKS_BEFORE_IT_WRITES(
            "manyWritersAndSealersMakeOneChain",
            () -> new WrongSeals(right -> new Forwarding(right) {
                private final CountDownLatch both = new CountDownLatch(2);

                @Override
                public boolean add(List<Seal> seals) {
                    boolean free = right.read(seals.get(0).number(), 1).isEmpty();
                    both.countDown();
                    awaitOther();
                    right.add(seals);
                    return free;
                }

                private void awaitOther() {
                    try {
                        both.await(1, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            })),
    HIDES_DELETED_EVENTS("eventsOfDeletedStreamsStaySealed", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(
                    right.readAll(options),
                    event -> right.position(event.stream()).exists(),
                    event -> event);
        }
    }),
    NEVER_CALLS_SUBSCRIBERS("eventsAreSealedAsTheyCome", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(options, event -> {});
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    IntegrityFault(String test, Supplier<EventStore> store) {
        this.test = test;
        this.store = store;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    EventStore newStore() {
        return store.get();
    }

    /** Shows all events otherwise than they were sealed. */
    private static final class ChangedOnceSealed extends WrongStore {

        private final Predicate<RecordedEvent> filter;
        private final UnaryOperator<RecordedEvent> change;

        ChangedOnceSealed(Predicate<RecordedEvent> filter, UnaryOperator<RecordedEvent> change) {
            this.filter = filter;
            this.change = change;
        }

        @Override
        public EventSequence readAll(ReadOptions options) {
            long sealed = right.seals().last().map(Seal::commitPosition).orElse(0L);
            return new View(
                    right.readAll(options),
                    event -> event.commitPosition() > sealed || filter.test(event),
                    event -> event.commitPosition() > sealed ? event : change.apply(event));
        }
    }

    private static final class WrongSeals extends WrongStore {

        private final Seals seals;

        WrongSeals(Function<Seals, Seals> change) {
            this.seals = change.apply(right.seals());
        }

        @Override
        public Seals seals() {
            return seals;
        }
    }

    private static final class SealsAsEvents extends WrongStore {

        @Override
        public Seals seals() {
            return new Forwarding(right.seals()) {
                @Override
                public boolean add(List<Seal> seals) {
                    NewEvent event = TestEvents.event("Sealed");
                    right.append(TestEvents.newStream(), ExpectedPosition.any(), List.of(event));
                    return super.add(seals);
                }
            };
        }

        /** Else sealing would have no end. */
        @Override
        public EventSequence readAll(ReadOptions options) {
            boolean page = options.limit() < Long.MAX_VALUE && options.limit() > 1;
            return new View(
                    right.readAll(options), event -> !page || !event.type().equals("Sealed"), event -> event);
        }
    }

    private static class Forwarding implements Seals {

        private final Seals right;

        Forwarding(Seals right) {
            this.right = right;
        }

        @Override
        public Optional<Seal> last() {
            return right.last();
        }

        @Override
        public Optional<Seal> find(long commitPosition) {
            return right.find(commitPosition);
        }

        @Override
        public List<Seal> read(long number, int count) {
            return right.read(number, count);
        }

        @Override
        public boolean add(List<Seal> seals) {
            return right.add(seals);
        }
    }
}
