package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.StaleLeaseException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A projection begins anew, together with what empties its tables, and nobody goes on from where it was. */
public interface ResetConformance extends ProjectionSuite {

    /** A segment that is done up to 8, with something written and something parked. */
    private Lease segmentWithEffects() {
        SegmentId segment = newSegment();
        String projection = segment.projection();
        ProjectionStore node = node();
        return node.advance(acquired(node, segment, "a", LONG), LONG, () -> {
            fixture().write(projection + " effect");
            return new BatchResult(8, List.of(letter(projection, TestEvents.newStream(), 7, "because")), List.of());
        });
    }

    @Test
    default void projectionThatIsResetBeginsAnew() {
        Lease before = segmentWithEffects();
        String projection = before.segment().projection();
        String other = segmentWithEffects().segment().projection();
        node().reset(projection, () -> fixture().erase(projection));

        assertThat(written(projection)).isEmpty();
        assertThat(node().deadLetters().count(projection)).isZero();
        assertThat(state(projection).segments())
                .containsExactly(new SegmentState(before.segment(), 0, Optional.empty()));
        assertThat(written(other)).containsExactly("effect");
        assertThat(node().deadLetters().count(other)).isEqualTo(1);
        assertThat(state(other).position()).isEqualTo(8);
        Lease after = acquired(node(), before.segment(), "b", LONG);
        assertThat(after.position()).isZero();
        assertThat(after.replayUntil()).isEqualTo(8);
    }

    @Test
    default void ownerOfBeforeAResetLeavesNothing() {
        Lease stale = segmentWithEffects();
        String projection = stale.segment().projection();
        node().reset(projection, () -> fixture().erase(projection));
        ProjectionStore old = node();

        assertThatThrownBy(() -> old.advance(stale, LONG, () -> {
                    fixture().write(projection + " stale");
                    return BatchResult.at(9);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(old.renew(stale.at(9), LONG)).isFalse();
        assertThat(state(projection).position()).isZero();
        assertThat(written(projection)).isEmpty();
    }

    /** It has written to what the reset empties. */
    @Test
    default void batchThatEndsBehindAResetLeavesNothing() {
        Lease stale = segmentWithEffects();
        String projection = stale.segment().projection();

        assertThatThrownBy(() -> node().advance(stale, LONG, () -> {
                    fixture().write(projection + " stale");
                    Race.of(1, number -> {
                        node().reset(projection, () -> fixture().erase(projection));
                        return number;
                    });
                    return BatchResult.at(9);
                }))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(state(projection).position()).isZero();
        assertThat(written(projection)).isEmpty();
    }

    @Test
    default void resetThatFailsChangesNothing() {
        Lease before = segmentWithEffects();
        String projection = before.segment().projection();
        assertThatThrownBy(() -> node().reset(projection, () -> {
                    fixture().erase(projection);
                    throw new IllegalStateException("planned");
                }))
                .hasMessage("planned");

        assertThat(written(projection)).containsExactly("effect");
        assertThat(node().deadLetters().count(projection)).isEqualTo(1);
        assertThat(state(projection).position()).isEqualTo(8);
    }

    /** Side effects have happened as far as it ever was. */
    @Test
    default void replayIsAsLongAsTheProjectionWasFar() {
        Lease before = segmentWithEffects();
        String projection = before.segment().projection();
        node().reset(projection, () -> {});
        Lease lease = acquired(node(), before.segment(), "b", LONG);
        node().advance(lease, LONG, () -> BatchResult.at(3));
        node().reset(projection, () -> {});
        node().resize(projection, 2);
        assertThat(node().divide(projection)).isTrue();

        for (SegmentId segment : SegmentId.divide(projection, 2)) {
            assertThat(acquired(node(), segment, "c", LONG).replayUntil()).isEqualTo(8);
        }
    }

    @Test
    default void whatIsNotThereIsNotReset() {
        node().reset(newProjection(), () -> {
            throw new AssertionError("There is nothing to empty");
        });
    }
}
