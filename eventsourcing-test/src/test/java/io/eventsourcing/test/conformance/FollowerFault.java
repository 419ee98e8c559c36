package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.LocalSignals;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Mistakes that backends make with subscriptions to some events, and a test that each of them fails. */
enum FollowerFault {
    PASSES_ON_EVERY_TYPE("subscriptionByTypeSeesTheseTypesOnly", Unfiltered::new),
    PASSES_ON_EVERY_STREAM("subscriptionToATreeSeesItsStreamsOnly", Unfiltered::new),
    STAYS_AT_THE_LAST_EVENT_THAT_MATCHED("positionMovesOnOverWhatASubscriptionLeavesOut", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            AtomicLong last = new AtomicLong(options.after());
            Subscription subscription = super.subscribe(options, event -> {
                listener.onEvent(event);
                last.set(event.commitPosition());
            });
            return new Elsewhere(subscription, last::get);
        }
    }),
    MOVES_ON_OVER_WHAT_WAS_NOT_TAKEN(
            "positionDoesNotMoveOnOverAnEventThatTheListenerHasNotTaken", () -> new WrongStore() {
                @Override
                public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
                    return new Elsewhere(
                            super.subscribe(options, listener),
                            () -> right.lastPosition().orElse(0));
                }
            }),
    BEGINS_BEFORE_NOW("subscriptionFromNowSeesWhatIsAppendedFromNowOn", Unfiltered::new),
    BEGINS_A_LITTLE_LATER_THAN_NOW("subscriptionFromNowSeesWhatIsAppendedFromNowOn", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            CompletableFuture<Subscription> later = CompletableFuture.supplyAsync(() -> {
                LockSupport.parkNanos(50_000_000);
                return super.subscribe(options, listener);
            });
            return new Elsewhere(null, () -> later.join().position());
        }
    }),
    BEGINS_BEHIND_THE_LATEST_EVENT("subscriptionFromTheLatestEventOfATypeBeginsWithIt", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            AtomicBoolean begun = new AtomicBoolean();
            return super.subscribe(options, event -> {
                if (begun.getAndSet(true)) {
                    listener.onEvent(event);
                }
            });
        }
    }),
    DOES_NOT_WAIT_FOR_THE_EVENT("subscriptionFromTheLatestEventOfATypeThatIsMissingWaitsForIt", Unfiltered::new),
    WAITS_FOR_THE_EVENT("subscriptionFromTheLatestEventOfATypeThatIsMissingReadsEverything", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(SubscribeOptions.fromNow(), listener);
        }
    }),
    SHOWS_EVENTS_LATE("subscriptionsWithFiltersMissNothingWhileManyWrite", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            long last = TestEvents.lastCommitPosition(right);
            return new View(
                    right.readAll(options),
                    event -> event.commitPosition() % 2 == 0 || event.commitPosition() < last - 3,
                    event -> event);
        }
    }),
    CALLS_ONE_LISTENER_AFTER_THE_OTHER("slowListenerWithAFilterHoldsUpNobodyElse", Serial::new),
    HOLDS_UP_OTHERS_UNTIL_EVENTS_ARE_FETCHED("observerThatDoesNotFetchSlowsItselfAlone", Serial::new),
    SIGNALS_WHEN_IT_IS_READ("idleStoreIsAskedAFewTimesASecondHoweverManyFilter", () -> new WrongStore() {
        private final LocalSignals signals = new LocalSignals();

        @Override
        public EventSequence readAll(ReadOptions options) {
            signals.signal();
            return right.readAll(options);
        }

        @Override
        public Registration onAppend(Runnable signal) {
            return signals.onAppend(signal);
        }
    }),
    ENDS_AT_THE_END("loopSeesWhatIsThereAndWaitsForWhatComes", ReadsOnce::new),
    OBSERVES_EVERYTHING("observationHasTheSameFiltersAsASubscription", Unfiltered::new),
    ENDS_A_WAIT_QUIETLY("closingEndsAWaitForEvents", () -> new WrongStore() {
        @Override
        public EventSequence observe(SubscribeOptions options) {
            return new Quiet(super.observe(options));
        }
    }),
    LEAVES_OBSERVERS_WAITING("closingTheStoreEndsAWaitForEvents", () -> new WrongStore() {
        @Override
        public void close() {
            right.close();
        }
    }),
    IGNORES_DEMAND("livePublisherPassesOnAsManyEventsAsItIsAskedFor", () -> new WrongStore() {
        @Override
        public EventSequence observe(SubscribeOptions options) {
            return new Pushing(this, options);
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    FollowerFault(String test, Supplier<EventStore> store) {
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

    private static final class Unfiltered extends WrongStore {

        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(SubscribeOptions.after(options.after()), listener);
        }
    }

    private static final class Serial extends WrongStore {

        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(options, event -> {
                synchronized (this) {
                    listener.onEvent(event);
                }
            });
        }
    }

    private static final class ReadsOnce extends WrongStore {

        @Override
        public EventSequence observe(SubscribeOptions options) {
            return readAll(ReadOptions.forwards().from(options.after() + 1));
        }
    }

    /** Has no more events, it says, when it is closed. */
    private record Quiet(EventSequence events) implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            Iterator<RecordedEvent> right = events.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return right.hasNext();
                }

                @Override
                public RecordedEvent next() {
                    try {
                        return right.next();
                    } catch (CancellationException e) {
                        throw new NoSuchElementException();
                    }
                }
            };
        }

        @Override
        public void close() {
            events.close();
        }
    }

    /** A subscription that says that it is elsewhere. */
    private record Elsewhere(Subscription subscription, LongSupplier place) implements Subscription {

        @Override
        public long position() {
            return place.getAsLong();
        }

        @Override
        public boolean isRunning() {
            return true;
        }

        @Override
        public Optional<Throwable> failure() {
            return subscription.failure();
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    /** Passes on whatever comes, asked or not. */
    private record Pushing(WrongStore store, SubscribeOptions options) implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            return List.<RecordedEvent>of().iterator();
        }

        @Override
        public void close() {}

        @Override
        public Flow.Publisher<RecordedEvent> publisher() {
            return subscriber -> {
                Subscription subscription = store.subscribe(options, subscriber::onNext);
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long count) {}

                    @Override
                    public void cancel() {
                        subscription.close();
                    }
                });
            };
        }
    }
}
