package io.eventsourcing.eventstoredb.test;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.NotLeaderException;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToAllOptions;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest extends ServerTest {

    private final EventStoreDbServer server = start();
    private final Faults faults = server.faults();

    @ParameterizedTest
    @EnumSource
    void aWriteFailsWithOrWithoutItsEventsWrittenAndTheNextOneSucceeds(WriteFault fault) {
        EventData event = event("e");
        faults.failWrites(1, fault);

        var failure = catchThrowableOfType(
                StatusRuntimeException.class, () -> append(clientOf(server), "s", StreamState.noStream(), event));

        boolean timeout = fault.name().startsWith("TIMEOUT");
        assertThat(failure.getStatus().getCode()).isEqualTo(timeout ? Status.Code.ABORTED : Status.Code.UNAVAILABLE);
        boolean written = fault.name().endsWith("AFTER_WRITING");
        assertThat(readAllOfUsers(clientOf(server))).hasSize(written ? 1 : 0);
        append(clientOf(server), "s", StreamState.noStream(), event);
        assertThat(readAllOfUsers(clientOf(server))).hasSize(1);
    }

    @Test
    void faultsStrikeInOrderOncePerWrite() {
        faults.failWrites(1, WriteFault.TIMEOUT_BEFORE_WRITING);
        faults.failWrites(2, WriteFault.TIMEOUT_AFTER_WRITING);
        KurrentDBClient client = clientOf(server);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> append(client, "s", event("e"))).isInstanceOf(StatusRuntimeException.class);
        }
        append(client, "s", event("e"));

        assertThat(read(client, "s")).hasSize(3);
    }

    @Test
    void aDeletionIsAWrite() {
        KurrentDBClient client = clientOf(server);
        append(client, "s", event("e"));
        faults.failWrites(1, WriteFault.TIMEOUT_BEFORE_WRITING);

        assertThatThrownBy(() -> get(client.deleteStream("s"))).isInstanceOf(StatusRuntimeException.class);

        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void readsFail() {
        KurrentDBClient client = clientOf(server);
        append(client, "s", event("e"));
        faults.failReads(1, Status.Code.RESOURCE_EXHAUSTED);

        var failure = catchThrowableOfType(StatusRuntimeException.class, () -> read(client, "s"));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void aDelayedAnswerComesAfterTheEventsWereWritten() {
        faults.delayAnswers(Duration.ofMinutes(5));
        KurrentDBClient client = clientOf(server);

        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> get(client.appendToStream(
                        "s",
                        AppendToStreamOptions.get()
                                .streamState(StreamState.noStream())
                                .deadline(300),
                        event("e"))));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        faults.clear();
        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void aDelayedReadMissesItsDeadline() {
        KurrentDBClient client = clientOf(server);
        append(client, "s", event("e"));
        faults.delayAnswers(Duration.ofMinutes(5));

        var failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> read(client, "s", ReadStreamOptions.get().deadline(300)));

        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        faults.clear();
    }

    @Test
    void clearingLetsWaitingAnswersGo() throws Exception {
        faults.delayAnswers(Duration.ofMinutes(5));
        KurrentDBClient client = clientOf(server);
        CompletableFuture<?> append = client.appendToStream("s", event("e"));

        while (!append.isDone()) {
            faults.clear();
            Thread.sleep(10);
        }

        append.get(1, SECONDS);
    }

    @Test
    void anotherServerIsSaidToLead() {
        faults.answerNotLeader(1, "127.0.0.1", server.port());
        KurrentDBClient client = client(server.discoveryConnectionString());

        var failure = catchThrowableOfType(NotLeaderException.class, () -> append(client, "s", event("e")));

        assertThat(failure.getLeaderEndpoint().getPort()).isEqualTo(server.port());
        append(client, "s", event("e"));
        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void whoDoesNotRequireTheLeaderIsAnswered() {
        faults.answerNotLeader(1, "127.0.0.1", server.port());
        KurrentDBClient client = client(server.connectionString() + "&nodePreference=random");

        append(client, "s", event("e"));

        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void subscriptionsAreEndedAsUnavailable() throws Exception {
        assertThat(endOfSubscription(SubscriptionEnd.UNAVAILABLE).get(10, SECONDS))
                .get()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        end -> assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource(names = {"CANCELLED", "COMPLETED"})
    void subscriptionsAreEndedSilently(SubscriptionEnd end) throws Exception {
        CompletableFuture<Optional<Throwable>> told = endOfSubscription(end);

        Thread.sleep(300);

        assertThat(told).isNotDone();
    }

    private CompletableFuture<Optional<Throwable>> endOfSubscription(SubscriptionEnd end) {
        KurrentDBClient client = clientOf(server);
        Listener ofAll = new Listener();
        Listener ofStream = new Listener();
        get(client.subscribeToAll(ofAll, SubscribeToAllOptions.get().fromStart()));
        get(client.subscribeToStream(
                "s", ofStream, SubscribeToStreamOptions.get().fromStart()));
        ofAll.next(1);
        ofStream.next(1);

        faults.endSubscriptions(end);

        append(client, "s", event("e"));
        assertThat(ofAll.silent()).isTrue();
        assertThat(ofStream.silent()).isTrue();
        return ofAll.cancelled;
    }

    @Test
    void okIsNoFault() {
        assertThatThrownBy(() -> faults.failReads(1, Status.Code.OK)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatHasNotStruckIsTakenBack() {
        faults.failWrites(1, WriteFault.UNAVAILABLE_BEFORE_WRITING);
        faults.failReads(1, Status.Code.UNAVAILABLE);
        faults.answerNotLeader(1, "127.0.0.1", server.port());

        faults.clear();

        KurrentDBClient client = clientOf(server);
        append(client, "s", event("e"));
        assertThat(read(client, "s")).hasSize(1);
    }
}
