package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutContext;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Timeouts of process managers: each is carried out once, by who owns its stream, whoever fails. */
public interface TimeoutRunConformance extends ProjectionSuite {

    /** Soon, but behind what the test does before. */
    Duration SOON = Duration.ofMillis(200);

    private ProcessNodes processes() {
        return new ProcessNodes(fixture(), newProjection());
    }

    private static ProjectionOptions options() {
        return ProjectionOptions.defaults().withRetries(1);
    }

    private static void count(ProcessNodes nodes, UUID id, TimeoutContext timeout) {
        Tally tally = nodes.eventSourcing().repository().find(Tally.class, id).orElseGet(() -> new Tally(id));
        tally.count(timeout.stream().value());
        nodes.eventSourcing().save(tally);
    }

    private static void awaitTally(ProcessNodes nodes, UUID id, List<StreamName> streams) {
        List<String> names = streams.stream().map(StreamName::value).toList();
        assertThat(Patience.awaits(() -> nodes.eventSourcing()
                        .repository()
                        .find(Tally.class, id)
                        .filter(tally -> tally.counted().size() >= names.size())
                        .isPresent()))
                .as("whether all timeouts are carried out")
                .isTrue();
        assertThat(nodes.counted(id)).containsExactlyInAnyOrderElementsOf(names);
    }

    private static void awaitCount(ProcessNodes nodes, Projections node, long waiting, long failed) {
        TimeoutStore.Count expected = new TimeoutStore.Count(waiting, failed);
        assertThat(Patience.awaits(() -> nodes.status(node).timeouts().equals(expected)))
                .as(() -> "whether the timeouts are " + expected + ": "
                        + nodes.status(node).timeouts())
                .isTrue();
    }

