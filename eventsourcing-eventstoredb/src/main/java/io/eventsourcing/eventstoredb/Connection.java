package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StoreUnavailableException;
import io.grpc.Status;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.NotLeaderException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * The one client of a store, through which all calls go: replaced when it has died, and called again where that helps.
 * Thread-safe.
 */
final class Connection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** Calls that may be under way at once. The client would queue any number, and start their deadlines later. */
    private static final int MAX_CALLS = 512;

    /** What a call may take beyond its deadline, which begins only when there is a connection. */
    private static final long SLACK_MILLIS = 5_000;

    private static final long CLOSE_SECONDS = 5;

    /** Starts a call. */
    @FunctionalInterface
    interface Call<T> {

        /** @param watch the value of the call's header {@link CallWatch#HEADER}, for calls that are to have it */
        CompletableFuture<T> start(KurrentDBClient client, String watch);
    }

    private final ClientFactory factory;
    private final CallWatch watch = new CallWatch();
    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final RetryTemplate reads;
    private final RetryTemplate appends;
    private @Nullable KurrentDBClient client;
    private Optional<InetSocketAddress> leader = Optional.empty();
    private boolean closed;

    /** @param patience how long a call may take with all its repetitions */
    Connection(ClientFactory factory, Duration patience) {
        this.factory = factory;
        // reads have no outcome that could be unknown: what servers answer to a position that they don't like is a
        // refusal
        this.reads = retries(
                patience, failure -> Failure.of(failure) != Failure.REFUSED && !Failure.isInvalidPosition(failure));
        this.appends = retries(patience, failure -> Failure.of(failure) != Failure.REFUSED);
    }

    private static RetryTemplate retries(Duration patience, Predicate<Throwable> helps) {
        return new RetryTemplate(RetryPolicy.builder()
                .maxRetries(Long.MAX_VALUE)
                .timeout(patience)
                .delay(Duration.ofMillis(100))
                .jitter(Duration.ofMillis(50))
                .multiplier(2)
                .maxDelay(Duration.ofSeconds(2))
                .predicate(failure -> failure instanceof CallFailure call && helps.test(call.failure()))
                .build());
    }

    CallWatch watch() {
        return watch;
    }

    /** Which server, without secrets. */
    String description() {
        return "eventstoredb (" + address() + ")";
    }

    ConnectionString address() {
        return factory.address();
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
        KurrentDBClient current = current();
        enter();
        CompletableFuture<T> result = new CompletableFuture<>();
        String id = watch.watch(end -> cancelled(result, end.status()));
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
            watch.forget(id);
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
        }
        throw new StoreUnavailableException(
                "There are " + MAX_CALLS + " calls to " + address() + " under way, and none has ended", null);
    }

    /** The client to call now. */
    synchronized KurrentDBClient current() {
        if (closed) {
            throw new StoreUnavailableException("The store is closed", null);
        }
        if (client == null) {
            client = factory.create(watch, leader);
        }
        return client;
    }

    /** One that has timed out is closed, so that it doesn't send what it may have queued, after the caller was told. */
    private void replaceIfUseless(KurrentDBClient used, Throwable failure) {
        if (failure instanceof NotLeaderException elsewhere) {
            if (address().isSingleNode()) {
                replace(used, Optional.of(elsewhere.getLeaderEndpoint()));
            } // else it goes to the leader by itself
        } else if (used.isShutdown()
                || failure instanceof TimeoutException
                || Failure.of(failure) == Failure.NOT_SENT
                || Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE) {
            replace(used, Optional.empty());
        }
    }

    /**
     * Forgets a client that can't reach the server and doesn't find out by itself, if nobody has done so before. The next
     * call makes another.
     *
     * @param elsewhere where the leader is, if the client can't know
     */
    synchronized void replace(KurrentDBClient useless, Optional<InetSocketAddress> elsewhere) {
        if (client == useless) {
            log.info("Connecting to {} anew", address());
            client = null;
            leader = address().isSingleNode() ? elsewhere : Optional.empty();
            useless.shutdown();
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
        KurrentDBClient last;
        synchronized (this) {
            closed = true;
            last = client;
            client = null;
        }
        if (last != null) {
            shutDown(last);
        }
    }

    private static void shutDown(KurrentDBClient client) {
        try {
            client.shutdown().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.debug("The client goes on closing by itself", e);
        }
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
