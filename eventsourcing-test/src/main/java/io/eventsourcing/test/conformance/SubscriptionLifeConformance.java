package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A listener that fails loses nothing, one that is slow holds up nobody else, and what was closed is over. */
public interface SubscriptionLifeConformance extends ConformanceSuite {

    /** How long a close may take: it waits for a call of the listener for a second, and machines are busy at times. */
    Duration PROMPT = Duration.ofSeconds(10);

    @Test
    default void eventOnWhichTheListenerThrowsComesAgain() {
        long before = followed();
        append(5);
        List<RecordedEvent> all = allAfter(store(), before);
        AtomicInteger failures = new AtomicInteger(3);
        try (Recorder recorder = Recorder.of(store(), before, event -> {
            if (event.equals(all.get(2)) && failures.getAndDecrement() > 0) {
                throw new Exception("thrown by the test");
            }
        })) {
            recorder.sees(all);
            List<RecordedEvent> calls = new ArrayList<>(all.subList(0, 2));
            calls.addAll(List.of(all.get(2), all.get(2), all.get(2)));
            calls.addAll(all.subList(2, 5));
            assertThat(recorder.calls()).as("calls of the listener").isEqualTo(calls);
            assertThat(Patience.awaits(() -> recorder.subscription().failure().isEmpty()))
                    .as("failure is over")
                    .isTrue();
        }
    }

    @Test
    default void listenerThatThrowsIsReportedAndStaysWhereItIs() {
        long before = followed();
        append(2);
        Error thrown = new AssertionError("thrown by the test");
        try (Recorder recorder = Recorder.of(store(), before, event -> {
            throw thrown;
        })) {
            recorder.awaitCalls(2);
            assertThat(recorder.subscription().failure()).contains(thrown);
            assertThat(recorder.subscription().position()).isEqualTo(before);
            assertThat(recorder.subscription().isRunning()).isTrue();
            assertThat(recorder.calls()).containsOnly(allAfter(store(), before).get(0));
        }
    }

    @Test
    default void slowListenerHoldsUpNobodyElse() {
        long before = followed();
        CountDownLatch patience = new CountDownLatch(1);
        try (Recorder failing = Recorder.of(store(), before, event -> {
                    throw new IllegalStateException("thrown by the test");
                });
                Recorder slow = Recorder.of(store(), before, event -> patience.await());
                Recorder quick = Recorder.of(store(), before)) {
            append(1);
            slow.awaitCalls(1); // else the quick one may have seen everything before the slow one begins
            for (int i = 0; i < 10; i++) {
                append(1 + i % 3);
                quick.sees(allAfter(store(), before));
            }
            assertThat(slow.seen()).isEmpty();
            patience.countDown();
            slow.sees(allAfter(store(), before));
            assertThat(failing.seen()).isEmpty();
        }
    }

    @Test
    default void storeThatCannotBeReadIsTriedAgain() {
        long before = followed();
        try (ObservedStore observed = new ObservedStore(store(), Duration.ofMillis(20))) {
            Recorder following = Recorder.of(observed, before);
            append(1);
            following.sees(allAfter(store(), before));
            observed.unavailable(true);
            append(3);
            Recorder starting = Recorder.of(observed, before);
            assertThat(Patience.awaits(() -> following.subscription().failure().isPresent()))
                    .as("failure is known")
                    .isTrue();
            assertThat(following.subscription().failure().orElseThrow()).isInstanceOf(StoreUnavailableException.class);
            assertThat(following.subscription().isRunning()).isTrue();
            observed.unavailable(false);
            following.sees(allAfter(store(), before));
            starting.sees(allAfter(store(), before));
            assertThat(Patience.awaits(() -> following.subscription().failure().isEmpty()))
                    .as("failure is over")
                    .isTrue();
        }
    }

