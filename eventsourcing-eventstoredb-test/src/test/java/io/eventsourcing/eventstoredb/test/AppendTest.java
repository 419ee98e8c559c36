package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WriteResult;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppendTest extends ServerTest {

    private final EventStoreDbServer server = start(EventStoreDbServer.builder().maxAppendSize(1000));
    private final KurrentDBClient client = clientOf(server);

    @Test
    void anEventComesBackAsItWasWritten() {
        Instant now = Instant.parse("2026-02-03T04:05:06.123456700Z");
        KurrentDBClient timed = clientOf(start(EventStoreDbServer.builder().clock(Clock.fixed(now, ZoneOffset.UTC))));
        UUID id = UUID.randomUUID();
        byte[] data = {0, 1, (byte) 0xff};
        byte[] metadata = {5, 0};
        append(
                timed,
                "s",
                EventData.builderAsBinary(id, "Typ-ı", data)
                        .metadataAsBytes(metadata)
                        .build());

        RecordedEvent read = read(timed, "s").get(0);

        assertThat(read.getEventId()).isEqualTo(id);
        assertThat(read.getEventType()).isEqualTo("Typ-ı");
        assertThat(read.getEventData()).isEqualTo(data);
        assertThat(read.getUserMetadata()).isEqualTo(metadata);
        assertThat(read.getContentType()).isEqualTo("application/octet-stream");
        assertThat(read.getStreamId()).isEqualTo("s");
        assertThat(read.getRevision()).isZero();
        assertThat(read.getCreated()).isEqualTo(now);
    }

    @Test
    void jsonStaysJson() {
        append(client, "s", event("e"));

        assertThat(read(client, "s").get(0).getContentType()).isEqualTo("application/json");
    }

    @Test
    void revisionsStartAt0AndHaveNoGaps() {
        assertThat(append(client, "s", StreamState.noStream(), events(2)).getNextExpectedRevision())
                .isEqualTo(StreamState.streamRevision(1));
        append(client, "other", events(1));
        append(client, "s", StreamState.streamRevision(1), events(1));

        assertThat(revisions(read(client, "s"))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void theAnswerHasThePositionOfTheLastEventAndPositionsHaveGaps() {
        WriteResult result = append(client, "s", events(3));

        var positions =
                read(client, "s").stream().map(RecordedEvent::getPosition).toList();
        assertThat(result.getLogPosition()).isEqualTo(positions.get(2));
        assertThat(positions)
                .allSatisfy(
                        position -> assertThat(position.getCommitUnsigned()).isEqualTo(position.getPrepareUnsigned()));
        assertThat(positions.get(1).getCommitUnsigned())
                .isGreaterThan(positions.get(0).getCommitUnsigned() + 1);
    }

    @Test
    void noStreamIsRefusedOnceThereIsOne() {
        append(client, "s", events(2));

        var conflict = catchThrowableOfType(
                WrongExpectedVersionException.class, () -> append(client, "s", StreamState.noStream(), events(1)));

        assertThat(conflict.getStreamName()).isEqualTo("s");
        assertThat(conflict.getActualState().toRawLong()).isEqualTo(1);
        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void aRevisionIsRefusedBelowAndAboveTheLast() {
        append(client, "s", events(2));

        assertThatThrownBy(() -> append(client, "s", StreamState.streamRevision(0), events(1)))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThatThrownBy(() -> append(client, "s", StreamState.streamRevision(2), events(1)))
                .isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void aRevisionOfAStreamThatIsNotThereIsRefused() {
        var conflict = catchThrowableOfType(
                WrongExpectedVersionException.class,
                () -> append(client, "s", StreamState.streamRevision(0), events(1)));

        assertThat(conflict.getActualState()).isEqualTo(StreamState.noStream());
    }

    @Test
    void anExistingStreamIsDemandedAndFound() {
        assertThatThrownBy(() -> append(client, "s", StreamState.streamExists(), events(1)))
                .isInstanceOf(WrongExpectedVersionException.class);
        append(client, "s", events(1));

        append(client, "s", StreamState.streamExists(), events(1));

        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void anyIsMetByEveryStream() {
        append(client, "s", StreamState.any(), events(1));
        append(client, "s", StreamState.any(), events(1));

        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void theSameEventsAtTheSamePlaceAreWrittenOnce() {
        EventData[] first = events(2);
        EventData[] second = events(2);
        append(client, "s", StreamState.noStream(), first);
        WriteResult written = append(client, "s", StreamState.streamRevision(1), second);
        append(client, "s", events(1));

        WriteResult repeated = append(client, "s", StreamState.streamRevision(1), second);
        append(client, "s", StreamState.noStream(), first);

        assertThat(repeated.getNextExpectedRevision()).isEqualTo(written.getNextExpectedRevision());
        assertThat(repeated.getLogPosition()).isEqualTo(written.getLogPosition());
        assertThat(read(client, "s")).hasSize(5);
    }

    @Test
    void theSameEventsAnywhereAreWrittenOnceWhileTheServerKnowsTheirIds() {
        EventData[] events = events(2);
        append(client, "s", StreamState.any(), events);
        append(client, "s", events(1));

        WriteResult repeated = append(client, "s", StreamState.any(), events);
        assertThat(repeated.getNextExpectedRevision().toRawLong()).isEqualTo(1);
        assertThat(read(client, "s")).hasSize(3);

        server.faults().forgetEventIds();
        append(client, "s", StreamState.any(), events);
        assertThat(read(client, "s")).hasSize(5);
    }

    @Test
    void theSameEventsAtTheirPlaceAreKnownHoweverOldTheyAre() {
        EventData[] events = events(2);
        append(client, "s", StreamState.noStream(), events);
        server.faults().forgetEventIds();

        append(client, "s", StreamState.noStream(), events);

        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void aPartOfARepetitionIsAConflict() {
        EventData first = event("first");
        append(client, "s", StreamState.noStream(), first);

        assertThatThrownBy(() -> append(client, "s", StreamState.noStream(), first, event("second")))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThatThrownBy(() -> append(client, "s", StreamState.any(), first, event("second")))
                .isInstanceOf(WrongExpectedVersionException.class);
        assertThat(read(client, "s")).hasSize(1);
    }

    @Test
    void theSameIdUnderANewCorrectRevisionIsWrittenAgain() {
        EventData event = event("e");
        append(client, "s", StreamState.noStream(), event);

        append(client, "s", StreamState.streamRevision(0), event);

        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void theSameIdInAnotherStreamIsWritten() {
        EventData event = event("e");
        append(client, "s", event);

        append(client, "other", event);

        assertThat(read(client, "other")).hasSize(1);
    }

    @Test
    void anAppendAboveTheLimitIsRefused() {
        EventData large = EventData.builderAsBinary("e", new byte[600]).build();

        var refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> append(client, "s", large, event("e"), large));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(trailer(refusal, "exception")).isEqualTo("maximum-append-size-exceeded");
        assertThat(trailer(refusal, "maximum-append-size")).isEqualTo("1000");
        append(client, "s", StreamState.noStream(), large);
    }

    @Test
    void theLimitIsThatOfTheVersion() {
        KurrentDBClient old = clientOf(start(EventStoreDbServer.builder().version("24.10")));
        KurrentDBClient young = clientOf(start(EventStoreDbServer.builder().version("25.1")));
        EventData large = EventData.builderAsBinary("e", new byte[1024 * 1024]).build();

        assertThatThrownBy(() -> append(old, "s", large)).hasMessageContaining("Maximum Append Size of 1048576");
        append(young, "s", large);
    }

    @Test
    void aWriterSeesNoOtherWritersEventsBetweenHisOwn() {
        append(client, "a", events(2));
        append(client, "b", events(2));

        assertThat(readAllOfUsers(client))
                .extracting(RecordedEvent::getStreamId)
                .containsExactly("a", "a", "b", "b");
    }

    @Test
    void anEventAboveTheLimitIsRefused() {
        KurrentDBClient young = clientOf(start(EventStoreDbServer.builder().version("25.1")));
        EventData large =
                EventData.builderAsBinary("e", new byte[16 * 1024 * 1024 + 1]).build();

        var refusal = catchThrowableOfType(StatusRuntimeException.class, () -> append(young, "s", large));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(trailer(refusal, "exception")).isEqualTo("maximum-append-event-size-exceeded");
        assertThat(trailer(refusal, "event-id")).isEqualTo(large.getEventId().toString());
    }

    @Test
    void anEventWithoutIdOrTypeIsRefused() {
        assertThatThrownBy(() -> append(client, "s", event(new UUID(0, 0), "e")))
                .isInstanceOf(StatusRuntimeException.class);
        assertThatThrownBy(() -> append(client, "s", event(""))).isInstanceOf(StatusRuntimeException.class);
    }

    @Test
    void anAppendWithoutEventsWritesNothing() {
        assertThat(append(client, "s").getNextExpectedRevision()).isEqualTo(StreamState.noStream());
        append(client, "s", events(2));

        WriteResult result = append(client, "s", StreamState.streamRevision(1));

        assertThat(result.getNextExpectedRevision().toRawLong()).isEqualTo(1);
        assertThat(read(client, "s")).hasSize(2);
    }

    @Test
    void ofManyWhoExpectTheSameOneWins() {
        List<CompletableFuture<WriteResult>> appends = IntStream.range(0, 50)
                .mapToObj(i -> client.appendToStream(
                        "s", AppendToStreamOptions.get().streamState(StreamState.noStream()), event("e" + i)))
                .toList();

        long winners = appends.stream()
                .map(append -> append.handle((result, failure) -> failure == null))
                .filter(CompletableFuture::join)
                .count();

        assertThat(winners).isOne();
        assertThat(read(client, "s")).hasSize(1);
    }
}
