package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.memory.MemoryEventStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class AsyncEventStoreTest {

    private static final StreamName DOG = StreamName.of("Dog-1");

    private final EventStore store = new MemoryEventStore();
    private final List<Runnable> tasks = new ArrayList<>();
    private final AsyncEventStore async = AsyncEventStore.of(store, tasks::add);

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "Dog.Barked", new byte[0], new byte[0], Instant.now(), Set.of("dog:1"));
    }

    private <T> T result(CompletionStage<T> stage) {
        tasks.forEach(Runnable::run);
        tasks.clear();
        return stage.toCompletableFuture().join();
    }

    @Test
    void callerDoesNotWait() {
        CompletionStage<AppendResult> stage = async.append(DOG, ExpectedPosition.noStream(), List.of(event()));
        assertThat(stage.toCompletableFuture()).isNotDone();
        assertThat(store.position(DOG).exists()).isFalse();
        assertThat(result(stage)).isEqualTo(new AppendResult(DOG, StreamPosition.of(0), 1));
        assertThat(result(async.position(DOG))).isEqualTo(StreamPosition.of(0));
        assertThat(result(async.read(DOG, ReadOptions.forwards()))).hasSize(1);
        assertThat(result(async.readAll(ReadOptions.backwards()))).hasSize(1);
    }

    @Test
    void severalStreamsAndConditionsArePassedOn() {
        List<StreamAppend> appends = List.of(new StreamAppend(DOG, ExpectedPosition.any(), List.of(event())));
        assertThat(result(async.append(appends))).hasSize(1);
        List<AppendCondition> conditions = List.of(AppendCondition.noMatch(EventQuery.tagged("dog:1")));
        CompletionStage<List<AppendResult>> refused =
                async.append(List.of(new StreamAppend(DOG, ExpectedPosition.any(), List.of(event()))), conditions);
        assertThatThrownBy(() -> result(refused))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConditionNotMetException.class);
    }

    @Test
    void failureOfTheStoreIsThatOfTheStage() {
        CompletionStage<AppendResult> stage = async.append(DOG, ExpectedPosition.exactly(3), List.of(event()));
        assertThatThrownBy(() -> result(stage))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(VersionConflictException.class);
    }

    @Test
    void laterChangesOfAListDoNotCount() {
        List<NewEvent> events = new ArrayList<>(List.of(event()));
        CompletionStage<AppendResult> stage = async.append(DOG, ExpectedPosition.noStream(), events);
        events.add(event());
        assertThat(result(stage).streamPosition()).isEqualTo(StreamPosition.of(0));
    }

    @Test
    void whatTheStoreCannotDoIsRefusedAtOnce() {
        AsyncEventStore modest = AsyncEventStore.of(new ForwardingStore(), tasks::add);
        assertThatThrownBy(() -> modest.append(List.of(), List.of())).isInstanceOf(UnsupportedByStoreException.class);
        assertThat(tasks).isEmpty();
    }

    @Test
    void executorThatIsFullRefuses() {
        AsyncEventStore full = AsyncEventStore.of(store, task -> {
            throw new RejectedExecutionException("full");
        });
        assertThatThrownBy(() -> full.position(DOG)).isInstanceOf(RejectedExecutionException.class);
    }
}
