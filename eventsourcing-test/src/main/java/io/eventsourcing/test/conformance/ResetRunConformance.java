package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is reset is there once in the end, and side effects happen once in all. */
public interface ResetRunConformance extends ProjectionSuite {

    private ProjectionNodes nodes() {
        return new ProjectionNodes(fixture(), newProjection());
    }

    private static ProjectionOptions options(int segments) {
        return ProjectionOptions.defaults().withSegments(segments).withRetries(0);
    }

    @Test
    default void everyEventIsHandledOnceMoreAfterAReset() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(6);
            Projections first = nodes.start("a", options(3));
            Projections second = nodes.start("b", options(3));
            nodes.append(2, streams);
            nodes.awaitEnd(first);
            first.reset(nodes.projection());
            nodes.append(2, streams);
            nodes.awaitKept();
            second.reset(nodes.projection());
            nodes.awaitKept();

            nodes.assertWritten(4, streams);
        }
    }

    @Test
    default void sideEffectsHappenOnceThoughItIsReset() {
        Queue<String> sent = new ConcurrentLinkedQueue<>();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(4);
            nodes.also("Mail", event -> sent.add(event.stream() + " " + event.streamPosition()));
            Projections node = nodes.start("a", options(2));
            nodes.append(2, streams);
            streams.forEach(stream -> nodes.append(stream, "Mail"));
            nodes.awaitEnd(node);
            node.reset(nodes.projection());
            streams.forEach(stream -> nodes.append(stream, "Mail"));
            nodes.awaitKept();
            node.reset(nodes.projection());
            nodes.awaitKept();

            nodes.assertWritten(2, streams);
            assertThat(sent)
                    .hasSize(8)
                    .doesNotHaveDuplicates()
                    .as("what was sent first of each stream")
                    .containsAll(streams.stream().map(stream -> stream + " 2").toList());
        }
    }

    @Test
    default void sideEffectThatIsParkedIsNotForgotten() {
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
            nodes.append(1, streams);
            nodes.awaitEnd(node);
            assertThat(nodes.status(node).deadLetters()).isEqualTo(2);
            assertThatThrownBy(() -> node.reset(nodes.projection()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("retry or skip");
            assertThat(nodes.writtenOf(streams.get(0))).containsExactly(0L);
            mended.set(true);
            node.retryAll(nodes.projection());
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();
            node.reset(nodes.projection());
            nodes.awaitKept();

            assertThat(nodes.writtenOf(streams.get(0))).containsExactly(0L, 2L);
            assertThat(sent).hasSize(1);
        }
    }

    @Test
    default void projectionThatDoesNotSayWhatToEmptyIsNotReset() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(1);
            nodes.append(1, streams);
            Projections node = nodes.start(
                    "a",
                    options(1),
                    ProjectionDefinition.named(nodes.projection()).on(nodes.type(), nodes::write));
            nodes.awaitEnd(node);
            assertThatThrownBy(() -> node.reset(nodes.projection()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("@ResetHandler");

            nodes.assertWritten(1, streams);
            assertThat(nodes.state().position()).isEqualTo(nodes.last());
        }
    }
}
