package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.StaleLeaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A segment has one owner at a time, and nothing that is done by any other stays. */
public interface LeaseConformance extends ProjectionSuite {

    @Test
    default void projectionIsMadeOnce() {
        String projection = newProjection();
        assertThat(node().states(List.of(projection))).isEmpty();
        Race.of(4, number -> {
            node().create(projection, 3, 7);
            return number;
        });
        node().create(projection, 5, 9);

        ProjectionState state = state(projection);
        assertThat(state.paused()).isFalse();
        assertThat(state.nodes()).isEmpty();
        assertThat(state.segments()).extracting(SegmentState::segment).isEqualTo(SegmentId.divide(projection, 3));
        assertThat(state.segments()).extracting(SegmentState::position).containsOnly(7L);
        assertThat(state.segments()).extracting(SegmentState::owner).containsOnly(Optional.empty());
    }

    @Test
    default void segmentHasOneOwner() {
        SegmentId segment = newSegment();
        assertThat(node().acquire(segment, "a", LONG)).isPresent();

        assertThat(node().acquire(segment, "b", LONG)).isEmpty();
        assertThat(node().acquire(segment, "a", LONG)).isEmpty();
        assertThat(state(segment.projection()).segments())
                .containsExactly(new SegmentState(segment, 0, Optional.of("a")));
    }

    @Test
    default void ofManyAtTheSameTimeOneBecomesTheOwner() {
        for (int round = 0; round < 5; round++) {
            SegmentId segment = newSegment();
            List<Optional<Lease>> leases = Race.of(4, number -> node().acquire(segment, "n" + number, LONG));
            assertThat(leases.stream().filter(Optional::isPresent)).hasSize(1);
        }
    }

    @Test
    default void whatIsNotThereHasNoOwner() {
        SegmentId missing = new SegmentId(newProjection(), 0, SegmentId.SLOTS - 1);
        assertThat(node().acquire(missing, "a", LONG)).isEmpty();
        assertThat(node().acquire(new SegmentId(newSegment().projection(), 0, 7), "a", LONG))
                .isEmpty();
        assertThat(node().renew(new Lease(missing, 1, 5), LONG)).isFalse();
    }

    @Test
    default void leaseThatIsOverCanBeTakenByAnother() {
        SegmentId segment = newSegment();
        Lease first = acquired(node(), segment, "a", SHORT);
        Lease second = acquired(node(), segment, "b", LONG);

        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(state(segment.projection()).segments().get(0).owner()).contains("b");
    }

    @Test
    default void leaseThatIsOverShowsNoOwner() {
        SegmentId segment = newSegment();
        acquired(node(), segment, "a", SHORT);
        assertThat(Patience.awaits(() ->
                        state(segment.projection()).segments().get(0).owner().isEmpty()))
                .isTrue();
    }

    @Test
    default void leaseThatIsProlongedHolds() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", SHORT);
        assertThat(node.renew(lease, LONG)).isTrue();

