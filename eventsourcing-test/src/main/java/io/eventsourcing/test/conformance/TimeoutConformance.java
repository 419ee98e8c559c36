package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.StaleLeaseException;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutChange;
import io.eventsourcing.projection.TimeoutGoneException;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a store keeps of timeouts: together with checkpoints, and due by its own clock. */
public interface TimeoutConformance extends ProjectionSuite {

    private static Timeout timeout(SegmentId segment, StreamName stream, String name, Instant due) {
        return new Timeout(
                segment.projection(),
                stream,
                "ten'ant",
                name,
                UUID.randomUUID(),
                due,
                41,
                TestEvents.utf8("{\"n\":1}"),
                TestEvents.utf8("{}"),
                0,
                "");
    }

    private static Timeout past(SegmentId segment, StreamName stream) {
        return timeout(segment, stream, "reminder", TestEvents.TIME);
    }

    private static TimeoutChange at(Timeout timeout) {
        return new TimeoutChange.Set(timeout, Optional.empty());
    }

    private static TimeoutChange in(Timeout timeout, Duration delay) {
        return new TimeoutChange.Set(timeout, Optional.of(delay));
    }

    private Lease owned(SegmentId segment) {
        return acquired(node(), segment, "a", LONG);
    }

    private Lease changed(Lease lease, TimeoutChange... changes) {
        return changed(node(), lease, changes);
    }

    private static Lease changed(ProjectionStore store, Lease lease, TimeoutChange... changes) {
        return store.advance(
                lease, LONG, () -> new BatchResult(lease.position() + 1, List.of(), List.of(), List.of(changes)));
    }

    private List<Timeout> due(SegmentId segment) {
        return node().timeouts().due(segment, 100);
    }

    @Test
    default void timeoutIsDueWhenItsTimeHasCome() {
        SegmentId segment = newSegment();
        StreamName stream = TestEvents.newStream();
        Timeout now = timeout(segment, stream, "now", TestEvents.TIME);
        Timeout soon = timeout(segment, stream, "soon", TestEvents.TIME);
        Timeout later = timeout(segment, stream, "later", Instant.now().plus(LONG));
        Timeout muchLater = timeout(segment, stream, "much later", TestEvents.TIME);
        Lease lease = owned(segment);
        assertThat(node().timeouts().untilNext(segment)).isEmpty();
        lease = changed(lease, at(later), in(muchLater, LONG.multipliedBy(2)));
        assertThat(due(segment)).isEmpty();
        assertThat(node().timeouts().untilNext(segment).orElseThrow())
                .isBetween(LONG.minus(Duration.ofMinutes(5)), LONG.plus(Duration.ofMinutes(5)));
        changed(lease, at(now), in(soon, Duration.ZERO));
        assertThat(Patience.awaits(() -> due(segment).size() == 2)).isTrue();
        assertThat(due(segment)).containsExactly(now, soon);
        assertThat(node().timeouts().untilNext(segment).orElseThrow()).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(node().timeouts().count(segment.projection())).isEqualTo(new TimeoutStore.Count(4, 0));
    }

    @Test
    default void timeoutComesBackAsItWasKept() {
        SegmentId segment = newSegment();
        Timeout timeout = past(segment, StreamName.of("Dog-\u00e9'\uD83D\uDC15"));
        changed(owned(segment), at(timeout));
        assertThat(due(segment)).singleElement().usingRecursiveComparison().isEqualTo(timeout);
    }

    @Test
    default void timeoutIsDueByTheClockOfTheStore() {
        SegmentId segment = newSegment();
        ProjectionStore fast = fixture().node(LONG.multipliedBy(2));
        Timeout timeout = timeout(segment, TestEvents.newStream(), "later", Instant.now());
        changed(owned(segment), in(timeout, LONG));
        assertThat(fast.timeouts().due(segment, 10)).isEmpty();
        assertThat(fast.timeouts().untilNext(segment).orElseThrow()).isPositive();
    }

