package io.eventsourcing.eventstoredb.test;

import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.ClusterInfo;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.EndPoint;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import io.kurrent.dbclient.proto.shared.Shared;

/** Tells which servers there are, which of them live, and which leads. Thread-safe. */
final class GossipEndpoint extends GossipGrpc.GossipImplBase {

    private final Cluster cluster;

    GossipEndpoint(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void read(Shared.Empty request, StreamObserver<ClusterInfo> answers) {
        ClusterInfo.Builder info = ClusterInfo.newBuilder();
        cluster.members().forEach(member -> info.addMembers(describe(member)));
        answers.onNext(info.build());
        answers.onCompleted();
    }

    private MemberInfo describe(EventStoreDbServer member) {
        return MemberInfo.newBuilder()
                .setInstanceId(Shared.UUID.newBuilder().setString(member.id().toString()))
                .setState(cluster.isLedBy(member) ? VNodeState.Leader : VNodeState.Follower)
                .setIsAlive(member.isRunning())
                .setHttpEndPoint(EndPoint.newBuilder()
                        .setAddress(EventStoreDbServer.HOST)
                        .setPort(member.port()))
                .build();
    }
}
