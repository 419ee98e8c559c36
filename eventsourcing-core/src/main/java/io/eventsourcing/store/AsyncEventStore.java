package io.eventsourcing.store;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A store for callers that must not wait: each call runs on a thread of an executor, and its stage completes with what the
 * store returns or, as the cause of a {@link java.util.concurrent.CompletionException}, with what it throws. Thread-safe, as
 * far as the executor is.
 *
 * <p>A transaction of the caller's isn't joined, since it belongs to the caller's thread. Calls that don't wait for each
 * other's stages are made in no particular order.
 */
public final class AsyncEventStore {

    private final EventStore store;
    private final Executor executor;

    private AsyncEventStore(EventStore store, Executor executor) {
        this.store = store;
        this.executor = executor;
    }

    /**
     * Calls a store on the threads of an executor, which should have many: from Java 24 on {@code
     * Executors.newVirtualThreadPerTaskExecutor()}, where no call pins its carrier. Neither is closed by this object.
     */
    public static AsyncEventStore of(EventStore store, Executor executor) {
        return new AsyncEventStore(
                Objects.requireNonNull(store, "store"), Objects.requireNonNull(executor, "executor"));
    }

    /** See {@link EventStore#append}. */
    public CompletionStage<AppendResult> append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        List<NewEvent> copy = List.copyOf(events);
        return call(() -> store.append(stream, expected, copy));
    }

    /**
     * See {@link MultiStreamAppender#append(List)}.
     *
     * @throws UnsupportedByStoreException at once, if the store can't
     */
    public CompletionStage<List<AppendResult>> append(List<StreamAppend> appends) {
        MultiStreamAppender appender = store.require(MultiStreamAppender.class);
        List<StreamAppend> copy = List.copyOf(appends);
        return call(() -> appender.append(copy));
    }

    /**
     * See {@link ConditionalAppender#append(List, List)}.
     *
     * @throws UnsupportedByStoreException at once, if the store can't
     */
    public CompletionStage<List<AppendResult>> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        ConditionalAppender appender = store.require(ConditionalAppender.class);
        List<StreamAppend> copy = List.copyOf(appends);
        List<AppendCondition> conditionsCopy = List.copyOf(conditions);
        return call(() -> appender.append(copy, conditionsCopy));
    }

    /** The events of {@link EventStore#read}, all in memory: limit what may be long. */
    public CompletionStage<List<RecordedEvent>> read(StreamName stream, ReadOptions options) {
        return call(() -> store.read(stream, options).toList());
    }

    /** The events of {@link EventStore#readAll}, all in memory: limit what may be long. */
    public CompletionStage<List<RecordedEvent>> readAll(ReadOptions options) {
        return call(() -> store.readAll(options).toList());
    }

    /** See {@link EventStore#position}. */
    public CompletionStage<StreamPosition> position(StreamName stream) {
        return call(() -> store.position(stream));
    }

    private <T> CompletionStage<T> call(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, executor).minimalCompletionStage();
    }
}
