package io.eventsourcing.eventstoredb.test;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kurrentdb.protocol.v2.streams.AppendRequest;
import io.kurrentdb.protocol.v2.streams.AppendSessionResponse;
import io.kurrentdb.protocol.v2.streams.StreamsServiceGrpc;

/** Appends to several streams at once, from version 25.1 on. Thread-safe. */
final class AppendSessionEndpoint extends StreamsServiceGrpc.StreamsServiceImplBase {

    private final Node node;

    AppendSessionEndpoint(Node node) {
        this.node = node;
    }

    @Override
    public StreamObserver<AppendRequest> appendSession(StreamObserver<AppendSessionResponse> answers) {
        return new AppendSessionCall(node, (ServerCallStreamObserver<AppendSessionResponse>) answers);
    }
}
