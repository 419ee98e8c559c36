package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventFilter;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has the server leave out what isn't ours when all events are read, or what a read doesn't want. The protocol can do that;
 * the client's reads can't ask for it. Immutable.
 */
final class AllFilter implements ClientInterceptor {

    /** The header that says what a read wants: one of the patterns below. It isn't sent. */
    static final String HEADER = "x-eventsourcing-filter";

    /** How many events the server looks at between two looks at the clock. */
    private static final int WINDOW = 1000;

    private static final String TYPES = "types ";
    private static final String STREAMS = "streams ";

    private static final Metadata.Key<String> KEY = Metadata.Key.of(HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final String streamNames;

    AllFilter(String streamNames) {
        this.streamNames = streamNames;
    }

    /**
     * The value of the header. The server takes one condition: of a tenant the streams, as nothing else of others is to leave
     * the server; else types, which leave less, rather than streams.
     */
    static String header(EventFilter filter, ServerNames names) {
        String pattern = filter.types().isEmpty() || filter.tenant().isPresent()
                ? STREAMS + names.pattern(filter.streams(), filter.tenant())
                : TYPES
                        + filter.types().stream()
                                .map(ServerNames::escaped)
                                .collect(Collectors.joining("|", "^(?:", ")$"));
        return Base64.getEncoder().encodeToString(pattern.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            private @Nullable String wanted;

            @Override
            public void start(Listener<R> listener, Metadata headers) {
                wanted = headers.get(KEY);
                headers.removeAll(KEY);
                super.start(listener, headers);
            }

            @Override
            @SuppressWarnings("unchecked") // the same type comes out as goes in
            public void sendMessage(Q message) {
                super.sendMessage(message instanceof ReadReq request ? (Q) filtered(request, wanted) : message);
            }
        };
    }

    private ReadReq filtered(ReadReq request, @Nullable String wanted) {
        ReadReq.Options options = request.getOptions();
        if (!options.hasAll() || !options.hasNoFilter()) {
            return request;
        }
        String pattern = wanted == null
                ? STREAMS + streamNames
                : new String(Base64.getDecoder().decode(wanted), StandardCharsets.UTF_8);
        return request.toBuilder()
                .setOptions(options.toBuilder().setFilter(filter(pattern)))
                .build();
    }

    private static FilterOptions filter(String pattern) {
        FilterOptions.Builder filter = FilterOptions.newBuilder().setMax(WINDOW).setCheckpointIntervalMultiplier(1);
        return pattern.startsWith(TYPES)
                ? filter.setEventType(expression(pattern.substring(TYPES.length())))
                        .build()
                : filter.setStreamIdentifier(expression(pattern.substring(STREAMS.length())))
                        .build();
    }

    private static FilterOptions.Expression expression(String pattern) {
        return FilterOptions.Expression.newBuilder().setRegex(pattern).build();
    }
}
