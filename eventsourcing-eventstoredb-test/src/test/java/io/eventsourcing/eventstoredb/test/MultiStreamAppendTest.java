package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendStreamRequest;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.MultiStreamAppendResponse;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.StreamTombstonedException;
import io.kurrent.dbclient.TransactionMaxSizeExceededException;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiStreamAppendTest extends ServerTest {

    private final EventStoreDbServer server =
            start(EventStoreDbServer.builder().version("25.1").maxAppendSize(2000));
    private final KurrentDBClient client = clientOf(server);

    @Test
    void allStreamsAreWrittenInOrder() {
        append(client, "b", event("b0"));

        MultiStreamAppendResponse response = append(
                request("a", StreamState.noStream(), event("a0"), event("a1")),
                request("b", StreamState.streamRevision(0), event("b1")));

        List<RecordedEvent> written = readAllOfUsers(client);
        assertThat(types(written)).containsExactly("b0", "a0", "a1", "b1");
        assertThat(response.getPosition())
                .isEqualTo(written.get(3).getPosition().getCommitUnsigned());
        assertThat(response.getResults())
                .extracting(result -> result.getStream() + "@" + result.getStreamRevision())
                .containsExactly("a@1", "b@1");
    }

    @Test
    void noneIsWrittenWhenOneIsNotAsExpected() {
        append(client, "b", event("b0"));

        var conflict = catchThrowableOfType(
                WrongExpectedVersionException.class,
                () -> append(
                        request("a", StreamState.noStream(), event("a0")),
                        request("b", StreamState.noStream(), event("b1"))));

        assertThat(conflict.getStreamName()).isEqualTo("b");
        assertThat(conflict.getExpectedState()).isEqualTo(StreamState.noStream());
        assertThat(conflict.getActualState().toRawLong()).isZero();
        assertThat(types(readAllOfUsers(client))).containsExactly("b0");
    }

    @Test
    void aRepetitionIsKnown() {
        EventData a = event("a0");
        EventData b = event("b0");
        var first = append(request("a", StreamState.noStream(), a), request("b", StreamState.any(), b));

        var second = append(request("a", StreamState.noStream(), a), request("b", StreamState.any(), b));

        assertThat(second.getPosition()).isEqualTo(first.getPosition());
        assertThat(readAllOfUsers(client)).hasSize(2);
    }

    @Test
    void aPartOfARepetitionIsRefused() {
        EventData a = event("a0");
        append(request("a", StreamState.noStream(), a));

        assertThatThrownBy(() -> append(
                        request("a", StreamState.noStream(), a), request("b", StreamState.noStream(), event("b0"))))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(readAllOfUsers(client)).hasSize(1);
    }

    @Test
    void aTombstonedStreamIsNamed() {
        append(client, "b", event("b0"));
        get(client.tombstoneStream("b"));

        assertThatThrownBy(() -> append(
                        request("a", StreamState.any(), event("a0")), request("b", StreamState.any(), event("b1"))))
                .isInstanceOf(StreamTombstonedException.class);
    }

    @Test
    void aStreamMayAppearOnce() {
        assertThatThrownBy(() -> append(
                        request("a", StreamState.any(), event("a0")), request("a", StreamState.any(), event("a1"))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("already part of this append session");
        assertThat(readAllOfUsers(client)).isEmpty();
    }

    @Test
    void anAppendAboveTheLimitIsRefused() {
        EventData large = EventData.builderAsBinary("e", new byte[1500]).build();

        assertThatThrownBy(() -> append(request("a", StreamState.any(), large), request("b", StreamState.any(), large)))
                .isInstanceOf(TransactionMaxSizeExceededException.class);
    }

    @Test
    void metadataComesBackAsJson() {
        EventData withMetadata = EventData.builderAsJson("e", "{}".getBytes(StandardCharsets.UTF_8))
                .metadataAsBytes("{\"who\":\"me\"}".getBytes(StandardCharsets.UTF_8))
                .build();
        append(request("a", StreamState.any(), withMetadata));

        RecordedEvent read = read(client, "a").get(0);

        assertThat(new String(read.getUserMetadata(), StandardCharsets.UTF_8)).contains("\"who\":\"me\"");
        assertThat(read.getEventId()).isEqualTo(withMetadata.getEventId());
        assertThat(read.getContentType()).isEqualTo("application/json");
    }

    @Test
    void faultsStrikeHereToo() {
        server.faults().failWrites(1, WriteFault.UNAVAILABLE_AFTER_WRITING);

        assertThatThrownBy(() -> append(request("a", StreamState.any(), event("a0"))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("UNAVAILABLE");
        assertThat(readAllOfUsers(clientOf(server))).hasSize(1);

        server.faults().failWrites(1, WriteFault.TIMEOUT_BEFORE_WRITING);
        assertThatThrownBy(() -> append(request("a", StreamState.any(), event("a1"))))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("DEADLINE_EXCEEDED");
        assertThat(readAllOfUsers(clientOf(server))).hasSize(1);
    }

    @Test
    void anOlderServerCannot() {
        KurrentDBClient old = clientOf(start(EventStoreDbServer.builder().version("25.0")));

        assertThatThrownBy(() -> get(old.multiStreamAppend(
                        List.of(request("a", StreamState.any(), event("a0"))).iterator())))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private MultiStreamAppendResponse append(AppendStreamRequest... requests) {
        return get(client.multiStreamAppend(List.of(requests).iterator()));
    }

    private static AppendStreamRequest request(String stream, StreamState state, EventData... events) {
        return new AppendStreamRequest(stream, List.of(events).iterator(), state);
    }
}
