package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentLimitException;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.StaleLeaseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A projection is divided anew where its segments allow it, and no owner of before moves anything after that. */
public interface DivisionConformance extends ProjectionSuite {

    /** A projection whose segments are done up to these positions; the leases hold. */
    private List<Lease> segmentsAt(long... positions) {
        String projection = newProjection();
        node().create(projection, positions.length, 0);
        List<SegmentId> segments = SegmentId.divide(projection, positions.length);
        return segments.stream()
                .map(segment -> acquired(node(), segment, "a", LONG))
                .map(lease ->
                        node().advance(lease, LONG, () -> BatchResult.at(positions[segments.indexOf(lease.segment())])))
                .toList();
    }

    private boolean divided(String projection, int segments) {
        node().resize(projection, segments);
        assertThat(state(projection).wantedSegments()).isEqualTo(OptionalInt.of(segments));
        return node().divide(projection);
    }

    private void assertDivided(String projection, int segments, long position) {
        ProjectionState state = state(projection);
        assertThat(state.wantedSegments()).isEmpty();
        assertThat(state.segments())
                .isEqualTo(SegmentId.divide(projection, segments).stream()
                        .map(segment -> new SegmentState(segment, position, Optional.empty()))
                        .toList());
    }

    private void assertLeavesNothing(Lease stale) {
        String projection = stale.segment().projection();
        ProjectionStore old = node();
        assertThatThrownBy(() -> old.advance(stale, LONG, () -> {
                    fixture().write(projection + " stale");
                    return BatchResult.at(stale.position() + 1);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(old.renew(stale.at(stale.position() + 1), LONG)).isFalse();
        old.release(stale);
        assertThat(written(projection)).isEmpty();
    }

    @Test
    default void segmentIsCutAtOnce() {
        Lease lease = segmentsAt(12).get(0);
        String projection = lease.segment().projection();

        assertThat(divided(projection, 4)).isTrue();
        assertDivided(projection, 4, 12);
        assertLeavesNothing(lease);
        assertDivided(projection, 4, 12);
        assertThat(node().divide(projection)).as("whether it is divided again").isFalse();
    }

    @Test
    default void segmentsThatStandTogetherBecomeOne() {
        List<Lease> leases = segmentsAt(7, 7, 7);
        String projection = leases.get(0).segment().projection();

        assertThat(divided(projection, 2)).isTrue();
        assertDivided(projection, 2, 7);
        leases.forEach(this::assertLeavesNothing);
    }

    @Test
    default void segmentsMeetWhereTheFirstOfThemIs() {
        List<Lease> leases = segmentsAt(5, 9);
        String projection = leases.get(0).segment().projection();

        assertThat(divided(projection, 1)).isFalse();
        assertThat(state(projection).segments()).extracting(SegmentState::limit).containsOnly(9L);
        Lease last = leases.get(0);
        assertThatThrownBy(() -> node().advance(last, LONG, () -> {
                    fixture().write(projection + " too far");
                    return BatchResult.at(10);
                }))
                .isInstanceOfSatisfying(
                        SegmentLimitException.class, e -> assertThat(e.limit()).isEqualTo(9));
        assertThat(written(projection)).isEmpty();
        assertThat(node().divide(projection)).isFalse();
        node().advance(last, LONG, () -> BatchResult.at(9));
        assertThat(node().renew(leases.get(1).at(11), LONG)).isTrue();
        assertThat(node().divide(projection)).isTrue();
        assertDivided(projection, 1, 9);
    }

    @Test
    default void ownerOfBeforeIsNoneOfTheSameSegmentLater() {
        Lease stale = segmentsAt(3).get(0);
        String projection = stale.segment().projection();
        assertThat(divided(projection, 2)).isTrue();
        assertThat(divided(projection, 1)).isTrue();

        assertLeavesNothing(stale);
        Lease valid = acquired(node(), stale.segment(), "b", LONG);
        assertThat(valid.token()).isGreaterThan(stale.token());
        assertLeavesNothing(stale);
        assertThat(node().advance(valid, LONG, () -> BatchResult.at(4)).position())
                .isEqualTo(4);
    }

    @Test
    default void ofManyWhoDivideItAtTheSameTimeOneDoes() {
        for (int round = 0; round < 5; round++) {
            String projection = segmentsAt(4).get(0).segment().projection();
            node().resize(projection, 3);
            List<Boolean> done = Race.of(4, number -> node().divide(projection));
            assertThat(done).containsExactlyInAnyOrder(true, false, false, false);
            assertDivided(projection, 3, 4);
        }
    }

    /** The owner is in the middle of a batch when somebody divides the projection. */
    @Test
    default void batchThatEndsBehindTheDivisionLeavesNothing() {
        Lease lease = segmentsAt(4).get(0);
        String projection = lease.segment().projection();
        node().resize(projection, 2);

        assertThatThrownBy(() -> node().advance(lease, LONG, () -> {
                    fixture().write(projection + " stale");
                    assertThat(Race.of(1, number -> node().divide(projection))).containsExactly(true);
                    return BatchResult.at(5);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertDivided(projection, 2, 4);
        assertThat(written(projection)).isEmpty();
    }

    @Test
    default void laterWishReplacesAnEarlierOne() {
        List<Lease> leases = segmentsAt(5, 9);
        String projection = leases.get(0).segment().projection();
        assertThat(divided(projection, 1)).isFalse();
        assertThat(divided(projection, 4)).isTrue();

        assertThat(state(projection).segments())
                .extracting(SegmentState::position)
                .containsExactly(5L, 5L, 9L, 9L);
        assertThat(state(projection).segments()).extracting(SegmentState::limit).containsOnly(SegmentState.NO_LIMIT);
    }

    @Test
    default void whatIsNotThereIsNotDivided() {
        String missing = newProjection();
        node().resize(missing, 2);
        assertThat(node().divide(missing)).isFalse();
        assertThat(node().states(List.of(missing))).isEmpty();
    }
}
