package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.RebuildStatus;
import io.eventsourcing.projection.TableComparison;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What is rebuilt is what the events say, each of them once, whatever happens meanwhile. */
public interface RebuildRunConformance extends ProjectionSuite {

    /** So that a store in memory isn't filled. */
    long PAUSE_NANOS = 1_000_000;

    private ProjectionNodes nodes() {
        fixture().erase("");
        return new ProjectionNodes(fixture(), newProjection());
    }

    private static ProjectionOptions options(int segments) {
        return ProjectionOptions.defaults()
                .withSegments(segments)
                .withRetries(0)
                .withBatchTime(Duration.ofMillis(20));
    }

    private static void complete(ProjectionNodes nodes, Projections node) {
        assertThat(node.rebuilds().complete(nodes.projection(), Duration.ofSeconds(Patience.seconds())))
                .as(() -> "whether the rebuild is completed: " + node.rebuilds().status(nodes.projection()) + " of "
                        + nodes.state())
                .isTrue();
        assertThat(node.rebuilds().status(nodes.projection())).isEmpty();
    }

    /** The rows of one stream are lost, the rebuild brings them back. */
    @Test
    default void projectionIsRebuiltWhileItGoesOn() {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(6);
            nodes.also("Mail", event -> sent.add(event.stream() + " " + event.streamPosition()));
            Projections first = nodes.start("a", options(2));
            Projections second = nodes.start("b", options(2));
            nodes.append(5, streams);
            nodes.awaitEnd(first);
            fixture().erase(nodes.projection() + " " + streams.get(0));
            AtomicBoolean isOver = new AtomicBoolean();
            List<Integer> rounds = Race.of(2, number -> {
                int appended = 0;
                if (number == 0) {
                    while (!isOver.get()) {
                        nodes.append(1, streams);
                        appended++;
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                } else {
                    try {
                        first.rebuilds().start(nodes.projection());
                        complete(nodes, second);
                    } finally {
                        isOver.set(true);
                    }
                }
                return appended;
            });
            streams.forEach(stream -> nodes.append(stream, "Mail"));
            nodes.awaitEnd(first);
            nodes.awaitEnd(second);

            nodes.assertWritten(5 + rounds.get(0), streams);
            assertThat(sent).hasSize(6).doesNotHaveDuplicates();
        }
    }