        assertThat(node().acquire(segment, "b", LONG)).isEmpty();
    }

    @Test
    default void batchProlongsTheLease() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", SHORT);
        node.advance(lease, LONG, () -> BatchResult.at(1));

        assertThat(node().acquire(segment, "b", LONG)).isEmpty();
    }

    @Test
    default void leaseIsMeasuredByTheClockOfTheStore() {
        SegmentId segment = newSegment();
        ProjectionStore slow = fixture().node(Duration.ofHours(-1));
        ProjectionStore fast = fixture().node(Duration.ofHours(1));
        acquired(slow, segment, "slow", LONG);
        assertThat(fast.acquire(segment, "fast", LONG)).isEmpty();
        assertThat(node().acquire(segment, "right", LONG)).isEmpty();

        SegmentId other = newSegment();
        acquired(fast, other, "fast", SHORT);
        acquired(slow, other, "slow", LONG);
        assertThat(node().acquire(other, "right", LONG)).isEmpty();
    }

    @Test
    default void segmentThatIsReleasedIsFree() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        node.release(lease);

        assertThat(state(segment.projection()).segments().get(0).owner()).isEmpty();
        Lease next = node().acquire(segment, "b", LONG).orElseThrow();
        assertThat(next.token()).isGreaterThan(lease.token());
    }

    @Test
    default void checkpointIsWhereTheNextOwnerBegins() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = node.advance(acquired(node, segment, "a", LONG), LONG, () -> BatchResult.at(12));
        assertThat(lease.position()).isEqualTo(12);
        node.release(lease);

        assertThat(acquired(node(), segment, "b", LONG).position()).isEqualTo(12);
        assertThat(state(segment.projection()).position()).isEqualTo(12);
    }

    @Test
    default void prolongingMovesThePositionOnAndNeverBack() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        assertThat(node.renew(new Lease(segment, lease.token(), 12), LONG)).isTrue();
        assertThat(node.renew(new Lease(segment, lease.token(), 11), LONG)).isTrue();

        assertThat(state(segment.projection()).position()).isEqualTo(12);
    }

    @Test
    default void whatTheOwnerBeforeDoesLeavesNothing() {
        SegmentId segment = newSegment();
        ProjectionStore old = node();
        Lease stale = acquired(old, segment, "a", SHORT);
        Lease valid = acquired(node(), segment, "b", LONG);

        assertThatThrownBy(() -> old.advance(stale, LONG, () -> {
                    fixture().write(segment.projection() + " stale");
                    return new BatchResult(
                            5, List.of(letter(segment.projection(), TestEvents.newStream(), 5, "stale")), List.of());
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(old.renew(new Lease(segment, stale.token(), 6), LONG)).isFalse();
        old.release(stale);

        assertThat(state(segment.projection()).segments())
                .containsExactly(new SegmentState(segment, valid.position(), Optional.of("b")));
        assertThat(node().deadLetters().count(segment.projection())).isZero();
        assertThat(written(segment.projection())).isEmpty();
    }

    /** The owner before is in the middle of a batch when another one takes over. */
    @Test
    default void batchThatEndsTooLateLeavesNothing() {
        SegmentId segment = newSegment();
        ProjectionStore old = node();
        Lease stale = acquired(old, segment, "a", SHORT);

        assertThatThrownBy(() -> old.advance(stale, LONG, () -> {
                    fixture().write(segment.projection() + " stale");
                    Lease valid = Race.of(1, number -> acquired(node(), segment, "b", LONG))
                            .get(0);
                    assertThat(valid.position()).isZero();
                    return BatchResult.at(5);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(state(segment.projection()).position()).isZero();
        assertThat(written(segment.projection())).isEmpty();
    }

    /** The owner was told that a batch had failed, which was kept all the same. */
    @Test
    default void batchThatIsRepeatedLeavesNothing() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        Lease moved = node.advance(lease, LONG, () -> BatchResult.at(5));

        assertThatThrownBy(() -> node.advance(lease, LONG, () -> {
                    fixture().write(segment.projection() + " again");
                    return BatchResult.at(5);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(written(segment.projection())).isEmpty();
        assertThat(node.advance(moved, LONG, () -> BatchResult.at(6)).position())
                .isEqualTo(6);
    }

    @Test
    default void batchThatFailsLeavesNothing() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        IllegalStateException failure = new IllegalStateException("planned");

        assertThatThrownBy(() -> node.advance(lease, LONG, () -> {
                    fixture().write(segment.projection() + " undone");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(state(segment.projection()).position()).isZero();
        assertThat(written(segment.projection())).isEmpty();
        assertThat(node.advance(lease, LONG, () -> BatchResult.at(1)).position())
                .as("position after the next batch")
                .isEqualTo(1);
    }

    @Test
    default void whatABatchWritesIsSeenTogetherWithItsCheckpoint() {
        SegmentId segment = newSegment();
        ProjectionStore node = node();
        Lease lease = acquired(node, segment, "a", LONG);
        AtomicBoolean seenEarly = new AtomicBoolean();
        node.advance(lease, LONG, () -> {
            fixture().write(segment.projection() + " done");
            Race.of(1, number -> {
                boolean isWritten = !written(segment.projection()).isEmpty();
                seenEarly.set(isWritten || state(segment.projection()).position() != 0);
                return number;
            });
            return BatchResult.at(3);
        });

        assertThat(seenEarly).as("whether something was seen before the end").isFalse();
        assertThat(written(segment.projection())).containsExactly("done");
        assertThat(state(segment.projection()).position()).isEqualTo(3);
    }

    @Test
    default void nodesAreThereForAsLongAsTheySay() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        node().announce("b", List.of(projection), LONG);
        node().announce("a", List.of(projection), LONG);
        node().announce("c", List.of(projection), SHORT);
        assertThat(Patience.awaits(() -> state(projection).nodes().equals(List.of("a", "b"))))
                .isTrue();
        assertThat(state(newSegment().projection()).nodes()).isEmpty();

        node().announce("c", List.of(projection), LONG);
        node().withdraw("b");
        assertThat(state(projection).nodes()).containsExactly("a", "c");
    }

    @Test
    default void everybodySeesWhetherAProjectionRests() {
        String projection = newSegment().projection();
        String other = newSegment().projection();
        node().pause(projection, true);
        assertThat(state(projection).paused()).isTrue();
        assertThat(state(other).paused()).isFalse();
        node().pause(projection, false);
        assertThat(state(projection).paused()).isFalse();
        node().pause(newProjection(), true);
    }
}
