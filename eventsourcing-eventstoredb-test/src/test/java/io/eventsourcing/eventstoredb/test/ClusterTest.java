package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendStreamRequest;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.NotLeaderException;
import io.kurrent.dbclient.ServerVersion;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest extends ServerTest {

    private final EventStoreDbServer first = start();
    private final EventStoreDbServer second = start(EventStoreDbServer.builder().joining(first));

    @Test
    void theServersShareALog() {
        append(clientOf(first), "s", events(2));

        assertThat(read(client(second.connectionString() + "&nodePreference=follower"), "s"))
                .hasSize(2);
    }

    @Test
    void aFollowerRefusesWhatRequiresTheLeaderAndNamesIt() {
        KurrentDBClient client = clientOf(second);

        var refusal = catchThrowableOfType(NotLeaderException.class, () -> append(client, "s", events(1)));

        assertThat(refusal.getLeaderEndpoint().getPort()).isEqualTo(first.port());
    }

    @Test
    void aClientThatAsksFindsTheLeader() {
        KurrentDBClient client = client(second.discoveryConnectionString());

        append(client, "s", events(1));

        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void aClientFollowsAChangeOfLeader() {
        KurrentDBClient client = client(first.discoveryConnectionString());
        append(client, "s", events(1));

        second.becomeLeader();

        assertThatThrownBy(() -> append(client, "s", events(1))).isInstanceOf(NotLeaderException.class);
        append(client, "s", events(1));
        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void aChangeOfLeaderEndsSubscriptionsThatRequireTheLeader() {
        KurrentDBClient client = client(first.discoveryConnectionString());
        KurrentDBClient indifferent = client(first.connectionString() + "&nodePreference=random");
        Listener listener = new Listener();
        Listener staying = new Listener();
        get(client.subscribeToStream("s", listener, SubscribeToStreamOptions.get()));
        get(indifferent.subscribeToStream("s", staying, SubscribeToStreamOptions.get()));
        listener.next(1);
        staying.next(1);

        second.becomeLeader();
        append(indifferent, "s", events(1));

        assertThat(staying.next(1)).containsExactly("e0");
        assertThat(listener.silent()).isTrue();
    }

    @Test
    void aStoppedServerIsSeenToBeDead() {
        second.becomeLeader();
        first.stop();
        KurrentDBClient client = client(second.discoveryConnectionString());

        append(client, "s", events(1));

        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void theVersionIsTold() {
        KurrentDBClient client = clientOf(start(EventStoreDbServer.builder().version("24.10")));

        assertThat(get(client.getServerVersion()))
                .get()
                .extracting(ServerVersion::getMajor, ServerVersion::getMinor)
                .containsExactly(24, 10);
    }

    @Test
    void whatIsNoVersionIsRefused() {
        assertThatThrownBy(() -> EventStoreDbServer.builder().version("new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("new");
    }

    @Test
    void anAppendToSeveralStreamsAlwaysRequiresTheLeader() {
        KurrentDBClient client = client(second.connectionString() + "&nodePreference=random");
        AppendStreamRequest request =
                new AppendStreamRequest("s", List.of(events(1)).iterator(), StreamState.any());

        var refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> get(client.multiStreamAppend(List.of(request).iterator())));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(readAllOfUsers(clientOf(first))).isEmpty();
    }
}
