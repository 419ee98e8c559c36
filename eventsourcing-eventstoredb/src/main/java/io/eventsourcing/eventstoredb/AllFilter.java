package io.eventsourcing.eventstoredb;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;

/**
 * Has the server leave out what isn't ours when all events are read. The protocol can do that; the client's reads can't
 * ask for it. Immutable.
 */
final class AllFilter implements ClientInterceptor {

    /** How many events the server looks at between two looks at the clock. */
    private static final int WINDOW = 1000;

    private final ReadReq.Options.FilterOptions filter;

    AllFilter(String streamNames) {
        this.filter = ReadReq.Options.FilterOptions.newBuilder()
                .setStreamIdentifier(
                        ReadReq.Options.FilterOptions.Expression.newBuilder().setRegex(streamNames))
                .setMax(WINDOW)
                .setCheckpointIntervalMultiplier(1)
                .build();
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            @SuppressWarnings("unchecked") // the same type comes out as goes in
            public void sendMessage(Q message) {
                super.sendMessage(message instanceof ReadReq request ? (Q) filtered(request) : message);
            }
        };
    }

    private ReadReq filtered(ReadReq request) {
        ReadReq.Options options = request.getOptions();
        if (!options.hasAll() || !options.hasNoFilter()) {
            return request;
        }
        return request.toBuilder()
                .setOptions(options.toBuilder().setFilter(filter))
                .build();
    }
}