    @Test
    default void streamHasOneTimeoutOfAName() {
        SegmentId segment = newSegment();
        StreamName stream = TestEvents.newStream();
        Timeout first = past(segment, stream);
        Timeout second = past(segment, stream);
        Timeout other = past(segment, TestEvents.newStream());
        Lease lease = changed(owned(segment), at(first), at(other), at(second));
        assertThat(due(segment)).containsExactlyInAnyOrder(other, second);
        lease = changed(lease, in(past(segment, stream), LONG));
        assertThat(due(segment)).containsExactly(other);
        changed(lease, new TimeoutChange.Cancelled(segment.projection(), stream, "ten'ant", "reminder"));
        assertThat(node().timeouts().count(segment.projection()).waiting()).isEqualTo(1);
    }

    @Test
    default void timeoutThatIsGoneWasNotCarriedOut() {
        SegmentId segment = newSegment();
        StreamName stream = TestEvents.newStream();
        Timeout first = past(segment, stream);
        Timeout second = past(segment, stream);
        Lease lease = changed(owned(segment), at(first), at(second));
        assertThatThrownBy(() -> changed(lease, new TimeoutChange.Done(first)))
                .isInstanceOf(TimeoutGoneException.class)
                .hasMessageContaining("reminder");
        assertThat(state(segment.projection()).position()).isEqualTo(lease.position());
        Lease done = changed(lease, new TimeoutChange.Done(second));
        assertThat(due(segment)).isEmpty();
        assertThatThrownBy(() -> changed(done, new TimeoutChange.Done(second)))
                .isInstanceOf(TimeoutGoneException.class);
    }

    @Test
    default void batchThatIsNotKeptChangesNoTimeouts() {
        SegmentId segment = newSegment();
        Timeout kept = past(segment, TestEvents.newStream());
        Lease lease = changed(owned(segment), at(kept));
        Lease stale = new Lease(segment, lease.token() - 1, lease.position());
        assertThatThrownBy(
                        () -> changed(stale, new TimeoutChange.Done(kept), at(past(segment, TestEvents.newStream()))))
                .isInstanceOf(StaleLeaseException.class);
        assertThat(due(segment)).containsExactly(kept);
    }

    @Test
    default void timeoutsAreThoseOfTheStreamsOfTheirSegment() {
        String projection = newProjection();
        node().create(projection, 1, 0);
        SegmentId whole = SegmentId.divide(projection, 1).get(0);
        List<Timeout> timeouts = IntStream.range(0, 20)
                .mapToObj(i -> past(whole, TestEvents.newStream()))
                .toList();
        changed(owned(whole), timeouts.stream().map(TimeoutConformance::at).toArray(TimeoutChange[]::new));
        assertThat(due(whole)).containsExactlyInAnyOrderElementsOf(timeouts);
        for (SegmentId part : SegmentId.divide(projection, 3)) {
            List<Timeout> expected = timeouts.stream()
                    .filter(timeout -> part.holds(timeout.stream()))
                    .toList();
            assertThat(due(part)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(node().timeouts().untilNext(part).isPresent()).isEqualTo(!expected.isEmpty());
        }
        assertThat(due(newSegment())).isEmpty();
    }

    @Test
    default void timeoutThatFailsIsDueLaterOrKept() {
        SegmentId segment = newSegment();
        Timeout timeout = past(segment, TestEvents.newStream());
        Lease lease = changed(owned(segment), at(timeout));
        lease = changed(lease, new TimeoutChange.Failed(timeout, "because", Optional.of(Duration.ZERO)));
        assertThat(Patience.awaits(() -> due(segment).size() == 1)).isTrue();
        assertThat(due(segment).get(0).cause()).isEqualTo("because");
        lease = changed(lease, new TimeoutChange.Failed(timeout, "because", Optional.of(LONG)));
        assertThat(due(segment)).isEmpty();
        assertThat(node().timeouts().count(segment.projection())).isEqualTo(new TimeoutStore.Count(1, 0));
        changed(lease, new TimeoutChange.Failed(timeout, "at last", Optional.empty()));
        assertThat(node().timeouts().count(segment.projection())).isEqualTo(new TimeoutStore.Count(0, 1));
        assertThat(node().timeouts().untilNext(segment)).isEmpty();
        assertThat(node().timeouts().failed(segment.projection(), 10)).containsExactly(timeout);
        node().timeouts().retry(segment.projection());
        assertThat(Patience.awaits(() -> due(segment).equals(List.of(timeout)))).isTrue();
        assertThat(node().timeouts().failed(segment.projection(), 10)).isEmpty();
    }
}
