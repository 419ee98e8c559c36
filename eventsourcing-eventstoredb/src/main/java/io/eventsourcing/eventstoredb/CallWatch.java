package io.eventsourcing.eventstoredb;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Sees how each call of a client ends. The client keeps some ends for itself: a subscription can end without a word, a
 * read that the server cancels never completes, and why no connection could be made is only logged. Thread-safe.
 */
final class CallWatch implements ClientInterceptor {

    private static final Logger log = LoggerFactory.getLogger(CallWatch.class);

    /** The header that marks a call to be watched. It isn't sent. */
    static final String HEADER = "x-eventsourcing-call";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, Consumer<CallEnd>> watched = new ConcurrentHashMap<>();
    private volatile @Nullable Status lastFailure;
    private final AtomicBoolean connected = new AtomicBoolean();
    private final String server;

    /** @param server what the log calls it */
    CallWatch(String server) {
        this.server = server;
    }

    /**
     * Watches one call.
     *
     * @param onEnd called once when the call has ended, before the client hears of it
     * @return the value for the call's {@link #HEADER}
     */
    String watch(Consumer<CallEnd> onEnd) {
        String id = UUID.randomUUID().toString();
        watched.put(id, onEnd);
        return id;
    }

    /** Of a call that has ended, or was never made. */
    void forget(String id) {
        watched.remove(id);
    }

    /** How the last call ended that failed. */
    Optional<Status> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /** Whether the last call that says something about it has reached a server. Not before the first. */
    boolean isConnected() {
        return connected.get();
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                String id = headers.get(KEY);
                headers.removeAll(KEY);
                super.start(new WatchedListener<>(listener, id), headers);
            }
        };
    }

    private void ended(@Nullable String id, CallEnd end) {
        note(end.status());
        Consumer<CallEnd> onEnd = id == null ? null : watched.remove(id);
        if (onEnd != null) {
            onEnd.accept(end);
        }
    }

    private void note(Status status) {
        boolean failedBefore = lastFailure != null;
        if (!status.isOk()) {
            lastFailure = status;
        }
        switch (status.getCode()) {
            case CANCELLED -> {} // mostly by ourselves
            case UNAVAILABLE, DEADLINE_EXCEEDED -> noteThatItIsAway(status);
            default -> noteThatItIsThere(failedBefore);
        }
    }

    /** Once, and not for each call: how each ends is told to whoever makes it. */
    private void noteThatItIsAway(Status status) {
        if (connected.getAndSet(false)) {
            log.warn("{} doesn't answer ({}), and is called again until it does", server, reason(status));
        }
    }

    private void noteThatItIsThere(boolean failedBefore) {
        if (!connected.getAndSet(true) && failedBefore) {
            log.info("{} answers again", server);
        }
    }

    private static String reason(Status status) {
        Throwable cause = NestedExceptionUtils.getRootCause(status.asRuntimeException());
        return cause == null ? status.getCode() + " " + status.getDescription() : String.valueOf(cause.getMessage());
    }

    private final class WatchedListener<R> extends SimpleForwardingClientCallListener<R> {

        private final @Nullable String id;

        WatchedListener(ClientCall.Listener<R> listener, @Nullable String id) {
            super(listener);
            this.id = id;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            try {
                ended(id, new CallEnd(status, trailers));
            } finally {
                super.onClose(status, trailers);
            }
        }
    }
}