    /** It doesn't overtake the projection, and so nobody forgets what the projection would have done behind that. */
    @Test
    default void rebuildWaitsForAProjectionThatRests() {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            nodes.also("Mail", event -> sent.add(event.stream() + " " + event.streamPosition()));
            Projections node = nodes.start("a", options(1));
            nodes.append(2, streams);
            streams.forEach(stream -> nodes.append(stream, "Mail"));
            nodes.awaitKept();
            node.pause(nodes.projection());
            assertThat(Patience.awaits(
                            () -> nodes.state().segments().get(0).owner().isEmpty()))
                    .isTrue();
            streams.forEach(stream -> nodes.append(stream, "Mail"));
            nodes.append(1, streams);
            node.rebuilds().start(nodes.projection());
            complete(nodes, node);
            assertThat(nodes.status(node).paused()).isTrue();
            assertThat(sent).hasSize(3);
            node.resume(nodes.projection());
            nodes.awaitKept();

            streams.forEach(stream -> assertThat(nodes.writtenOf(stream)).containsExactly(0L, 1L, 4L));
            assertThat(sent).hasSize(6).doesNotHaveDuplicates();
        }
    }

    @Test
    default void nodeThatLeavesLeavesTheRebuildToOthers() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean isHeldUp = new AtomicBoolean();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            Projections first = nodes.start("a", options(1), event -> {
                if (isHeldUp.get() && event.streamPosition() == 2) {
                    reached.countDown();
                    goOn.await();
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.append(4, streams);
            nodes.awaitKept();
            isHeldUp.set(true);
            first.rebuilds().start(nodes.projection());
            assertThat(Patience.awaits(() -> reached.getCount() == 0)).isTrue();
            Projections second = nodes.start("b", options(1));
            goOn.countDown();
            first.stop();
            isHeldUp.set(false);
            complete(nodes, second);
            second.retryAll(nodes.projection()); // the first may have parked one
            assertThat(Patience.awaits(() -> nodes.status(second).deadLetters() == 0))
                    .isTrue();

            nodes.assertWritten(4, streams);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    default void rebuildThatIsCancelledLeavesEverythingAsItWas() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            Projections node = nodes.start("a", options(1));
            nodes.append(2, streams);
            nodes.awaitKept();
            fixture().erase(nodes.projection() + " " + streams.get(0));
            node.rebuilds().start(nodes.projection());
            assertThatThrownBy(() -> node.rebuilds().start(nodes.projection()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is being rebuilt");
            assertThatThrownBy(() -> node.resize(nodes.projection(), 2)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> node.reset(nodes.projection())).isInstanceOf(IllegalStateException.class);
            assertThat(node.rebuilds().cancel(nodes.projection())).isTrue();
            assertThat(node.rebuilds().status(nodes.projection())).isEmpty();
            assertThat(node.rebuilds().cancel(nodes.projection())).isFalse();
            assertThatThrownBy(() -> node.rebuilds().complete(nodes.projection(), Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("isn't being rebuilt");
            nodes.append(1, streams);
            nodes.awaitKept();

            assertThat(nodes.writtenOf(streams.get(0))).containsExactly(2L);
            nodes.assertWritten(3, streams.subList(1, 3));
            node.rebuilds().start(nodes.projection());
            complete(nodes, node);
            nodes.assertWritten(3, streams);
        }
    }

    /** Nodes died: one when it had begun to make copies, one when it held the projection to complete the rebuild. */
    @Test
    default void whatWasBrokenOffIsDoneAgain() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            Projections node = nodes.start("a", options(2));
            nodes.append(2, streams);
            nodes.awaitKept();
            assertThat(nodes.store().rebuilds().create(nodes.projection())).isTrue();
            fixture().erase(nodes.projection() + " " + streams.get(0));
            node.rebuilds().start(nodes.projection());
            nodes.store().rebuilds().hold(nodes.projection(), Duration.ofSeconds(1));
            nodes.append(1, streams);
            nodes.awaitKept();
            complete(nodes, node);

            nodes.assertWritten(3, streams);
        }
    }

    @Test
    default void eventThatFailsInARebuildIsParkedThere() {
        AtomicBoolean failing = new AtomicBoolean();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            StreamName bad = streams.get(0);
            Projections node = nodes.start("a", options(1), event -> {
                if (failing.get() && isBad(event, bad)) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.append(3, streams);
            nodes.awaitKept();
            failing.set(true);
            node.rebuilds().start(nodes.projection());
            assertThat(Patience.awaits(() -> node.rebuilds()
                            .status(nodes.projection())
                            .filter(status -> status.deadLetters() == 2 && status.done() == 1)
                            .isPresent()))
                    .as("whether two events are parked")
                    .isTrue();
            assertThat(node.rebuilds().deadLetters(nodes.projection(), 1).get(0).cause())
                    .contains("planned");
            assertThat(nodes.status(node).deadLetters()).isZero();
            nodes.assertWritten(3, streams);
            complete(nodes, node);
            assertThat(nodes.writtenOf(bad)).containsExactly(0L);
            assertThat(nodes.status(node).deadLetters()).isEqualTo(2);
            failing.set(false);
            node.retryAll(nodes.projection());
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();

            nodes.assertWritten(3, streams);
        }
    }

    private static boolean isBad(EventContext event, StreamName stream) {
        return event.stream().equals(stream) && event.streamPosition() == 1;
    }

    @Test
    default void rebuildThatCanNotCatchUpIsNotCompleted() {
        AtomicBoolean isHeldUp = new AtomicBoolean();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(1);
            ProjectionOptions options = ProjectionOptions.defaults().withRetries(1_000);
            Projections node = nodes.start("a", options, event -> {
                if (isHeldUp.get() && event.streamPosition() == 1) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.append(2, streams);
            nodes.awaitKept();
            isHeldUp.set(true);
            node.rebuilds().start(nodes.projection());
            assertThat(Patience.awaits(() -> node.rebuilds()
                            .status(nodes.projection())
                            .filter(status -> status.position() > 0 && status.done() < 1)
                            .isPresent()))
                    .as("whether it shows how far it is")
                    .isTrue();
            assertThat(node.rebuilds().complete(nodes.projection(), Duration.ofMillis(200)))
                    .isFalse();
            nodes.append(1, streams);
            nodes.awaitKept();
            nodes.assertWritten(3, streams);
            isHeldUp.set(false);
            complete(nodes, node);

            nodes.assertWritten(3, streams);
        }
    }

    @Test
    default void rebuildSaysHowFarItIsAndWhatDiffers() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            Projections node = nodes.start("a", options(1));
            nodes.append(3, streams);
            nodes.awaitKept();
            assertThatThrownBy(() -> node.rebuilds().compare(nodes.projection(), 5))
                    .isInstanceOf(IllegalStateException.class);
            node.rebuilds().start(nodes.projection());
            assertThat(Patience.awaits(() -> node.rebuilds()
                            .status(nodes.projection())
                            .filter(status -> status.done() == 1)
                            .isPresent()))
                    .isTrue();
            RebuildStatus status = node.rebuilds().status(nodes.projection()).orElseThrow();
            assertThat(status.position()).isEqualTo(nodes.last());
            assertThat(status.head()).isEqualTo(nodes.last());
            assertThat(status.handled()).isEqualTo(6);
            assertThat(status.remaining()).contains(Duration.ZERO);
            assertThat(status.segments()).hasSize(1);
            List<TableComparison> comparisons = node.rebuilds().compare(nodes.projection(), 5);
            assertThat(comparisons)
                    .extracting(TableComparison::table)
                    .containsExactly(fixture().table());
            assertThat(comparisons.get(0).rows()).isEqualTo(6);
            assertThat(comparisons.get(0).rebuiltRows()).isEqualTo(6);
        }
    }

    @Test
    default void whatHasNoTablesIsNotRebuilt() {
        try (ProjectionNodes nodes = nodes()) {
            Projections node = nodes.start(
                    "a",
                    options(1),
                    ProjectionDefinition.named(nodes.projection()).on(nodes.type(), nodes::write));
            assertThatThrownBy(() -> node.rebuilds().start(nodes.projection()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tables");
            assertThatThrownBy(() -> node.rebuilds().start("other")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void sideEffectThatIsParkedStopsTheExchange() {
        AtomicBoolean mended = new AtomicBoolean();
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(1);
            nodes.also("Mail", event -> {
                if (!mended.get()) {
                    throw new IllegalStateException("planned");
                }
                sent.add(event.stream().value());
            });
            Projections node = nodes.start("a", options(1));
            nodes.append(1, streams);
            nodes.append(streams.get(0), "Mail");
            nodes.awaitKept();
            node.rebuilds().start(nodes.projection());
            assertThatThrownBy(
                            () -> node.rebuilds().complete(nodes.projection(), Duration.ofSeconds(Patience.seconds())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("retry or skip");
            mended.set(true);
            node.retryAll(nodes.projection());
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();
            complete(nodes, node);

            nodes.assertWritten(1, streams);
            assertThat(sent).hasSize(1);
        }
    }
}
