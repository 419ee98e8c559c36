package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StoreUnavailableException;
import io.grpc.Status;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.NotLeaderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/**
 * Through which all calls of a store go: they are made again where that helps, and with another client when one has died.
 * Thread-safe.
 */
final class Connection implements AutoCloseable {

    /** Calls that may be under way at once. The client would queue any number, and start their deadlines later. */
    private static final int MAX_CALLS = 512;

    /** What a call may take beyond its deadline, which begins only when there is a connection. */
    private static final long SLACK_MILLIS = 5_000;

    /** Starts a call. */
    @FunctionalInterface
    interface Call<T> {

        /** @param watch the value of the call's header {@link CallWatch#HEADER}, for calls that are to have it */
        CompletableFuture<T> start(KurrentDBClient client, String watch);
    }

    private final ClientHolder clients;
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final RetryTemplate reads;
    private final RetryTemplate appends;
    private final LongAdder repeated = new LongAdder();

    /** @param patience how long a call may take with all its repetitions */
    Connection(ClientHolder clients, Duration patience) {
        this.clients = clients;
        // reads have no outcome that could be unknown: what servers answer to a position that they don't like is a
        // refusal
        this.reads = retries(
                patience, failure -> Failure.of(failure) != Failure.REFUSED && !Failure.isInvalidPosition(failure));
        this.appends = retries(patience, failure -> Failure.of(failure) != Failure.REFUSED);
    }

    private RetryTemplate retries(Duration patience, Predicate<Throwable> helps) {
        RetryTemplate template = new RetryTemplate(RetryPolicy.builder()
                .maxRetries(Long.MAX_VALUE)
                .timeout(patience)
                .delay(Duration.ofMillis(100))
                .jitter(Duration.ofMillis(50))
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(2))
                .predicate(failure -> failure instanceof CallFailure call && helps.test(call.failure()))
                .build());
        template.setRetryListener(new RetryListener() {
            @Override
            public void beforeRetry(RetryPolicy policy, Retryable<?> call, RetryState state) {
                repeated.increment();
            }
        });
        return template;
    }

    ConnectionStatistics statistics() {
        return new ConnectionStatistics(clients.watch().isConnected(), clients.replaced(), repeated.sum());
    }

    ClientHolder clients() {
        return clients;
    }

    /** Which server, without secrets. */
    String description() {
        return "eventstoredb (" + address() + ")";
    }

    ConnectionString address() {
        return clients.address();
    }

    /**
     * Makes a call that changes nothing.
     *
     * @param answer what a refusal by the server amounts to; null if it is a failure
     * @throws StoreUnavailableException if there is no answer, again and again
     * @throws EventStoreException if the server refuses it
     */
    <T> T read(String what, Call<T> call, Function<Throwable, @Nullable T> answer) {
        try {
            return reads.execute(() -> once(call));
        } catch (RetryException e) {
            return answered(what, e, answer, false);
        }
    }

    /**
     * Makes a call that writes, and that the server recognises when it comes again.
     *
     * @param answer what a refusal by the server amounts to; null if it is a failure
     * @throws AppendOutcomeUnknownException if there is no answer, and it may have been written
     * @throws StoreUnavailableException if there is no answer, and nothing was written
     * @throws EventStoreException if the server refuses it
     */
    <T> T append(String what, Call<T> call, Function<Throwable, @Nullable T> answer) {
        try {
            return appends.execute(() -> once(call));
        } catch (RetryException e) {
            return answered(what, e, answer, true);
        }
    }

    /** Whether the server has this version, or a later one; not if it doesn't say. */
    boolean isAtLeast(int major, int minor) {
        return read("Asking for the version", (client, id) -> client.getServerVersion(), failure -> null)
                .map(version -> version.isGreaterOrEqualThan(major, minor))
                .orElse(false);
    }

    /** Makes a call once, whatever comes of it. */
    <T> T once(Call<T> call) throws CallFailure {
        KurrentDBClient current = clients.current();
        enter();
        CompletableFuture<T> result = new CompletableFuture<>();
        String id = clients.watch().watch(end -> cancelled(result, end.status()));
        try {
            call.start(current, id).whenComplete((value, failure) -> complete(result, value, failure));
            return result.get(address().deadline() + SLACK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable failure = Failure.unwrapped(e);
            replaceIfUseless(current, failure);
            throw new CallFailure(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(e);
        } finally {
            clients.watch().forget(id);
            calls.release();
        }
    }

    private static <T> void complete(CompletableFuture<T> result, T value, @Nullable Throwable failure) {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
    }

    /** The client never completes a read that ends so. */
    private static void cancelled(CompletableFuture<?> result, Status status) {
        if (status.getCode() == Status.Code.CANCELLED) {
            result.completeExceptionally(status.asRuntimeException());
        }
    }

    private void enter() {
        try {
            if (calls.tryAcquire(address().deadline(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("The call was interrupted before it was made", e);
        }
        throw new StoreUnavailableException(
                "There are " + MAX_CALLS + " calls to " + address() + " under way, and none has ended", null);
    }

    /** One that has timed out is closed, so that it doesn't send what it may have queued, after the caller was told. */
    private void replaceIfUseless(KurrentDBClient used, Throwable failure) {
        if (failure instanceof NotLeaderException elsewhere) {
            if (address().isSingleNode()) {
                clients.replace(used, Optional.of(elsewhere.getLeaderEndpoint()));
            } // else it goes to the leader by itself
        } else if (used.isShutdown()
                || failure instanceof TimeoutException
                || Failure.of(failure) == Failure.NOT_SENT
                || Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE) {
            clients.replace(used, Optional.empty());
        }
    }

    private <T> T answered(
            String what, RetryException failures, Function<Throwable, @Nullable T> answer, boolean writes) {
        Throwable last = cause(failures.getLastException());
        T answered = answer.apply(last);
        if (answered != null) {
            return answered;
        }
        throw failed(what, last, writes && isUnknown(failures), writes);
    }

    private EventStoreException failed(String what, Throwable last, boolean unknown, boolean writes) {
        if (last instanceof EventStoreException known) {
            return known;
        }
        if (last instanceof InterruptedException) {
            return unanswered(what + " was interrupted", last, writes);
        }
        if (Failure.of(last) == Failure.REFUSED || !writes && Failure.isInvalidPosition(last)) {
            return Failure.refusal(what, last);
        }
        return unanswered(what + " failed: " + address() + " doesn't answer", last, unknown);
    }

    private static boolean isUnknown(RetryException failures) {
        return failures.getExceptions().stream()
                .anyMatch(failure -> Failure.of(cause(failure)) == Failure.OUTCOME_UNKNOWN);
    }

    private static EventStoreException unanswered(String text, Throwable cause, boolean unknown) {
        return unknown
                ? new AppendOutcomeUnknownException(
                        text + ", and the events may have been written. Repeat the same append", cause)
                : new StoreUnavailableException(text, cause);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CallFailure call ? call.failure() : failure;
    }

    @Override
    public void close() {
        clients.close();
    }

    /** What a call has failed with. */
    static final class CallFailure extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Throwable failure;

        CallFailure(Throwable failure) {
            super(failure);
            this.failure = failure;
        }

        /** The client's exception, unwrapped. */
        Throwable failure() {
            return failure;
        }
    }
}
