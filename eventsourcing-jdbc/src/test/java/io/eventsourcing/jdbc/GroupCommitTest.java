package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Writes batches one after the other, each when it is let. */
    private static final class GatedWriter implements GroupCommit.Writer {
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch firstHasCome = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        @Override
        public void write(List<AppendRequest> batch) {
            batches.add(batch.size());
            firstHasCome.countDown();
            boolean open = false;
            while (!open) {
                try {
                    open = gate.await(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
            batch.forEach(request -> request.succeed(request.appends().stream()
                    .map(append -> new AppendResult(append.stream(), StreamPosition.of(0), 1))
                    .toList()));
        }
    }

    private static AppendRequest request() {
        return new AppendRequest(
                List.of(new StreamAppend(StreamName.of("Dog-1"), ExpectedPosition.any(), List.of())), List.of());
    }

    private record Caller(Thread thread, CompletableFuture<List<AppendResult>> result) {

        static Caller of(GroupCommit groupCommit) {
            CompletableFuture<List<AppendResult>> result = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                AppendRequest request = request();
                try {
                    groupCommit.append(request);
                    result.complete(request.outcome());
                } catch (RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
            thread.start();
            return new Caller(thread, result);
        }

        Throwable failure() throws Exception {
            try {
                result.get(1, TimeUnit.MINUTES);
                return null;
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }

        void awaitParked() throws InterruptedException {
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
        }
    }

    @Test
    void whoComesWhileOneIsWrittenIsWrittenTogetherBehindIt() throws Exception {
        GatedWriter writer = new GatedWriter();
        GroupCommit groupCommit = new GroupCommit(writer, LONG);
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        List<Caller> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Caller caller = Caller.of(groupCommit);
            caller.awaitParked();
            others.add(caller);
        }
        assertThat(groupCommit.statistics()).isEqualTo(new AppendStatistics(1, 1, 5));
        writer.gate.countDown();
        assertThat(first.failure()).isNull();
        for (Caller other : others) {
            assertThat(other.failure()).isNull();
        }
        assertThat(writer.batches).containsExactly(1, 5);
        assertThat(groupCommit.statistics()).isEqualTo(new AppendStatistics(6, 2, 0));
    }

    @Test
    void whoIsInterruptedBeforeItsTurnHasWrittenNothing() throws Exception {
        GatedWriter writer = new GatedWriter();
        GroupCommit groupCommit = new GroupCommit(writer, LONG);
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        Caller second = Caller.of(groupCommit);
        second.awaitParked();
        second.thread().interrupt();
        assertThat(second.failure())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("interrupted")
                .hasMessageContaining("nothing was written");
        writer.gate.countDown();
        assertThat(first.failure()).isNull();
        assertThat(writer.batches).containsExactly(1);
    }

    @Test
    void whoIsInterruptedWhileItIsWrittenDoesNotKnow() throws Exception {
        GatedWriter writer = new GatedWriter();
        CountDownLatch secondBatch = new CountDownLatch(1);
        CountDownLatch secondGate = new CountDownLatch(1);
        GroupCommit groupCommit = new GroupCommit(
                batch -> {
                    if (writer.batches.size() == 1) {
                        secondBatch.countDown();
                        awaitUninterrupted(secondGate);
                    }
                    writer.write(batch);
                },
                LONG);
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        List<Caller> others = new ArrayList<>(List.of(Caller.of(groupCommit), Caller.of(groupCommit)));
        for (Caller other : others) {
            other.awaitParked();
        }
        writer.gate.countDown();
        secondBatch.await();
        Caller follower = others.stream()
                .filter(caller -> caller.thread().getStackTrace().length > 0 && !leads(caller))
                .findFirst()
                .orElseThrow();
        follower.thread().interrupt();
        assertThat(follower.failure()).isInstanceOf(AppendOutcomeUnknownException.class);
        secondGate.countDown();
        assertThat(first.failure()).isNull();
        others.remove(follower);
        assertThat(others.get(0).failure()).isNull();
    }

    private static boolean leads(Caller caller) {
        for (StackTraceElement frame : caller.thread().getStackTrace()) {
            if (frame.getMethodName().equals("lead")) {
                return true;
            }
        }
        return false;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWaitsTooLongHasWrittenNothing() throws Exception {
        GatedWriter writer = new GatedWriter();
        GroupCommit groupCommit = new GroupCommit(writer, Duration.ofMillis(20));
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        assertThat(Caller.of(groupCommit).failure())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("waited too long");
        writer.gate.countDown();
        assertThat(first.failure()).isNull();
    }

    /** It is too late to give up: it would be written all the same. */
    @Test
    void whoIsBeingWrittenWhenItsTimeIsOverWaitsForTheOutcome() throws Exception {
        GatedWriter writer = new GatedWriter();
        CountDownLatch secondBatch = new CountDownLatch(1);
        CountDownLatch secondGate = new CountDownLatch(1);
        Duration timeout = Duration.ofMillis(500);
        GroupCommit groupCommit = new GroupCommit(
                batch -> {
                    if (writer.batches.size() == 1) {
                        secondBatch.countDown();
                        awaitUninterrupted(secondGate);
                    }
                    writer.write(batch);
                },
                timeout);
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        List<Caller> others = List.of(Caller.of(groupCommit), Caller.of(groupCommit));
        for (Caller other : others) {
            other.awaitParked();
        }
        writer.gate.countDown();
        secondBatch.await();
        Thread.sleep(2 * timeout.toMillis());
        assertThat(others).allSatisfy(other -> assertThat(other.result()).isNotDone());
        secondGate.countDown();
        assertThat(first.failure()).isNull();
        for (Caller other : others) {
            assertThat(other.failure()).isNull();
        }
    }

    @Test
    void closingWritesWhatHasComeAndLetsNobodyInAnyMore() throws Exception {
        GatedWriter writer = new GatedWriter();
        GroupCommit groupCommit = new GroupCommit(writer, LONG);
        Caller first = Caller.of(groupCommit);
        writer.firstHasCome.await();
        Caller second = Caller.of(groupCommit);
        second.awaitParked();
        Thread closing = new Thread(groupCommit::close);
        closing.start();
        writer.gate.countDown();
        closing.join();
        assertThat(first.failure()).isNull();
        assertThat(second.failure()).isNull();
        assertThatThrownBy(() -> groupCommit.append(request()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aFailureReachesTheOneItConcerns() {
        GroupCommit groupCommit =
                new GroupCommit(batch -> batch.get(0).fail(new EventStoreException("this one")), LONG);
        AppendRequest request = request();
        groupCommit.append(request);
        assertThatThrownBy(request::outcome).hasMessage("this one");
    }
}
