package io.eventsourcing.eventstoredb;

import io.grpc.Metadata;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How a call has ended, as the client was told. */
record CallEnd(Status status, Metadata trailers) {

    private static final Metadata.Key<String> LEADER_HOST =
            Metadata.Key.of("leader-endpoint-host", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> LEADER_PORT =
            Metadata.Key.of("leader-endpoint-port", Metadata.ASCII_STRING_MARSHALLER);

    /** Of a call that was never made. */
    static CallEnd of(Throwable failure) {
        Metadata trailers = Status.trailersFromThrowable(failure);
        return new CallEnd(Status.fromThrowable(failure), trailers == null ? new Metadata() : trailers);
    }

    /** Where the leader is, if the server said that it isn't. */
    Optional<InetSocketAddress> leader() {
        String host = trailers.get(LEADER_HOST);
        String port = trailers.get(LEADER_PORT);
        return host == null || port == null
                ? Optional.empty()
                : Optional.of(InetSocketAddress.createUnresolved(host, Integer.parseInt(port)));
    }
}
