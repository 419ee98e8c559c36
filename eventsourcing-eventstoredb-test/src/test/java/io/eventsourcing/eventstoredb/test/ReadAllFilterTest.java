package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions.Expression;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol has filters for counted reads of $all, the client hasn't. So these calls are made without it. */
class ReadAllFilterTest extends ServerTest {

    private static final Shared.Empty YES = Shared.Empty.getDefaultInstance();

    private final EventStoreDbServer server = start();
    private final ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .build();

    @BeforeEach
    void eventsOfThreeStreams() {
        KurrentDBClient client = clientOf(server);
        for (int i = 0; i < 50; i++) {
            append(client, "order-1", event("order" + i));
            append(client, "x-order-1", event("customer" + i));
            append(client, "other-1", event("other" + i));
        }
    }

    @AfterEach
    void closeChannel() {
        channel.shutdownNow();
    }

    @Test
    void forwardsByStreamPrefix() {
        assertThat(read(forwards(3).setFilter(streams(Expression.newBuilder().addPrefix("order-")))))
                .containsExactly("order0", "order1", "order2");
    }

    @Test
    void byStreamExpressionWhichMatchesAnywhere() {
        assertThat(read(forwards(3).setFilter(streams(Expression.newBuilder().setRegex("order-")))))
                .containsExactly("order0", "customer0", "order1");
    }

    @Test
    void bySeveralTypePrefixes() {
        assertThat(read(forwards(4)
                        .setFilter(types(
                                Expression.newBuilder().addPrefix("order1").addPrefix("other2")))))
                .containsExactly("order1", "other2", "order10", "order11");
    }

    @Test
    void backwardsByTypeExpression() {
        assertThat(read(options(2)
                        .setReadDirection(ReadReq.Options.ReadDirection.Backwards)
                        .setAll(ReadReq.Options.AllOptions.newBuilder().setEnd(YES))
                        .setFilter(types(Expression.newBuilder().setRegex("^(order|other)4$")))))
                .containsExactly("other4", "order4");
    }

    @Test
    void theCountIsOfEventsThatPass() {
        assertThat(read(forwards(1000).setFilter(streams(Expression.newBuilder().addPrefix("other-")))))
                .hasSize(50);
    }

    @Test
    void aFilterWithoutAWindowIsRefused() {
        var withoutWindow =
                FilterOptions.newBuilder().setEventType(Expression.newBuilder().addPrefix("a"));

        assertThatThrownBy(() -> read(forwards(1).setFilter(withoutWindow)))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("INVALID_ARGUMENT");
    }

    @Test
    void aFilterOfAStreamIsRefused() {
        var ofStream = options(1)
                .setStream(ReadReq.Options.StreamOptions.newBuilder().setStart(YES))
                .setFilter(types(Expression.newBuilder().addPrefix("a")));

        assertThatThrownBy(() -> read(ofStream))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("The combination of");
    }

    private List<String> read(ReadReq.Options.Builder options) {
        List<String> types = new ArrayList<>();
        StreamsGrpc.newBlockingStub(channel)
                .read(ReadReq.newBuilder().setOptions(options).build())
                .forEachRemaining(response -> types.add(type(response)));
        return types;
    }

    private static String type(ReadResp response) {
        return response.getEvent().getEvent().getMetadataMap().get("type");
    }

    private static ReadReq.Options.Builder forwards(long count) {
        return options(count).setAll(ReadReq.Options.AllOptions.newBuilder().setStart(YES));
    }

    private static ReadReq.Options.Builder options(long count) {
        return ReadReq.Options.newBuilder()
                .setCount(count)
                .setUuidOption(ReadReq.Options.UUIDOption.newBuilder().setStructured(YES));
    }

    private static FilterOptions streams(Expression.Builder expression) {
        return FilterOptions.newBuilder()
                .setStreamIdentifier(expression)
                .setCount(YES)
                .build();
    }

    private static FilterOptions types(Expression.Builder expression) {
        return FilterOptions.newBuilder().setEventType(expression).setCount(YES).build();
    }
}
