package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadResult;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamNotFoundException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadStreamTest extends ServerTest {

    private final KurrentDBClient client = clientOf(start());

    @BeforeEach
    void hundredEvents() {
        append(client, "s", events(100));
        append(client, "other", events(3));
    }

    @Test
    void forwardsFromTheStart() {
        assertThat(revisions(read(client, "s", ReadStreamOptions.get().fromStart())))
                .isEqualTo(range(0, 100));
    }

    @Test
    void forwardsFromARevisionThatRevisionIncluded() {
        assertThat(revisions(read(client, "s", ReadStreamOptions.get().fromRevision(98))))
                .containsExactly(98L, 99L);
    }

    @Test
    void backwardsFromTheEnd() {
        List<Long> backwards =
                revisions(read(client, "s", ReadStreamOptions.get().backwards().fromEnd()));

        assertThat(backwards)
                .isEqualTo(LongStream.range(0, 100).mapToObj(i -> 99 - i).toList());
    }

    @Test
    void backwardsFromARevisionThatRevisionIncluded() {
        assertThat(revisions(
                        read(client, "s", ReadStreamOptions.get().backwards().fromRevision(1))))
                .containsExactly(1L, 0L);
    }

    @Test
    void asManyAsAsked() {
        assertThat(revisions(read(client, "s", ReadStreamOptions.get().maxCount(50))))
                .isEqualTo(range(0, 50));
        assertThat(revisions(read(
                        client,
                        "s",
                        ReadStreamOptions.get().backwards().fromEnd().maxCount(2))))
                .containsExactly(99L, 98L);
    }

    @Test
    void nothingBehindTheEnd() {
        assertThat(read(client, "s", ReadStreamOptions.get().fromRevision(100))).isEmpty();
        assertThat(read(client, "s", ReadStreamOptions.get().forwards().fromEnd()))
                .isEmpty();
    }

    @Test
    void backwardsFromBehindTheEndStartsAtTheEnd() {
        assertThat(revisions(read(
                        client,
                        "s",
                        ReadStreamOptions.get().backwards().fromRevision(200).maxCount(1))))
                .containsExactly(99L);
    }

    @Test
    void aStreamThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> read(client, "missing")).isInstanceOf(StreamNotFoundException.class);
    }

    @Test
    void theLastPositionIsTold() {
        ReadResult result = get(client.readStream("s", ReadStreamOptions.get().maxCount(1)));

        assertThat(result.getLastStreamPosition()).isEqualTo(99);
    }

    @Test
    void theFirstPositionIsToldWhenAPageBeforeItIsEmpty() {
        StreamMetadata metadata = new StreamMetadata();
        metadata.setTruncateBefore(90L);
        get(client.setStreamMetadata("s", metadata));

        ReadResult result = get(client.readStream("s", ReadStreamOptions.get()));

        assertThat(result.getFirstStreamPosition()).isEqualTo(90);
        assertThat(result.getEvents()).hasSize(10);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