    @Test
    default void timeoutIsCarriedOutOnce() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            ProjectionDefinition.Builder process = nodes.definition(
                            event -> event.timeouts().in(SOON, "reminder"))
                    .onTimeout("reminder", timeout -> count(nodes, tally, timeout));
            Projections node = nodes.start(node(), options(), process);
            List<StreamName> streams = nodes.append(3);
            awaitTally(nodes, tally, streams);
            awaitCount(nodes, node, 0, 0);
            assertThat(nodes.status(node).lastError()).isEmpty();
        }
    }

    /** What was saved for it counts once, though its removal is lost. */
    @Test
    default void timeoutIsCarriedOutOnceThoughItsRemovalIsLost() {
        UUID tally = UUID.randomUUID();
        AtomicInteger attempts = new AtomicInteger();
        try (ProcessNodes nodes = processes()) {
            ProjectionDefinition.Builder process = nodes.definition(
                            event -> event.timeouts().at(TestEvents.TIME, "reminder"))
                    .onTimeout("reminder", timeout -> {
                        count(nodes, tally, timeout);
                        if (attempts.incrementAndGet() == 1) {
                            throw ProcessNodes.unavailable();
                        }
                    });
            Projections node = nodes.start(node(), options(), process);
            List<StreamName> streams = nodes.append(1);
            assertThat(Patience.awaits(() -> attempts.get() > 1)).isTrue();
            awaitTally(nodes, tally, streams);
            awaitCount(nodes, node, 0, 0);
        }
    }

    @Test
    default void timeoutOutlivesTheNode() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            Projections first = nodes.start(
                    node(),
                    options(),
                    nodes.definition(event -> event.timeouts().in(LONG, "reminder"))
                            .onTimeout("reminder", timeout -> count(nodes, tally, timeout)));
            StreamName stream = nodes.append();
            nodes.awaitSuccess(first);
            awaitCount(nodes, first, 1, 0);
            first.stop();
            Projections second = nodes.start(
                    node(),
                    options(),
                    nodes.definition(event -> event.timeouts().of(stream).in(SOON, "reminder"))
                            .onTimeout("reminder", timeout -> count(nodes, tally, timeout)));
            nodes.append();
            awaitTally(nodes, tally, List.of(stream));
            awaitCount(nodes, second, 0, 0);
        }
    }

    @Test
    default void timeoutThatIsCancelledIsNotCarriedOut() {
        UUID tally = UUID.randomUUID();
        AtomicInteger carriedOut = new AtomicInteger();
        AtomicBoolean cancels = new AtomicBoolean();
        try (ProcessNodes nodes = processes()) {
            StreamName kept = TestEvents.newStream();
            StreamName cancelled = TestEvents.newStream();
            Projections node = nodes.start(
                    node(),
                    options(),
                    nodes.definition(event -> {
                                if (cancels.get()) {
                                    event.timeouts().of(cancelled).cancel("reminder");
                                    event.timeouts().of(kept).in(Duration.ZERO, "reminder");
                                } else {
                                    event.timeouts().of(cancelled).in(LONG, "reminder");
                                    event.timeouts().of(kept).in(LONG, "reminder");
                                }
                            })
                            .onTimeout("reminder", timeout -> {
                                carriedOut.incrementAndGet();
                                count(nodes, tally, timeout);
                            }));
            nodes.append();
            nodes.awaitSuccess(node);
            awaitCount(nodes, node, 2, 0);
            cancels.set(true);
            nodes.append();
            awaitTally(nodes, tally, List.of(kept));
            awaitCount(nodes, node, 0, 0);
            assertThat(carriedOut).hasValue(1);
        }
    }

    /** Whoever owns the other stream's segment doesn't hear of it until it looks. */
    @Test
    default void timeoutOfAnotherSegmentIsCarriedOutThere() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            List<StreamName> others = ProjectionNodes.streams(6);
            AtomicInteger next = new AtomicInteger();
            ProjectionDefinition.Builder process = nodes.definition(event -> event.timeouts()
                            .of(others.get(next.getAndIncrement() % 6))
                            .in(SOON, "reminder"))
                    .onTimeout("reminder", timeout -> count(nodes, tally, timeout));
            Projections first = nodes.start(node(), options().withSegments(4), process);
            nodes.start(node(), options().withSegments(4), process);
            nodes.append(6);
            nodes.awaitSuccess(first);
            awaitTally(nodes, tally, others);
        }
    }

    @Test
    default void timeoutThatFailsIsTriedAgainThenKeptThenRetried() {
        UUID tally = UUID.randomUUID();
        AtomicInteger attempts = new AtomicInteger();
        AtomicBoolean mended = new AtomicBoolean();
        try (ProcessNodes nodes = processes()) {
            ProjectionDefinition.Builder process = nodes.definition(
                            event -> event.timeouts().in(Duration.ZERO, "reminder"))
                    .onTimeout("reminder", timeout -> {
                        attempts.incrementAndGet();
                        if (!mended.get()) {
                            throw new IllegalStateException("planned");
                        }
                        count(nodes, tally, timeout);
                    });
            Projections node = nodes.start(node(), options(), process);
            StreamName stream = nodes.append();
            nodes.awaitSuccess(node);
            awaitCount(nodes, node, 0, 1);
            assertThat(attempts).hasValue(2);
            Timeout failed = node.failedTimeouts(nodes.process(), 10).get(0);
            assertThat(failed.cause()).contains("planned");
            assertThat(failed.attempts()).isEqualTo(2);
            StreamName next = nodes.append();
            mended.set(true);
            nodes.awaitSuccess(node);
            node.retryAll(nodes.process());
            awaitTally(nodes, tally, List.of(stream, next));
            awaitCount(nodes, node, 0, 0);
        }
    }

    @Test
    default void whatATimeoutSavesSaysWhyItWas() {
        UUID tally = UUID.randomUUID();
        Instant due = TestEvents.TIME;
        try (ProcessNodes nodes = processes()) {
            nodes.start(
                    node(),
                    options(),
                    nodes.definition(event -> event.timeouts().at(due, "reminder"))
                            .onTimeout("reminder", timeout -> {
                                assertThat(timeout.dueAt()).isEqualTo(due);
                                assertThat(timeout.name()).isEqualTo("reminder");
                                count(nodes, tally, timeout);
                            }));
            StreamName stream = nodes.append(fixture().events(), Metadata.ofCorrelationId("a request"));
            awaitTally(nodes, tally, List.of(stream));
            UUID cause = fixture()
                    .events()
                    .read(stream, ReadOptions.forwards())
                    .toList()
                    .get(0)
                    .id();
            assertThat(nodes.metadata(nodes.events(tally).get(0)))
                    .isEqualTo(Metadata.ofCorrelationId("a request").withCausationId(cause.toString()));
        }
    }
}
