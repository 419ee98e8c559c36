package io.eventsourcing.eventstoredb.test;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class RestartTest extends ServerTest {

    private final EventStoreDbServer server = start();

    @Test
    void dataAndPortAreKept() {
        int port = server.port();
        append(clientOf(server), "s", events(2));

        server.stop();
        assertThat(server.isRunning()).isFalse();
        server.startAgain();

        assertThat(server.isRunning()).isTrue();
        assertThat(server.port()).isEqualTo(port);
        KurrentDBClient client = clientOf(server);
        append(client, "s", StreamState.streamRevision(1), events(1));
        assertThat(revisions(read(client, "s"))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aServerThatIsDownIsNotAvailable() {
        KurrentDBClient client = clientOf(server);
        append(client, "s", events(1));

        server.stop();

        var failure = catchThrowableOfType(StatusRuntimeException.class, () -> read(client, "s"));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aStopCutsSubscriptions() throws Exception {
        KurrentDBClient client = clientOf(server);
        Listener listener = new Listener();
        get(client.subscribeToStream(
                "s", listener, SubscribeToStreamOptions.get().fromStart()));

        server.stop();

        assertThat(listener.cancelled.get(10, SECONDS))
                .get()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        end -> assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @Test
    void theIdsOfEventsAreForgotten() {
        EventData event = event("e");
        append(clientOf(server), "s", StreamState.any(), event);
        server.stop();
        server.startAgain();

        KurrentDBClient client = clientOf(server);
        append(client, "s", StreamState.any(), event);

        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void stoppingAndStartingTwiceDoesNothing() {
        server.startAgain();
        server.stop();
        server.stop();
        server.startAgain();

        append(clientOf(server), "s", events(1));
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        Assertions.assertThatThrownBy(
                        () -> EventStoreDbServer.builder().port(server.port()).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(Integer.toString(server.port()));
    }

    @Test
    void aPortThatIsTakenForAMomentIsWaitedFor() throws Exception {
        server.stop();
        ServerSocket other = new ServerSocket(server.port(), 1, InetAddress.getByName(EventStoreDbServer.HOST));
        CompletableFuture.delayedExecutor(300, MILLISECONDS).execute(() -> close(other));

        server.startAgain();

        append(clientOf(server), "s", events(1));
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStartTakesRoomInTheLogThatNobodySees() {
        var before = append(clientOf(server), "s", events(1)).getLogPosition();
        int events = readAll(clientOf(server), ReadAllOptions.get()).size();
        server.stop();
        server.startAgain();

        KurrentDBClient client = clientOf(server);
        assertThat(readAll(client, ReadAllOptions.get())).hasSize(events);
        var after = append(client, "s", events(1)).getLogPosition();
        var next = append(client, "s", events(1)).getLogPosition();
        assertThat(after.getCommitUnsigned() - before.getCommitUnsigned())
                .isGreaterThan(next.getCommitUnsigned() - after.getCommitUnsigned());
    }
}
