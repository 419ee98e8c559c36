package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.DeleteStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.StreamDeletedException;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamNotFoundException;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeletionTest extends ServerTest {

    private final KurrentDBClient client = clientOf(start());
    private final EventData[] written = events(5);

    @BeforeEach
    void fiveEvents() {
        append(client, "s", StreamState.noStream(), written);
    }

    @Test
    void aDeletedStreamIsNotFoundButStaysInAll() {
        get(client.deleteStream("s"));

        assertThatThrownBy(() -> read(client, "s")).isInstanceOf(StreamNotFoundException.class);
        assertThat(readAllOfUsers(client)).hasSize(5);
    }

    @Test
    void theNumberingGoesOnWithNoStream() {
        get(client.deleteStream("s"));

        append(client, "s", StreamState.noStream(), event("again"));

        assertThat(revisions(read(client, "s"))).containsExactly(5L);
    }

    @Test
    void theNumberingGoesOnWithTheLastRevisionAndWithAny() {
        get(client.deleteStream("s"));
        append(client, "s", StreamState.streamRevision(4), event("again"));
        get(client.deleteStream("s"));
        append(client, "s", StreamState.any(), event("once more"));

        assertThat(revisions(read(client, "s"))).containsExactly(6L);
    }

    @Test
    void aDeletedStreamDoesNotExist() {
        get(client.deleteStream("s"));

        assertThatThrownBy(() -> append(client, "s", StreamState.streamExists(), event("e")))
                .isInstanceOf(StreamDeletedException.class);
    }

    @Test
    void aRepetitionOfDeletedEventsIsKnownButHasNoPosition() {
        get(client.deleteStream("s"));

        assertThat(append(client, "s", StreamState.noStream(), written).getLogPosition())
                .isNull();
        assertThatThrownBy(() -> read(client, "s")).isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void aDeletionExpectsWhatAnAppendMay() {
        assertThatThrownBy(() ->
                        get(client.deleteStream("s", DeleteStreamOptions.get().streamRevision(3))))
                .isInstanceOf(WrongExpectedVersionException.class);
        get(client.deleteStream("s", DeleteStreamOptions.get().streamRevision(4)));

        assertThatThrownBy(() -> get(
                        client.deleteStream("missing", DeleteStreamOptions.get().streamState(StreamState.any()))))
                .isInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void theDeletionIsAnEventOfTheMetadataAndItsPositionIsTold() {
        var result = get(client.deleteStream("s"));

        var last = readAll(client, ReadAllOptions.get().backwards().fromEnd().maxCount(1))
                .get(0);
        assertThat(last.getPosition()).isEqualTo(result.getPosition());
        assertThat(last.getStreamId()).isEqualTo("$$s");
        assertThat(last.getEventType()).isEqualTo("$metadata");
    }

    @Test
    void whatTheMetadataSaidElseIsLostByTheDeletionAndKeptByTheRevival() {
        get(client.deleteStream("s"));
        StreamMetadata metadata = new StreamMetadata();
        metadata.setTruncateBefore(Long.MAX_VALUE);
        metadata.setMaxCount(7L);
        metadata.setCustomProperties(Map.of("owner", "me"));
        get(client.setStreamMetadata("s", metadata));

        StreamMetadata revived = get(client.getStreamMetadata("s"));

        assertThat(revived.getTruncateBefore()).isEqualTo(5);
        assertThat(revived.getMaxCount()).isEqualTo(7);
        assertThat(revived.getCustomProperties()).containsEntry("owner", "me");
    }

    @Test
    void aTombstonedStreamIsGoneForGood() {
        get(client.tombstoneStream("s"));

        assertThatThrownBy(() -> append(client, "s", StreamState.any(), event("e")))
                .isInstanceOf(StreamDeletedException.class);
        assertThatThrownBy(() -> append(client, "s", StreamState.noStream(), event("e")))
                .isInstanceOf(StreamDeletedException.class);
        assertThatThrownBy(() -> get(client.deleteStream("s"))).isInstanceOf(StreamDeletedException.class);
    }

    @Test
    void aReadOfATombstonedStreamIsRefused() {
        get(client.tombstoneStream("s"));

        var refusal = catchThrowableOfType(StatusRuntimeException.class, () -> read(client, "s"));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(trailer(refusal, "exception")).isEqualTo("stream-deleted");
        assertThat(trailer(refusal, "stream-name")).isEqualTo("s");
    }

    @Test
    void aTombstoneIsAnEventInAll() {
        var result = get(client.tombstoneStream("s"));

        var last = readAll(client, ReadAllOptions.get().backwards().fromEnd().maxCount(1))
                .get(0);
        assertThat(last.getEventType()).isEqualTo("$streamDeleted");
        assertThat(last.getRevision()).isEqualTo(Long.MAX_VALUE);
        assertThat(last.getPosition()).isEqualTo(result.getPosition());
    }

    @Test
    void aTombstoneExpectsWhatAnAppendMay() {
        assertThatThrownBy(() -> get(
                        client.tombstoneStream("s", DeleteStreamOptions.get().streamState(StreamState.noStream()))))
                .isInstanceOf(WrongExpectedVersionException.class);

        get(client.tombstoneStream("s", DeleteStreamOptions.get().streamRevision(4)));
    }
}
