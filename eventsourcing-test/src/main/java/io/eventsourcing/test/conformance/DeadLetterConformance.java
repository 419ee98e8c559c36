package io.eventsourcing.test.conformance;

import static io.eventsourcing.projection.DeadLetters.Request.RETRY;
import static io.eventsourcing.projection.DeadLetters.Request.SKIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What couldn't be handled waits in the order of its stream. */
public interface DeadLetterConformance extends ProjectionSuite {

    @Test
    default void whatIsParkedIsFoundByItsStream() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        StreamName stream = TestEvents.newStream();
        StreamName other = StreamName.of("it's \"%_\\ ; -- ünïcode");
        DeadLetter first = letter(projection, stream, 3, "because");
        DeadLetter second = letter(projection, stream, 7, "");
        DeadLetter third = letter(projection, stream, 20, "x".repeat(DeadLetter.MAX_CAUSE_LENGTH));
        DeadLetter ofOther = letter(projection, other, 5, "it's \"%_\\ ; -- ünïcode");
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        lease = advanced(node, lease, 7, List.of(second, ofOther, first), List.of());
        advanced(node, lease, 20, List.of(third), List.of());

        DeadLetters letters = node().deadLetters();
        assertThat(letters.streams(projection)).containsExactlyInAnyOrder(stream, other);
        assertThat(letters.ofStream(projection, stream, 10)).containsExactly(first, second, third);
        assertThat(letters.ofStream(projection, stream, 2)).containsExactly(first, second);
        assertThat(letters.ofStream(projection, other, 10)).containsExactly(ofOther);
        assertThat(letters.first(projection, 3)).containsExactly(first, ofOther, second);
        assertThat(letters.count(projection)).isEqualTo(4);
    }

    @Test
    default void projectionsHaveLettersOfTheirOwn() {
        SegmentId segment = newSegment();
        StreamName stream = TestEvents.newStream();
        ProjectionStore node = node();
        advanced(
                node,
                acquired(node, segment, "a", LONG),
                1,
                List.of(letter(segment.projection(), stream, 1, "x")),
                List.of());

        String other = newSegment().projection();
        DeadLetters letters = node().deadLetters();
        assertThat(letters.streams(other)).isEmpty();
        assertThat(letters.ofStream(other, stream, 10)).isEmpty();
        assertThat(letters.first(other, 10)).isEmpty();
        assertThat(letters.count(other)).isZero();
        assertThat(letters.request(other, stream, RETRY)).isFalse();
        assertThat(letters.requests(segment.projection())).isEmpty();
    }

    @Test
    default void whatIsSettledIsGoneAndWhatIsParkedAgainIsReplaced() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        StreamName stream = TestEvents.newStream();
        ProjectionStore node = node();
        DeadLetter first = letter(projection, stream, 1, "once");
        DeadLetter second = letter(projection, stream, 2, "");
        Lease lease = advanced(node, acquired(node, segment, "a", LONG), 2, List.of(first, second), List.of());
        DeadLetter again = letter(projection, stream, 2, "twice");
        advanced(node, lease, 2, List.of(again), List.of(first));

        assertThat(node().deadLetters().ofStream(projection, stream, 10)).containsExactly(again);
    }

    @Test
    default void batchThatFailsParksAndSettlesNothing() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        StreamName stream = TestEvents.newStream();
        ProjectionStore node = node();
        DeadLetter letter = letter(projection, stream, 1, "once");
        Lease lease = advanced(node, acquired(node, segment, "a", SHORT), 1, List.of(letter), List.of());
        node.release(lease);
        acquired(node(), segment, "b", LONG);

        assertThatThrownBy(
                        () -> advanced(node, lease, 2, List.of(letter(projection, stream, 2, "late")), List.of(letter)))
                .isInstanceOf(RuntimeException.class);
        assertThat(node().deadLetters().ofStream(projection, stream, 10)).containsExactly(letter);
    }

    @Test
    default void requestsAreOfTheFirstLetterOfAStream() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        StreamName stream = TestEvents.newStream();
        StreamName other = TestEvents.newStream();
        ProjectionStore node = node();
        DeadLetter first = letter(projection, stream, 1, "first");
        DeadLetter second = letter(projection, stream, 2, "");
        DeadLetter ofOther = letter(projection, other, 3, "");
        Lease lease = advanced(node, acquired(node, segment, "a", LONG), 3, List.of(first, second, ofOther), List.of());
        DeadLetters letters = node().deadLetters();
        assertThat(letters.requests(projection)).isEmpty();
        assertThat(letters.request(projection, TestEvents.newStream(), RETRY)).isFalse();

        assertThat(letters.request(projection, stream, RETRY)).isTrue();
        assertThat(letters.requests(projection)).isEqualTo(Map.of(stream, RETRY));
        assertThat(letters.request(projection, stream, SKIP)).isTrue();
        assertThat(letters.requests(projection)).isEqualTo(Map.of(stream, SKIP));

        lease = advanced(node, lease, 3, List.of(), List.of(first));
        assertThat(letters.requests(projection)).isEqualTo(Map.of(stream, RETRY));
        advanced(node, lease, 3, List.of(letter(projection, stream, 2, "again")), List.of());
        assertThat(letters.requests(projection)).isEmpty();
    }
}
