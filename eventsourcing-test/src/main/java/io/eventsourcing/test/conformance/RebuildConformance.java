package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.StaleLeaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rebuild stands beside its projection, and takes its place where both are equally far. */
public interface RebuildConformance extends ProjectionSuite {

    private RebuildStore rebuilds() {
        return node().rebuilds();
    }

    private static SegmentId rebuilt(SegmentId segment) {
        return new SegmentId(RebuildStore.nameOf(segment.projection()), segment.first(), segment.last());
    }

    /** The lease of a segment that is done up to a position, where an event is parked. */
    private Lease segmentAt(SegmentId segment, long position, String cause) {
        DeadLetter letter = letter(segment.projection(), TestEvents.newStream(), position, cause);
        return advanced(node(), acquired(node(), segment, "a", LONG), position, List.of(letter), List.of());
    }

    private List<String> causes(String projection) {
        return node().deadLetters().first(projection, 10).stream()
                .map(DeadLetter::cause)
                .toList();
    }

    private void assertStale(Lease lease) {
        assertThatThrownBy(() -> node().advance(lease, LONG, () -> BatchResult.at(lease.position() + 1)))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(node().renew(lease.at(lease.position() + 1), LONG)).isFalse();
    }

    @Test
    default void rebuildHasTheSegmentsOfItsProjectionFromTheBeginning() {
        String projection = newProjection();
        assertThat(rebuilds().create(projection)).as("without a projection").isFalse();
        node().create(projection, 3, 7);
        assertThat(rebuilds().since(projection)).isEmpty();
        assertThat(Race.of(4, number -> rebuilds().create(projection)))
                .containsExactlyInAnyOrder(true, false, false, false);

        ProjectionState rebuild = state(RebuildStore.nameOf(projection));
        assertThat(rebuild.paused()).isTrue();
        assertThat(rebuild.segments())
                .isEqualTo(SegmentId.divide(projection, 3).stream()
                        .map(segment -> new SegmentState(rebuilt(segment), 0, Optional.empty()))
                        .toList());
        assertThat(rebuilds().since(projection)).isPresent();
        assertThat(state(projection).position()).isEqualTo(7);
    }

    @Test
    default void rebuildThatIsRemovedLeavesNothing() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        segmentAt(segment, 8, "live");
        rebuilds().create(projection);
        segmentAt(rebuilt(segment), 5, "rebuilt");
        assertThat(rebuilds().remove(projection)).isTrue();

        assertThat(rebuilds().remove(projection)).isFalse();
        assertThat(rebuilds().since(projection)).isEmpty();
        assertThat(node().states(List.of(RebuildStore.nameOf(projection)))).isEmpty();
        assertThat(causes(RebuildStore.nameOf(projection))).isEmpty();
        assertThat(causes(projection)).containsExactly("live");
        assertThat(state(projection).position()).isEqualTo(8);
    }

    @Test
    default void ownerOfARebuildOfBeforeLeavesNothing() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        rebuilds().create(projection);
        Lease stale = acquired(node(), rebuilt(segment), "a", LONG);
        rebuilds().remove(projection);
        assertStale(stale);
        rebuilds().create(projection);
        assertStale(stale);
        Lease valid = acquired(node(), rebuilt(segment), "b", LONG);
        assertStale(stale);

        assertThat(valid.token()).isGreaterThan(stale.token());
    }

    @Test
    default void rebuildTakesThePlaceWhereBothAreEquallyFar() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        Lease live = segmentAt(segment, 8, "live");
        rebuilds().create(projection);
        Lease rebuild = segmentAt(rebuilt(segment), 5, "rebuilt");
        Runnable work = () -> fixture().write(projection + " exchanged");
        assertThat(rebuilds().complete(projection, work)).isFalse();
        assertThat(written(projection)).isEmpty();
        Lease caughtUp = node().advance(rebuild, LONG, () -> BatchResult.at(8));
        assertThat(rebuilds().complete(projection, work)).isTrue();

        assertThat(written(projection)).containsExactly("exchanged");
        assertThat(causes(projection)).containsExactly("rebuilt");
        assertThat(node().states(List.of(RebuildStore.nameOf(projection)))).isEmpty();
        assertThat(state(projection).segments()).containsExactly(new SegmentState(segment, 8, Optional.empty()));
        assertStale(live);
        assertStale(caughtUp);
        assertThat(rebuilds().complete(projection, work)).isFalse();
    }

    @Test
    default void exchangeThatFailsChangesNothing() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        segmentAt(segment, 8, "live");
        rebuilds().create(projection);
        segmentAt(rebuilt(segment), 8, "rebuilt");
        assertThatThrownBy(() -> rebuilds().complete(projection, () -> {
                    fixture().write(projection + " exchanged");
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");

        assertThat(written(projection)).isEmpty();
        assertThat(causes(projection)).containsExactly("live");
        assertThat(causes(RebuildStore.nameOf(projection))).containsExactly("rebuilt");
        assertThat(state(RebuildStore.nameOf(projection)).position()).isEqualTo(8);
    }

    /** The owner of the live segment is in the middle of a batch. */
    @Test
    default void batchThatEndsBehindTheExchangeLeavesNothing() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        Lease live = segmentAt(segment, 8, "live");
        rebuilds().create(projection);
        segmentAt(rebuilt(segment), 8, "rebuilt");
        assertThatThrownBy(() -> node().advance(live, LONG, () -> {
                    fixture().write(projection + " stale");
                    assertThat(Race.of(1, number -> rebuilds().complete(projection, () -> {})))
                            .containsExactly(true);
                    return BatchResult.at(9);
                }))
                .isInstanceOf(StaleLeaseException.class);

        assertThat(written(projection)).isEmpty();
        assertThat(state(projection).position()).isEqualTo(8);
    }

    @Test
    default void ofManyWhoCompleteARebuildOneDoes() {
        for (int round = 0; round < 5; round++) {
            SegmentId segment = newSegment();
            String projection = segment.projection();
            rebuilds().create(projection);
            List<Boolean> done = Race.of(
                    3, number -> rebuilds().complete(projection, () -> fixture().write(projection + " exchanged")));
            assertThat(done).containsExactlyInAnyOrder(true, false, false);
            assertThat(written(projection)).containsExactly("exchanged");
        }
    }

    @Test
    default void projectionStaysAsItIsWhileItIsRebuilt() {
        String projection = newSegment().projection();
        rebuilds().create(projection);
        assertThatThrownBy(() -> node().resize(projection, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node().reset(projection, () -> {})).isInstanceOf(IllegalStateException.class);
        rebuilds().remove(projection);
        node().resize(projection, 2);
        assertThatThrownBy(() -> rebuilds().create(projection)).isInstanceOf(IllegalStateException.class);

        assertThat(node().divide(projection)).isTrue();
        assertThat(rebuilds().create(projection)).isTrue();
    }

    @Test
    default void projectionThatIsHeldGoesOnByItself() {
        String projection = newSegment().projection();
        rebuilds().hold(projection, LONG);
        assertThat(state(projection).held()).isTrue();
        assertThat(state(projection).paused()).isFalse();
        ProjectionStore node = node();
        node.rebuilds().hold(projection, SHORT);
        assertThat(Patience.awaits(() -> !state(projection).held())).isTrue();
        rebuilds().hold(projection, LONG);
        rebuilds().hold(projection, Duration.ZERO);
        assertThat(Patience.awaits(() -> !state(projection).held())).isTrue();
    }
}
