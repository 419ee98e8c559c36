package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventsourcing.fixtures.ForwardingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What the suites for stores don't see: threads, reads that are shared, and the log. */
@Timeout(60)
class SubscriptionsTest {

    private static final Duration NEVER = Duration.ofDays(1);

    /** Counts reads, and signals appends. */
    private static final class CountingStore extends ForwardingStore implements AppendSignals {

        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public EventSequence readAll(ReadOptions options) {
            reads.incrementAndGet();
            return super.readAll(options);
        }

        @Override
        public Registration onAppend(Runnable signal) {
            return memory.onAppend(signal);
        }
    }

    private final CountingStore store = new CountingStore();

    private void append(int count) {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new NewEvent(UUID.randomUUID(), "Dog.TrickAdded", new byte[10], new byte[0], Instant.EPOCH));
        }
        store.append(StreamName.of("Dog-1"), ExpectedPosition.any(), events);
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<Thread> pollers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("eventsourcing-poller"))
                .toList();
    }

    @Test
    void thePollerLivesFromTheFirstSubscriptionToTheLast() {
        await(() -> pollers().isEmpty());
        try (Subscriptions subscriptions = new Subscriptions(store)) {
            for (int i = 0; i < 2; i++) {
                Subscription first = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {});
                Subscription second = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {});
                await(() -> pollers().size() == 1);
                first.close();
                assertThat(pollers()).hasSize(1).allMatch(Thread::isDaemon);
                append(1);
                await(() -> second.position() == lastPosition());
                second.close();
                await(() -> pollers().isEmpty());
            }
        }
    }

    private long lastPosition() {
        return store.readAll(ReadOptions.backwards().limit(1)).iterator().next().commitPosition();
    }

    @Test
    void thoseAtTheEndShareEachRead() {
        append(10);
        try (Subscriptions subscriptions = new Subscriptions(store, NEVER)) {
            AtomicInteger calls = new AtomicInteger();
            for (int i = 0; i < 200; i++) {
                subscriptions.subscribe(SubscribeOptions.after(10), event -> calls.incrementAndGet());
            }
            append(3);
            await(() -> calls.get() == 600); // where the store ends is known from here on
            store.reads.set(0);
            for (int i = 2; i <= 10; i++) {
                append(3);
                int expected = 600 * i;
                await(() -> calls.get() == expected);
            }
            assertThat(store.reads).as("reads for 200 subscriptions").hasValueLessThan(100);
        }
    }

    @Test
    void aListenerThatWasInterruptedDoesNotHandItOn() {
        append(3);
        try (Subscriptions subscriptions = new Subscriptions(store, NEVER)) {
            List<Boolean> interrupted = new ArrayList<>();
            Subscription subscription = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
            });
            await(() -> subscription.position() == 3);
            assertThat(interrupted).containsExactly(false, false, false);
        }
    }

    @Test
    void aFailureIsReportedByTheNameOfTheSubscription() {
        Logger logger = (Logger) LoggerFactory.getLogger(RunningSubscription.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        append(1);
        try (Subscriptions subscriptions = new Subscriptions(store, NEVER)) {
            AtomicInteger calls = new AtomicInteger();
            Subscription mails =
                    subscriptions.subscribe(SubscribeOptions.fromBeginning().named("mails"), event -> {
                        if (calls.incrementAndGet() < 3) {
                            throw new IllegalStateException("no server");
                        }
                    });
            await(() -> mails.position() == 1);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.getThrowableProxy().getMessage()).isEqualTo("no server"))
                .extracting(ILoggingEvent::getFormattedMessage)
                .allMatch(message -> message.contains("mails"));
    }

    @Test
    void oneThatIsClosedTwiceOrBehindTheStoreDoesNoHarm() {
        Subscriptions subscriptions = new Subscriptions(store);
        Subscription first = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {});
        first.close();
        Subscription second = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {});
        first.close();
        append(1);
        await(() -> second.position() == 1);
        subscriptions.close();
        subscriptions.close();
        second.close();
        assertThat(second.isRunning()).isFalse();
        assertThatThrownBy(() -> subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void eachListenerHearsOnceThatItIsOver() {
        Subscriptions subscriptions = new Subscriptions(store);
        AtomicInteger heard = new AtomicInteger();
        Subscription.Listener listener = new Subscription.Listener() {
            @Override
            public void onEvent(RecordedEvent event) {}

            @Override
            public void onClose() {
                heard.incrementAndGet();
                throw new IllegalStateException("thrown by the test");
            }
        };
        Subscription first = subscriptions.subscribe(SubscribeOptions.fromBeginning(), listener);
        subscriptions.subscribe(SubscribeOptions.fromBeginning(), listener);
        first.close();
        first.close();
        assertThat(heard).hasValue(1);
        subscriptions.close();
        assertThat(heard).hasValue(2);
    }

    @Test
    void aListenerMayCloseTheStore() throws Exception {
        append(2);
        Subscriptions subscriptions = new Subscriptions(store);
        CompletableFuture<Integer> calls = new CompletableFuture<>();
        AtomicInteger count = new AtomicInteger();
        subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {
            count.incrementAndGet();
            subscriptions.close();
            calls.complete(count.get());
        });
        assertThat(calls.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        await(() -> pollers().isEmpty());
        assertThat(count).hasValue(1);
    }

    @Test
    void closingWaitsForACallThatHasBegun() throws Exception {
        append(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        try (Subscriptions subscriptions = new Subscriptions(store)) {
            Subscription subscription = subscriptions.subscribe(SubscribeOptions.fromBeginning(), event -> {
                begun.countDown();
                LockSupport.parkNanos(50_000_000);
                ended.incrementAndGet();
            });
            begun.await();
            subscription.close();
            assertThat(ended).hasValue(1);
            assertThat(subscription.position()).isEqualTo(1);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> SubscribeOptions.after(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new Subscriptions(store, Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new Subscriptions(store, Duration.ofMillis(-1)))
                .hasMessageContaining("PT-0.001S");
    }
}
