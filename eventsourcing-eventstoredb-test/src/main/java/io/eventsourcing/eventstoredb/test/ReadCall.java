package io.eventsourcing.eventstoredb.test;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One read that is being answered. It sends as long as the client takes, and goes on when the client is ready again or
 * the log has grown, so that a slow client costs a page of events and no more. Thread-safe: whoever wants it to go on
 * wakes it, and one thread at a time works on it.
 */
final class ReadCall {

    private final ServerCallStreamObserver<ReadResp> answers;
    private final ReadCursor cursor;
    private final Executor executor;
    private final boolean requiresLeader;
    private final AtomicInteger wakes = new AtomicInteger();
    private final AtomicReference<@Nullable Consumer<StreamObserver<?>>> end = new AtomicReference<>();
    private boolean over;

    ReadCall(ServerCallStreamObserver<ReadResp> answers, ReadCursor cursor, Executor executor, boolean requiresLeader) {
        this.answers = answers;
        this.cursor = cursor;
        this.executor = executor;
        this.requiresLeader = requiresLeader;
    }

    boolean subscription() {
        return cursor.follows();
    }

    boolean requiresLeader() {
        return requiresLeader;
    }

    /** Sends what can be sent, in another thread. */
    void wake() {
        if (wakes.getAndIncrement() == 0) {
            executor.execute(this::work);
        }
    }

    /** Ends it from outside, in a way that is the caller's choice. */
    void end(Consumer<StreamObserver<?>> how) {
        end.compareAndSet(null, how);
        wake();
    }

    private void work() {
        int seen = wakes.get();
        while (seen != 0) {
            send();
            seen = wakes.addAndGet(-seen);
        }
    }

    private void send() {
        Consumer<StreamObserver<?>> ending = end.get();
        if (ending != null) {
            finish(ending);
            return;
        }
        try {
            sendWhileReady();
        } catch (StatusRuntimeException e) {
            finish(client -> client.onError(e));
        }
    }

    private void sendWhileReady() {
        while (!over && answers.isReady() && !answers.isCancelled()) {
            ReadResp message = cursor.next();
            if (message != null) {
                answers.onNext(message);
            } else if (cursor.ended()) {
                finish(StreamObserver::onCompleted);
            } else {
                return;
            }
        }
    }

    private void finish(Consumer<StreamObserver<?>> how) {
        if (!over && !answers.isCancelled()) {
            how.accept(answers);
        }
        over = true;
    }
}
