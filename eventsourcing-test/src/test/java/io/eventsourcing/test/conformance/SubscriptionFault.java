package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.LocalSignals;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import io.eventsourcing.test.conformance.WrongStore.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Mistakes that backends make with subscriptions and signals, and a test that each of them fails. */
enum SubscriptionFault {
    LEAVES_OUT_WHAT_IS_THERE("subscriptionFromTheBeginningSeesWhatReadersSee", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(SubscribeOptions.after(TestEvents.lastCommitPosition(right)), listener);
        }
    }),
    BEGINS_AT_ITS_POSITION("subscriptionBeginsBehindItsPosition", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(SubscribeOptions.after(Math.max(0, options.after() - 1)), listener);
        }
    }),
    MISSES_WHAT_IS_APPENDED_DURING_CATCH_UP(
            "eventsAppendedDuringCatchUpAreNeitherMissedNorSeenTwice", () -> new WrongStore() {
                @Override
                public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
                    List<RecordedEvent> there = TestEvents.allAfter(right, options.after());
                    CompletableFuture<Subscription> following = CompletableFuture.supplyAsync(() -> {
                        there.forEach(event -> call(listener, event));
                        return super.subscribe(SubscribeOptions.after(TestEvents.lastCommitPosition(right)), listener);
                    });
                    return new Late(following::join);
                }
            }),
    REPEATS_WHAT_IS_APPENDED_DURING_CATCH_UP(
            "eventsAppendedDuringCatchUpAreNeitherMissedNorSeenTwice", () -> new WrongStore() {
                @Override
                public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
                    long end = TestEvents.lastCommitPosition(right);
                    CompletableFuture<Subscription> following = CompletableFuture.supplyAsync(() -> {
                        right.readAll(ReadOptions.forwards().from(options.after() + 1))
                                .forEach(event -> call(listener, event)); // finds what is appended meanwhile, too
                        TestEvents.allAfter(right, end).forEach(event -> call(listener, event));
                        return super.subscribe(SubscribeOptions.after(TestEvents.lastCommitPosition(right)), listener);
                    });
                    return new Late(following::join);
                }
            }),
    SHOWS_EVENTS_LATE("subscriptionsSeeEveryEventOnceAndInOrderWhileManyWrite", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            long last = TestEvents.lastCommitPosition(right);
            return new View(
                    right.readAll(options),
                    event -> event.commitPosition() % 2 == 0 || event.commitPosition() < last - 3,
                    event -> event);
        }
    }),
    RELIES_ON_SIGNALS_THAT_GET_LOST("subscriptionFollowsWhatIsAppended", () -> new WrongStore() {
        private final Subscriptions unpolled = new Subscriptions(this, Duration.ofDays(1));
        private final AtomicInteger signals = new AtomicInteger();

        @Override
        public Registration onAppend(Runnable signal) {
            return right.onAppend(() -> {
                if (signals.incrementAndGet() % 2 == 0) {
                    signal.run();
                }
            });
        }

        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return unpolled.subscribe(options, listener);
        }
    }),
    SIGNALS_BEFORE_THE_EVENT_CAN_BE_READ("signalComesWhenTheEventCanBeRead", () -> new WrongStore() {
        private final LocalSignals signals = new LocalSignals();

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            signals.signal();
            LockSupport.parkNanos(20_000_000);
            return right.append(stream, expected, events);
        }

        @Override
        public Registration onAppend(Runnable signal) {
            return signals.onAppend(signal);
        }
    }),
    SIGNALS_WHEN_IT_IS_READ("idleStoreIsAskedAFewTimesASecondHoweverManySubscribe", () -> new WrongStore() {
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
    SKIPS_THE_EVENT_ON_WHICH_THE_LISTENER_THREW("eventOnWhichTheListenerThrowsComesAgain", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(options, event -> call(listener, event));
        }
    }),
    ENDS_WHEN_THE_LISTENER_THROWS("listenerThatThrowsIsReportedAndStaysWhereItIs", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            CompletableFuture<Subscription> subscription = new CompletableFuture<>();
            subscription.complete(super.subscribe(options, event -> {
                if (!call(listener, event)) {
                    subscription.join().close();
                }
            }));
            return subscription.join();
        }
    }),
    CALLS_ONE_LISTENER_AFTER_THE_OTHER("slowListenerHoldsUpNobodyElse", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return super.subscribe(options, event -> {
                synchronized (this) {
                    listener.onEvent(event);
                }
            });
        }
    }),
    CLOSES_A_LITTLE_LATER("noCallBeginsAfterClosing", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            Subscription subscription = super.subscribe(options, listener);
            return new Late(() -> subscription) {
                @Override
                public void close() {
                    CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(subscription::close);
                }

                @Override
                public boolean isRunning() {
                    return false;
                }
            };
        }
    }),
    FORGETS_ITS_SUBSCRIPTIONS_WHEN_IT_IS_CLOSED(
            "closingTheStoreEndsItsSubscriptionsAndThreads", () -> new WrongStore() {
                @Override
                public void close() {
                    right.close();
                }
            });

    private final String test;
    private final Supplier<EventStore> store;

    SubscriptionFault(String test, Supplier<EventStore> store) {
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

    private static boolean call(Subscription.Listener listener, RecordedEvent event) {
        try {
            listener.onEvent(event);
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** A subscription that is there when it is needed. */
    private static class Late implements Subscription {

        private final Supplier<Subscription> subscription;

        Late(Supplier<Subscription> subscription) {
            this.subscription = subscription;
        }

        @Override
        public long position() {
            return subscription.get().position();
        }

        @Override
        public boolean isRunning() {
            return subscription.get().isRunning();
        }

        @Override
        public Optional<Throwable> failure() {
            return subscription.get().failure();
        }

        @Override
        public void close() {
            subscription.get().close();
        }
    }
}
