package io.eventsourcing.eventstoredb.test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendStreamRequest;
import io.kurrent.dbclient.ConnectionShutdownException;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToAllOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityTest extends ServerTest {

    @Test
    void aClientThatTrustsTheAuthorityIsServed(@TempDir Path folder) throws IOException {
        EventStoreDbServer server = start(EventStoreDbServer.builder().tls(true));
        Path authority = Files.writeString(folder.resolve("ca.pem"), server.rootCertificates());

        assertThat(server.connectionString()).endsWith("?tls=true");
        for (String host : new String[] {"127.0.0.1", "localhost"}) {
            KurrentDBClient client =
                    client(server.connectionString().replace("127.0.0.1", host) + "&tlsCaFile=" + authority);
            append(client, host, events(1));
            assertThat(read(client, host)).hasSize(1);
        }
    }

    @Test
    void aClientThatTrustsAnotherAuthorityIsNot(@TempDir Path folder) throws IOException {
        EventStoreDbServer server = start(EventStoreDbServer.builder().tls(true));
        EventStoreDbServer other = start(EventStoreDbServer.builder().tls(true));
        Path authority = Files.writeString(folder.resolve("ca.pem"), other.rootCertificates());
        KurrentDBClient client = client(server.connectionString() + "&maxDiscoverAttempts=1&tlsCaFile=" + authority);

        assertThatThrownBy(() -> append(client, "s", events(1))).isInstanceOf(ConnectionShutdownException.class);
    }

    @Test
    void aRestartKeepsTheCertificate(@TempDir Path folder) throws IOException {
        EventStoreDbServer server = start(EventStoreDbServer.builder().tls(true));
        Path authority = Files.writeString(folder.resolve("ca.pem"), server.rootCertificates());
        server.stop();
        server.startAgain();

        append(client(server.connectionString() + "&tlsCaFile=" + authority), "s", events(1));
    }

    @Test
    void withoutTlsThereIsNoCertificate() {
        EventStoreDbServer server = start();

        assertThatThrownBy(server::rootCertificates).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theConnectionStringKnowsThePassword() {
        EventStoreDbServer server = start(EventStoreDbServer.builder().credentials("admin", "p@ss:w/ rd+"));

        append(clientOf(server), "s", events(1));

        assertThat(readAll(clientOf(server), ReadAllOptions.get())).isNotEmpty();
    }

    @Test
    void whoeverSaysNothingIsDenied() {
        EventStoreDbServer server = start(EventStoreDbServer.builder().credentials("admin", "changeit"));
        KurrentDBClient client = client(anonymous(server));

        assertDenied(() -> append(client, "s", events(1)));
        assertDenied(() -> read(client, "s"));
        assertDenied(() -> get(client.deleteStream("s")));
        assertThat(readAllOfUsers(clientOf(server))).isEmpty();
    }

    @Test
    void whoeverSaysAWrongPasswordIsNotAuthenticated() {
        EventStoreDbServer server = start(EventStoreDbServer.builder().credentials("admin", "changeit"));

        // the client asks for the features of the server first, and fails there
        assertThatThrownBy(() -> append(client(as("admin:wrong", server)), "s", events(1)))
                .hasStackTraceContaining("UNAUTHENTICATED");
        assertThat(readAllOfUsers(clientOf(server))).isEmpty();
    }

    @Test
    void aUserMayUseStreamsButNotAll() throws Exception {
        EventStoreDbServer server = start(
                EventStoreDbServer.builder().credentials("admin", "changeit").user("app", "secret"));
        KurrentDBClient client = client(as("app:secret", server));

        append(client, "s", events(1));
        assertThat(read(client, "s")).hasSize(1);
        get(client.getStreamMetadata("s"));
        assertDenied(() -> readAll(client, ReadAllOptions.get()));
        assertDenied(() -> read(client, "$user-admin"));
        Listener listener = new Listener();
        client.subscribeToAll(listener, SubscribeToAllOptions.get());
        assertThat(listener.cancelled.get(10, SECONDS))
                .get()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        end -> assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var denial = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(denial.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(trailer(denial, "exception")).isEqualTo("access-denied");
    }

    private static String anonymous(EventStoreDbServer server) {
        return "esdb://127.0.0.1:" + server.port() + "?tls=false";
    }

    private static String as(String user, EventStoreDbServer server) {
        return "esdb://" + user + "@127.0.0.1:" + server.port() + "?tls=false";
    }

    @Test
    void anAppendToSeveralStreamsIsDeniedToo() {
        EventStoreDbServer server = start(EventStoreDbServer.builder().credentials("admin", "changeit"));
        AppendStreamRequest request =
                new AppendStreamRequest("s", List.of(events(1)).iterator(), StreamState.any());

        var denial = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> get(client(anonymous(server))
                        .multiStreamAppend(List.of(request).iterator())));

        assertThat(denial.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(readAllOfUsers(clientOf(server))).isEmpty();
    }

    @Test
    void aUserWithAColonIsRefused() {
        assertThatThrownBy(() -> EventStoreDbServer.builder().user("a:b", "c"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