    /** Again and again, since what comes too late comes by chance. */
    @Test
    default void noCallBeginsAfterClosing() {
        long before = followed();
        append(200);
        for (int i = 0; i < 50; i++) {
            AtomicBoolean closed = new AtomicBoolean();
            AtomicInteger late = new AtomicInteger();
            Recorder recorder = Recorder.of(store(), before, event -> {
                late.addAndGet(closed.get() ? 1 : 0);
                Thread.onSpinWait();
            });
            recorder.awaitCalls(1);
            recorder.close();
            closed.set(true);
            long position = recorder.subscription().position();
            int seen = recorder.seen().size();
            append(1);
            assertThat(recorder.subscription().isRunning()).isFalse();
            recorder.close();
            LockSupport.parkNanos(1_000_000);
            assertThat(late).as("calls after closing").hasValue(0);
            assertThat(recorder.seen()).as("events seen").hasSize(seen);
            assertThat(recorder.subscription().position())
                    .isEqualTo(position)
                    .isEqualTo(recorder.seen().get(seen - 1).commitPosition());
        }
    }

    @Test
    default void listenerCanCloseItsSubscription() {
        long before = followed();
        append(5);
        CompletableFuture<Subscription> subscription = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        subscription.complete(store().subscribe(SubscribeOptions.after(before), event -> {
            if (calls.incrementAndGet() == 3) {
                long start = System.nanoTime();
                subscription.join().close();
                calls.addAndGet(isPrompt(start) ? 0 : 100);
            }
        }));
        assertThat(Patience.awaits(() -> !subscription.join().isRunning())).isTrue();
        append(2);
        Recorder.of(store(), before).sees(allAfter(store(), before));
        assertThat(calls).hasValue(3);
    }

    @Test
    default void closingDuringThePauseAfterAFailureIsPrompt() {
        long before = followed();
        append(1);
        Recorder recorder = Recorder.of(store(), before, event -> {
            throw new IllegalStateException("thrown by the test");
        });
        recorder.awaitCalls(4);
        long start = System.nanoTime();
        recorder.close();
        assertThat(isPrompt(start)).isTrue();
        int calls = recorder.calls().size();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        assertThat(recorder.calls()).as("calls after closing").hasSize(calls);
        assertThat(recorder.subscription().failure()).isEmpty();
    }

    @Test
    default void closingDoesNotWaitLongForAListenerThatIsBusy() {
        long before = followed();
        append(2);
        CountDownLatch patience = new CountDownLatch(1);
        Recorder recorder = Recorder.of(store(), before, event -> patience.await());
        recorder.awaitCalls(1);
        long start = System.nanoTime();
        recorder.close();
        assertThat(isPrompt(start)).isTrue();
        patience.countDown();
        Recorder.of(store(), before).sees(allAfter(store(), before));
        assertThat(recorder.calls()).hasSize(1);
    }

    @Test
    default void closingTheStoreEndsItsSubscriptionsAndThreads() {
        Set<Thread> others = threads();
        long before = followed();
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            recorders.add(Recorder.of(store(), before));
        }
        append(1);
        recorders.forEach(recorder -> recorder.sees(allAfter(store(), before)));
        Recorder.of(store(), before, event -> {
                    throw new IllegalStateException("thrown by the test");
                })
                .awaitCalls(1);
        long start = System.nanoTime();
        store().close();
        assertThat(isPrompt(start)).isTrue();
        assertThat(recorders).noneMatch(recorder -> recorder.subscription().isRunning());
        Set<Thread> left = threads(); // what others in this process begin later is theirs
        left.removeAll(others);
        assertThat(Patience.awaits(() -> left.stream().noneMatch(Thread::isAlive)))
                .as("the threads end: %s", left)
                .isTrue();
        assertThatThrownBy(() -> Recorder.of(store(), before)).isInstanceOf(IllegalStateException.class);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("eventsourcing-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isPrompt(long start) {
        return System.nanoTime() - start < PROMPT.toNanos();
    }

    private long followed() {
        TestStream.of(store(), 1);
        return lastCommitPosition(store());
    }

    private void append(int count) {
        store().append(TestEvents.newStream(), any(), events(count));
    }
}
