package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What runs projections handles each event once, in the order of its stream, also while they are divided anew. */
public interface DivisionRunConformance extends ProjectionSuite {

    private ProjectionNodes nodes() {
        return new ProjectionNodes(fixture(), newProjection());
    }

    private static void resize(ProjectionNodes nodes, Projections node, int segments) {
        node.resize(node.names().iterator().next(), segments);
        assertThat(Patience.awaits(() -> isDivided(nodes.state(), segments)))
                .as(() -> "whether there are " + segments + " segments: " + nodes.state())
                .isTrue();
    }

    private static boolean isDivided(ProjectionState state, int segments) {
        return state.wantedSegments().isEmpty() && state.segments().size() == segments;
    }

    @Test
    default void everyEventIsHandledOnceWhileTheSegmentsChange() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(12);
            ProjectionOptions options =
                    ProjectionOptions.defaults().withSegments(2).withRetries(1).withBatchTime(Duration.ofMillis(20));
            Projections first = nodes.start("a", options);
            Projections second = nodes.start("b", options);
            nodes.append(2, streams);
            AtomicBoolean isOver = new AtomicBoolean();
            List<Integer> rounds = Race.of(2, number -> {
                int appended = 0;
                if (number == 0) {
                    while (!isOver.get() || appended < 10) {
                        nodes.append(1, streams);
                        appended++;
                        LockSupport.parkNanos(RebuildRunConformance.PAUSE_NANOS);
                    }
                } else {
                    try {
                        for (int segments : new int[] {5, 1, 3, 4, 1}) {
                            resize(nodes, segments % 2 == 0 ? first : second, segments);
                        }
                    } finally {
                        isOver.set(true);
                    }
                }
                return appended;
            });
            nodes.awaitEnd(first);
            nodes.awaitEnd(second);

            nodes.assertWritten(2 + rounds.get(0), streams);
        }
    }

    /** One segment waits for an event that is tried again, while the other is done. */
    @Test
    default void segmentsBecomeOneThoughOneOfThemIsBehind() {
        AtomicBoolean failing = new AtomicBoolean(true);
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(20);
            ProjectionOptions options =
                    ProjectionOptions.defaults().withSegments(2).withRetries(1_000);
            Projections node = nodes.start("a", options, event -> {
                if (event.stream().equals(streams.get(3)) && failing.get()) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.append(3, streams);
            assertThat(Patience.awaits(() ->
                            nodes.state().segments().stream().anyMatch(segment -> segment.position() == nodes.last())))
                    .as("whether one segment is done")
                    .isTrue();
            node.resize(node.names().iterator().next(), 1);
            assertThat(Patience.awaits(() -> nodes.state().segments().get(0).limit() == nodes.last()))
                    .isTrue();
            nodes.append(2, streams);
            failing.set(false);
            assertThat(Patience.awaits(() -> isDivided(nodes.state(), 1))).isTrue();
            nodes.awaitEnd(node);

            nodes.assertWritten(5, streams);
        }
    }

    @Test
    default void whatIsParkedStaysSoInOtherSegments() {
        AtomicBoolean mended = new AtomicBoolean();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(6);
            StreamName bad = streams.get(0);
            nodes.append(1, streams);
            Projections node = nodes.start("a", ProjectionOptions.defaults().withRetries(0), event -> {
                if (event.stream().equals(bad) && !mended.get()) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.awaitEnd(node);
            resize(nodes, node, 4);
            mended.set(true);
            nodes.append(2, streams);
            nodes.awaitEnd(node);
            assertThat(nodes.writtenOf(bad)).as("what overtook a parked event").isEmpty();
            node.retryAll(node.names().iterator().next());
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();

            nodes.assertWritten(3, streams);
        }
    }
}
