package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.RecordedEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadAllTest extends ServerTest {

    private final KurrentDBClient client = clientOf(start());
    private List<RecordedEvent> written;

    @BeforeEach
    void eventsOfTwoStreams() {
        append(client, "a", event("a0"), event("a1"));
        append(client, "b", event("b0"));
        append(client, "a", event("a2"));
        written = readAllOfUsers(client);
    }

    @Test
    void inTheOrderInWhichTheyWereWritten() {
        assertThat(types(written)).containsExactly("a0", "a1", "b0", "a2");
        assertThat(written)
                .extracting(event -> event.getPosition().getCommitUnsigned())
                .isSorted();
    }

    @Test
    void theSystemsEventsAreThereToo() {
        assertThat(types(readAll(client, ReadAllOptions.get().fromStart()))).anyMatch(type -> type.startsWith("$"));
    }

    @Test
    void forwardsFromAPositionThatPositionIncluded() {
        assertThat(types(readAll(client, ReadAllOptions.get().fromPosition(at(2)))))
                .containsExactly("b0", "a2");
    }

    @Test
    void backwardsFromAPositionThatPositionExcluded() {
        assertThat(types(readAll(
                        client,
                        ReadAllOptions.get().backwards().fromPosition(at(2)).maxCount(2))))
                .containsExactly("a1", "a0");
    }

    @Test
    void backwardsFromTheEnd() {
        assertThat(types(readAll(
                        client, ReadAllOptions.get().backwards().fromEnd().maxCount(2))))
                .containsExactly("a2", "b0");
    }

    @Test
    void nothingForwardsFromTheEnd() {
        assertThat(readAll(client, ReadAllOptions.get().forwards().fromEnd())).isEmpty();
    }

    @Test
    void nothingBehindTheEnd() {
        long last = written.get(3).getPosition().getCommitUnsigned();

        assertThat(readAll(client, ReadAllOptions.get().fromPosition(new Position(last + 1, last + 1))))
                .isEmpty();
    }

    @Test
    void aPositionInsideARecordIsRefused() {
        long inside = written.get(0).getPosition().getCommitUnsigned() + 1;
        Position position = new Position(inside, inside);

        assertRefused(ReadAllOptions.get().fromPosition(position));
        assertRefused(ReadAllOptions.get().backwards().fromPosition(position));
    }

    private void assertRefused(ReadAllOptions options) {
        var refusal = catchThrowableOfType(StatusRuntimeException.class, () -> readAll(client, options));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription()).isEqualTo("Trying to read from an invalid position.");
    }

    @Test
    void manyEventsComeInOnePiece() {
        append(client, "many", events(500));

        assertThat(readAllOfUsers(client)).hasSize(504);
        assertThat(readAll(client, ReadAllOptions.get().backwards().fromEnd().maxCount(300)))
                .hasSize(300);
    }

    private Position at(int index) {
        return written.get(index).getPosition();
    }
}
