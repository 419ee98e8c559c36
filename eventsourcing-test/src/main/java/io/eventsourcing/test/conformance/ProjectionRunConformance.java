package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What runs projections, on this store: every event once, in the order of its stream, whoever fails. */
public interface ProjectionRunConformance extends ProjectionSuite {

    private ProjectionNodes nodes() {
        return new ProjectionNodes(fixture(), newProjection());
    }

    private static ProjectionOptions options() {
        return ProjectionOptions.defaults().withRetries(1);
    }

    @Test
    default void everyEventIsHandledOnceAndInTheOrderOfItsStream() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(5);
            nodes.append(4, streams);
            Projections node = nodes.start("a", options().withSegments(3));
            nodes.append(4, streams);
            nodes.awaitEnd(node);

            nodes.assertWritten(8, streams);
        }
    }

    @Test
    default void projectionGoesOnWhereItStopped() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            Projections node = nodes.start("a", options());
            nodes.append(3, streams);
            nodes.awaitEnd(node);
            node.stop();
            assertThat(nodes.state().segments().get(0).owner()).isEmpty();
            nodes.append(3, streams);
            node.start();
            nodes.awaitEnd(node);
            node.stop();
            nodes.append(1, streams);
            nodes.awaitEnd(nodes.start("b", options()));

            nodes.assertWritten(7, streams);
        }
    }

    @Test
    default void projectionBeginsAtTheEndIfItIsTold() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(1);
            nodes.append(2, streams);
            Projections node = nodes.start("a", options().withStart(ProjectionOptions.Start.END));
            nodes.awaitEnd(node);
            nodes.append(1, streams);
            nodes.awaitEnd(node);

            assertThat(nodes.writtenOf(streams.get(0))).containsExactly(2L);
        }
    }

    @Test
    default void eventsThatItDoesNotWantMoveItOn() {
        try (ProjectionNodes nodes = nodes()) {
            Projections node = nodes.start("a", options());
            TestStream foreign = TestStream.of(fixture().events(), 3);
            long end = foreign.read().get(2).commitPosition();
            String projection = node.names().iterator().next();

            assertThat(node.await(projection, end, Duration.ofSeconds(Patience.seconds())))
                    .isTrue();
            assertThat(Patience.awaits(() -> nodes.state().position() >= end))
                    .as("whether the store knows it too")
                    .isTrue();
            assertThat(written(projection)).isEmpty();
        }
    }

    @Test
    default void nodesShareTheSegments() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(8);
            Projections first = nodes.start("a", options().withSegments(4));
            nodes.append(2, streams);
            nodes.awaitOwners(4); // else two that know nothing of each other share by chance
            Projections second = nodes.start("b", options().withSegments(4));
            nodes.awaitOwners(2, 2);
            nodes.append(2, streams);
            nodes.awaitEnd(first);
            nodes.awaitEnd(second);
            second.stop();
            nodes.awaitOwners(4);
            nodes.append(2, streams);
            nodes.awaitEnd(first);

            nodes.assertWritten(6, streams);
        }
    }

    /** Its thread is held up in a handler past its lease; what it does when it goes on again leaves nothing. */
    @Test
    default void nodeThatIsFrozenIsReplaced() throws InterruptedException {
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thaw = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            Projections stuck = nodes.start("a", options(), event -> {
                if (first.getAndSet(false)) {
                    frozen.countDown();
                    thaw.await();
                }
                nodes.write(event);
            });
            nodes.append(2, streams);
            assertThat(frozen.await(Patience.seconds(), TimeUnit.SECONDS)).isTrue();
            Projections other = nodes.start("b", options());
            nodes.awaitEnd(other);
            nodes.append(1, streams);
            thaw.countDown();
            nodes.awaitEnd(stuck);
            nodes.awaitEnd(other);
            stuck.stop();

            nodes.assertWritten(3, streams);
        } finally {
            thaw.countDown();
        }
    }

    @Test
    default void eventThatFailsIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            nodes.append(2, streams);
            Projections node = nodes.start("a", options().withRetries(2), event -> {
                nodes.write(event);
                if (isBad(event, streams.get(1), 1) && attempts.incrementAndGet() <= 2) {
                    throw new IllegalStateException("planned");
                }
            });
            nodes.awaitEnd(node);

            assertThat(attempts).hasValue(3);
            assertThat(nodes.status(node).deadLetters()).isZero();
            nodes.assertWritten(2, streams);
        }
    }

    private static boolean isBad(EventContext event, StreamName stream, long position) {
        return event.stream().equals(stream) && event.streamPosition() == position;
    }

    @Test
    default void streamWhoseEventFailsIsParkedAndTheOthersGoOn() {
        AtomicInteger attempts = new AtomicInteger();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(3);
            StreamName bad = streams.get(1);
            nodes.append(3, streams);
            Projections node = nodes.start("a", options(), event -> {
                if (isBad(event, bad, 1)) {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("planned", new ArithmeticException("deeper"));
                }
                nodes.write(event);
            });
            nodes.awaitEnd(node);
            nodes.append(1, streams);
            nodes.awaitEnd(node);

            nodes.assertWritten(4, List.of(streams.get(0), streams.get(2)));
            assertThat(nodes.writtenOf(bad)).containsExactly(0L);
            assertThat(attempts).hasValue(2);
            List<DeadLetter> letters = node.deadLetters(node.names().iterator().next(), bad, 10);
            assertThat(letters).extracting(DeadLetter::attempts).containsExactly(2, 0, 0);
            assertThat(letters.get(0).cause()).contains("IllegalStateException: planned", "deeper");
            assertThat(letters).extracting(DeadLetter::commitPosition).isSorted();
            assertThat(letters).extracting(DeadLetter::eventType).containsOnly(nodes.type());
        }
    }

    @Test
    default void whatIsParkedIsHandledInItsOrderWhenItIsRetried() {
        AtomicBoolean mended = new AtomicBoolean();
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            StreamName bad = streams.get(0);
            nodes.append(4, streams);
            Projections node = nodes.start("a", options(), event -> {
                if (isBad(event, bad, 1) && !mended.get()) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.awaitEnd(node);
            String projection = node.names().iterator().next();
            assertThat(node.retry(projection, bad)).isTrue();
            assertThat(Patience.awaits(
                            () -> node.deadLetters(projection, bad, 1).get(0).attempts() == 3))
                    .as("whether it was tried a third time")
                    .isTrue();
            assertThat(nodes.writtenOf(bad)).containsExactly(0L);
            mended.set(true);
            assertThat(node.retry(projection, bad)).isTrue();
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();
            nodes.append(1, streams);
            nodes.awaitEnd(node);

            nodes.assertWritten(5, streams);
            assertThat(node.retry(projection, bad)).isFalse();
        }
    }

    @Test
    default void whatIsSkippedIsLeftOutAlone() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(1);
            StreamName bad = streams.get(0);
            nodes.append(3, streams);
            Projections node = nodes.start("a", options().withRetries(0), event -> {
                if (isBad(event, bad, 0)) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.awaitEnd(node);
            String projection = node.names().iterator().next();
            assertThat(node.skip(projection, bad)).isTrue();
            assertThat(Patience.awaits(() -> nodes.status(node).deadLetters() == 0))
                    .isTrue();
            nodes.append(1, streams);
            nodes.awaitEnd(node);

            assertThat(nodes.writtenOf(bad)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    default void whatIsParkedStaysSoForTheNextOwner() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            StreamName bad = streams.get(0);
            nodes.append(1, streams);
            Projections node = nodes.start("a", options().withRetries(0), event -> {
                if (event.stream().equals(bad)) {
                    throw new IllegalStateException("planned");
                }
                nodes.write(event);
            });
            nodes.awaitEnd(node);
            node.stop();
            nodes.append(2, streams);
            Projections next = nodes.start("b", options());
            nodes.awaitEnd(next);
            String projection = node.names().iterator().next();
            assertThat(nodes.writtenOf(bad)).isEmpty();
            next.retryAll(projection);
            assertThat(Patience.awaits(() -> nodes.status(next).deadLetters() == 0))
                    .isTrue();

            nodes.assertWritten(3, streams);
        }
    }

    @Test
    default void projectionThatIsPausedRestsOnAllNodes() {
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(4);
            Projections first = nodes.start("a", options().withSegments(2));
            Projections second = nodes.start("b", options().withSegments(2));
            nodes.awaitOwners(1, 1);
            String projection = first.names().iterator().next();
            first.pause(projection);
            assertThat(Patience.awaits(() -> nodes.state().segments().stream()
                            .noneMatch(segment -> segment.owner().isPresent())))
                    .as("whether nobody works any more")
                    .isTrue();
            nodes.append(2, streams);
            assertThat(second.await(projection, nodes.last(), Duration.ofMillis(300)))
                    .isFalse();
            assertThat(nodes.status(second).paused()).isTrue();
            second.resume(projection);
            nodes.awaitEnd(first);
            nodes.awaitEnd(second);

            nodes.assertWritten(2, streams);
        }
    }

    @Test
    default void statusSaysHowFarItIs() {
        CountDownLatch go = new CountDownLatch(1);
        try (ProjectionNodes nodes = nodes()) {
            List<StreamName> streams = ProjectionNodes.streams(2);
            nodes.append(3, streams);
            Projections node = nodes.start("a", options(), event -> go.await());
            assertThat(Patience.awaits(() -> node.status(node.names().iterator().next())
                            .filter(status -> status.segments().get(0).owner().isPresent())
                            .isPresent()))
                    .isTrue();
            ProjectionStatus behind = nodes.status(node);
            go.countDown();
            nodes.awaitEnd(node);
            ProjectionStatus done = nodes.status(node);

            assertThat(behind.lag()).isEqualTo(6);
            assertThat(behind.behind()).isPositive();
            assertThat(behind.position()).isLessThan(nodes.last());
            assertThat(behind.head()).isEqualTo(nodes.last());
            assertThat(behind.segments().get(0).owner()).contains("a");
            assertThat(done.lag()).isZero();
            assertThat(done.behind()).isZero();
            assertThat(done.position()).isEqualTo(nodes.last());
            assertThat(done.lastError()).isEmpty();
        } finally {
            go.countDown();
        }
    }
}
