package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.StoreUnavailableException;
import io.grpc.Status;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.NotLeaderException;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.StreamNotFoundException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks the server for a stream that nobody has, and says in plain words what is wrong. Immutable. */
final class StartupCheck {

    private static final String STREAM = "eventsourcing-is-anybody-there";

    private final Connection connection;

    StartupCheck(Connection connection) {
        this.connection = connection;
    }

    /** @throws EventStoreException if the store can't be used; the message says what to do */
    void require() {
        Throwable failure = failure();
        if (failure != null) {
            throw said(failure);
        }
    }

    boolean isPassed() {
        return failure() == null;
    }

    private @Nullable Throwable failure() {
        Throwable failure = failureOfOneCall();
        // the connection goes to the leader for the next call
        return failure instanceof NotLeaderException ? failureOfOneCall() : failure;
    }

    private @Nullable Throwable failureOfOneCall() {
        try {
            connection.once(StartupCheck::ask);
            return null;
        } catch (Connection.CallFailure e) {
            Throwable failure = e.failure();
            return failure instanceof StreamNotFoundException || Failure.isStreamDeleted(failure) ? null : failure;
        } catch (EventStoreException e) {
            return e;
        }
    }

    private static CompletableFuture<?> ask(KurrentDBClient client, String watch) {
        return client.readStream(
                STREAM,
                ReadStreamOptions.get().backwards().fromEnd().maxCount(1).header(CallWatch.HEADER, watch));
    }

    private EventStoreException said(Throwable failure) {
        if (failure instanceof EventStoreException known) {
            return known;
        }
        String server = connection.address().toString();
        return switch (Status.fromThrowable(failure).getCode()) {
            case UNAUTHENTICATED ->
                new EventStoreException(
                        "The server at " + server
                                + " doesn't accept the user name and password: check those before the @"
                                + " of the connection string",
                        failure);
            case PERMISSION_DENIED -> new EventStoreException(forbidden(server), failure);
            default -> unreachable(server, failure);
        };
    }

    private String forbidden(String server) {
        return connection.address().hasCredentials()
                ? "The user of the connection string may not read streams of the server at " + server
                        + ": check its name and password, and its rights"
                : "The server at " + server + " wants to know who reads: put user:password@ before the host of the"
                        + " connection string";
    }

    private EventStoreException unreachable(String server, Throwable failure) {
        Optional<Status> status = connection.clients().watch().lastFailure();
        Throwable cause = status.<Throwable>map(Status::asRuntimeException).orElse(failure);
        if (status.filter(Failure::isTls).isPresent()) {
            return new StoreUnavailableException(
                    "TLS with the server at " + server
                            + " failed. If its certificate is of an authority of your own, give"
                            + " the authority's certificate (EVENTSTOREDB_ROOT_CERTIFICATES, as PEM text); the host must be"
                            + " one that the certificate names; for a server without TLS, add tls=false to the connection"
                            + " string",
                    cause);
        }
        if (status.filter(Failure::isUnknownHost).isPresent()) {
            return new StoreUnavailableException(
                    "There is no host of that name: " + server + ". Check the connection string", cause);
        }
        return new StoreUnavailableException(
                "The server at " + server
                        + " doesn't answer. Check that it runs, and the host and port in the connection" + " string"
                        + (connection.address().isTls() ? "" : "; if it speaks TLS, take out tls=false"),
                cause);
    }
}
