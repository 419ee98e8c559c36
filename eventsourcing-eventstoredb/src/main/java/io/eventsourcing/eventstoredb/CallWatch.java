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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees how each call of a client ends. The client keeps some ends for itself: a subscription can end without a word, a
 * read that the server cancels never completes, and why no connection could be made is only logged. Thread-safe.
 */
final class CallWatch implements ClientInterceptor {

    /** The header that marks a call to be watched. It isn't sent. */
    static final String HEADER = "x-eventsourcing-call";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, Consumer<CallEnd>> watched = new ConcurrentHashMap<>();
    private volatile @Nullable Status lastFailure;
    private volatile boolean connected;

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
        return connected;
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
        if (!status.isOk()) {
            lastFailure = status;
        }
        switch (status.getCode()) {
            case CANCELLED -> {} // mostly by ourselves
            case UNAVAILABLE, DEADLINE_EXCEEDED -> connected = false;
            default -> connected = true;
        }
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
