package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.ConnectionShutdownException;
import io.kurrent.dbclient.NoClusterNodeFoundException;
import io.kurrent.dbclient.NotLeaderException;
import io.kurrent.dbclient.RecordSizeExceededException;
import io.kurrent.dbclient.StreamDeletedException;
import io.kurrent.dbclient.StreamTombstonedException;
import io.kurrent.dbclient.TransactionMaxSizeExceededException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What a failure of the client says: whether the server has heard of the call, and whether it helps to call again. */
enum Failure {
    /** The server can't have done anything. */
    NOT_SENT,
    /** The server may have done it, and the answer got lost. */
    OUTCOME_UNKNOWN,
    /** The server has refused it, and would again. */
    REFUSED;

    private static final Metadata.Key<String> EXCEPTION =
            Metadata.Key.of("exception", Metadata.ASCII_STRING_MARSHALLER);

    static Failure of(Throwable failure) {
        if (failure instanceof ConnectionShutdownException
                || failure instanceof NoClusterNodeFoundException
                || failure instanceof NotLeaderException) {
            return NOT_SENT;
        }
        if (failure instanceof TimeoutException) {
            return OUTCOME_UNKNOWN;
        }
        return failure instanceof StatusRuntimeException call ? of(call) : REFUSED;
    }

    private static Failure of(StatusRuntimeException call) {
        Status status = call.getStatus();
        return switch (status.getCode()) {
            case UNAVAILABLE -> isNotConnected(status) ? NOT_SENT : OUTCOME_UNKNOWN;
            case DEADLINE_EXCEEDED, ABORTED, CANCELLED, INTERNAL, UNKNOWN -> OUTCOME_UNKNOWN;
            default -> REFUSED;
        };
    }

    private static boolean isNotConnected(Status status) {
        return causes(status.getCause())
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof UnresolvedAddressException
                        || cause instanceof SSLHandshakeException);
    }

    /** What the client has wrapped. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps = failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure.getClass() == RuntimeException.class;
        return wraps && cause != null ? unwrapped(cause) : failure;
    }

    static boolean isStreamDeleted(Throwable failure) {
        return failure instanceof StreamDeletedException
                || failure instanceof StreamTombstonedException
                || "stream-deleted".equals(exception(failure));
    }

    /** The name of the stream that was deleted for good. */
    static Optional<String> deletedStream(Throwable failure) {
        if (failure instanceof StreamDeletedException deleted) {
            return Optional.of(deleted.getStreamName());
        }
        return failure instanceof StreamTombstonedException tombstoned
                ? Optional.of(tombstoned.getStreamName())
                : Optional.empty();
    }

    /**
     * Of a read of all events from a position that isn't the start of a record: what servers answer differs. What has a
     * cause isn't an answer, but of the connection's making.
     */
    static boolean isInvalidPosition(Throwable failure) {
        if (!(failure instanceof StatusRuntimeException call)
                || call.getStatus().getCause() != null) {
            return false;
        }
        return switch (call.getStatus().getCode()) {
            case INVALID_ARGUMENT, UNKNOWN, OUT_OF_RANGE -> true;
            default -> false;
        };
    }

    /** A refusal in words for whoever called the store. */
    static EventStoreException refusal(String what, Throwable failure) {
        if (failure instanceof EventStoreException known) {
            return known;
        }
        if (isStreamDeleted(failure)) {
            return new EventStoreException(
                    what + " failed: the stream was deleted for good, and its name can't be used again", failure);
        }
        if (isTooLarge(failure)) {
            return new AppendTooLargeException(
                    what + " failed: an append is written at once or not at all, and this one has more bytes than the"
                            + " server takes (its setting is MaxAppendSize): " + failure.getMessage(),
                    failure);
        }
        if (failure instanceof UnsupportedOperationException) {
            return new UnsupportedByStoreException(what, "This server");
        }
        return new EventStoreException(what + " failed: " + reason(failure), failure);
    }

    private static boolean isTooLarge(Throwable failure) {
        String exception = exception(failure);
        return failure instanceof RecordSizeExceededException
                || failure instanceof TransactionMaxSizeExceededException
                || exception != null && exception.startsWith("maximum-append-");
    }

    private static String reason(Throwable failure) {
        if (!(failure instanceof StatusRuntimeException call)) {
            return String.valueOf(failure.getMessage());
        }
        return switch (call.getStatus().getCode()) {
            case UNAUTHENTICATED -> "the server doesn't accept the user name and password of the connection string";
            case PERMISSION_DENIED ->
                "the user of the connection string may not do that; the stream $all is for members of $admins unless its"
                        + " access list in $settings says otherwise";
            default -> call.getStatus().getCode() + " " + call.getStatus().getDescription();
        };
    }

    private static @Nullable String exception(Throwable failure) {
        Metadata trailers = failure instanceof StatusRuntimeException call ? call.getTrailers() : null;
        return trailers == null ? null : trailers.get(EXCEPTION);
    }

    static boolean isTls(Status status) {
        return causes(status.getCause()).anyMatch(SSLException.class::isInstance);
    }

    static boolean isUnknownHost(Status status) {
        return causes(status.getCause())
                .anyMatch(
                        cause -> cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException);
    }

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
