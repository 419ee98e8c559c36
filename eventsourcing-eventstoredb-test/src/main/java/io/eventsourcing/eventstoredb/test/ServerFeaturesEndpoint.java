package io.eventsourcing.eventstoredb.test;

import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethod;
import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethods;
import io.kurrent.dbclient.proto.shared.Shared;
import java.util.List;

/** Tells which version the server pretends to be, and what it can do. Immutable. */
final class ServerFeaturesEndpoint extends ServerFeaturesGrpc.ServerFeaturesImplBase {

    private static final String STREAMS = "event_store.client.streams.streams";

    private final ServerVersion version;

    ServerFeaturesEndpoint(ServerVersion version) {
        this.version = version;
    }

    @Override
    public void getSupportedMethods(Shared.Empty request, StreamObserver<SupportedMethods> answers) {
        SupportedMethods.Builder methods = SupportedMethods.newBuilder()
                .setEventStoreServerVersion(version.toString())
                .addMethods(method("read", STREAMS).addAllFeatures(List.of("position", "events")))
                .addMethods(method("append", STREAMS))
                .addMethods(method("delete", STREAMS))
                .addMethods(method("tombstone", STREAMS))
                .addMethods(method("read", "event_store.client.gossip.gossip"))
                .addMethods(method("getsupportedmethods", "event_store.client.server_features.serverfeatures"));
        if (version.appendsToSeveralStreams()) {
            methods.addMethods(method("appendsession", "kurrentdb.protocol.v2.streams.streamsservice"));
        }
        answers.onNext(methods.build());
        answers.onCompleted();
    }

    private static SupportedMethod.Builder method(String name, String service) {
        return SupportedMethod.newBuilder().setMethodName(name).setServiceName(service);
    }
}
