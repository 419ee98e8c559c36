package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Tenants;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Process managers on this store: what they save is there once for each event, also if it was saved in an attempt of which
 * nothing else was kept.
 */
public interface ProcessConformance extends ProjectionSuite {

    private ProcessNodes processes() {
        return new ProcessNodes(fixture(), newProjection());
    }

    private static List<String> names(List<StreamName> streams) {
        return streams.stream().map(StreamName::value).toList();
    }

    @Test
    default void whatIsSavedIsThereOnceThoughTheCheckpointIsLost() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            List<StreamName> streams = nodes.append(5);
            Projections node = nodes.startDying(event -> nodes.count(tally, event));
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally)).isEqualTo(names(streams));
        }
    }

    @Test
    default void reactionThatEndedInTheMiddleIsCompleted() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        AtomicBoolean dies = new AtomicBoolean(true);
        try (ProcessNodes nodes = processes()) {
            List<StreamName> streams = nodes.append(3);
            Projections node = nodes.start(event -> {
                nodes.count(first, event);
                if (event.stream().equals(streams.get(1)) && dies.getAndSet(false)) {
                    throw ProcessNodes.unavailable();
                }
                nodes.count(second, event);
            });
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(first)).isEqualTo(names(streams));
            assertThat(nodes.counted(second)).isEqualTo(names(streams));
        }
    }

    /** The first attempt has saved, or not; then somebody else saves; then comes the second. */
    @Test
    default void reactionIsCompletedThoughSomebodyElseHasSavedMeanwhile() {
        UUID tally = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        AtomicInteger attempts = new AtomicInteger();
        try (ProcessNodes nodes = processes()) {
            nodes.eventSourcing().save(new Tally(tally));
            StreamName stream = nodes.append();
            Projections node = nodes.start(event -> {
                if (attempts.incrementAndGet() == 2) {
                    nodes.countMeanwhile(tally, "something else");
                }
                nodes.count(tally, event);
                if (attempts.get() == 1) {
                    throw ProcessNodes.unavailable();
                }
                nodes.count(other, event);
            });
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally)).containsExactlyInAnyOrder(stream.value(), "something else");
            assertThat(nodes.counted(other)).containsExactly(stream.value());
        }
    }

    @Test
    default void aggregateIsChangedTwiceByOneEvent() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            List<StreamName> streams = nodes.append(2);
            Projections node = nodes.startDying(event -> {
                nodes.count(tally, event);
                nodes.eventSourcing()
                        .repository()
                        .update(Tally.class, tally, again -> again.count("after " + event.stream()));
            });
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally))
                    .containsExactly(
                            streams.get(0).value(),
                            "after " + streams.get(0),
                            streams.get(1).value(),
                            "after " + streams.get(1));
        }
    }

    @Test
    default void newAggregateWithADerivedIdIsMadeOnce() {
        List<UUID> made = new CopyOnWriteArrayList<>();
        try (ProcessNodes nodes = processes()) {
            long before = TestEvents.lastCommitPosition(fixture().events());
            nodes.append(3);
            Projections node = nodes.startDying(event -> {
                Tally tally = new Tally(event.derivedId("tally"));
                made.add(tally.id());
                assertThat(nodes.eventSourcing().repository().exists(Tally.class, tally.id()))
                        .isFalse();
                nodes.eventSourcing().save(tally);
            });
            nodes.awaitSuccess(node);
            assertThat(made).as("attempts, two of one event or more").hasSizeGreaterThan(3);
            assertThat(made.stream().distinct()).hasSize(3);
            assertThat(TestEvents.allAfter(fixture().events(), before).stream()
                            .filter(event -> event.type().equals("Tally.Opened")))
                    .hasSize(3);
        }
    }

    @Test
    default void whatIsSavedSaysWhyItWas() {
        UUID tally = UUID.randomUUID();
        UUID told = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            StreamName correlated = nodes.append(fixture().events(), Metadata.ofCorrelationId("a request"));
            StreamName alone = nodes.append();
            Projections node = nodes.start(event -> {
                nodes.count(tally, event);
                if (event.stream().equals(correlated)) {
                    Metadata metadata = Metadata.ofCorrelationId("something else");
                    nodes.eventSourcing().save(metadata, new Tally(told));
                }
            });
            nodes.awaitSuccess(node);
            List<RecordedEvent> events = nodes.events(tally);
            String first = id(correlated);
            String second = id(alone);
            assertThat(events.subList(0, 2))
                    .extracting(nodes::metadata)
                    .containsOnly(Metadata.ofCorrelationId("a request").withCausationId(first));
            assertThat(nodes.metadata(events.get(2)))
                    .isEqualTo(Metadata.ofCorrelationId(second).withCausationId(second));
            assertThat(nodes.metadata(nodes.events(told).get(0)))
                    .isEqualTo(Metadata.ofCorrelationId("something else").withCausationId(first));
        }
    }

    private String id(StreamName stream) {
        return fixture()
                        .events()
                        .read(stream, ReadOptions.forwards())
                        .toList()
                        .get(0)
                        .id() + "";
    }

    @Test
    default void reactionIsThatOfTheTenantWhoseEventItIs() {
        UUID tally = UUID.randomUUID();
        String tenant = "tenant " + UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            EventStore whole = fixture().events();
            EventStore scoped = whole.require(Tenants.class).forTenant(tenant);
            StreamName theirs = nodes.append(scoped, Metadata.none());
            StreamName ours = nodes.append();
            Projections node = nodes.startDying(event -> nodes.count(tally, event));
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally)).containsExactly(ours.value());
            assertThat(nodes.eventSourcing()
                            .forTenant(tenant)
                            .repository()
                            .get(Tally.class, tally)
                            .counted())
                    .containsExactly(theirs.value());
        }
    }

    @Test
    default void raceThatIsLostParksNothing() {
        UUID tally = UUID.randomUUID();
        AtomicInteger losses = new AtomicInteger();
        try (ProcessNodes nodes = processes()) {
            nodes.eventSourcing().save(new Tally(tally));
            StreamName stream = nodes.append();
            Projections node = nodes.start(node(), 0, event -> {
                Tally loaded = nodes.eventSourcing().repository().get(Tally.class, tally);
                if (losses.incrementAndGet() <= 4) {
                    nodes.countMeanwhile(tally, "winner " + losses);
                }
                loaded.count(event.stream().value());
                nodes.eventSourcing().save(loaded);
            });
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally))
                    .containsExactly("winner 1", "winner 2", "winner 3", "winner 4", stream.value());
        }
    }

    @Test
    default void conflictThatNobodyElseHasMadeIsParked() {
        UUID tally = UUID.randomUUID();
        AtomicInteger attempts = new AtomicInteger();
        try (ProcessNodes nodes = processes()) {
            nodes.eventSourcing().save(new Tally(tally));
            StreamName stream = nodes.append();
            Projections node = nodes.start(event -> {
                attempts.incrementAndGet();
                nodes.eventSourcing().save(new Tally(tally));
            });
            nodes.awaitEnd(node);
            assertThat(attempts).as("one that might be a lost race, and two").hasValue(3);
            assertThat(node.deadLetters(nodes.process(), stream, 10)).hasSize(1);
            assertThat(nodes.counted(tally)).isEmpty();
        }
    }

    @Test
    default void processBeginsWithWhatComes() {
        UUID tally = UUID.randomUUID();
        try (ProcessNodes nodes = processes()) {
            nodes.append(2);
            Projections node = nodes.startWithoutOptions(event -> nodes.count(tally, event));
            List<StreamName> streams = nodes.append(2);
            nodes.awaitSuccess(node);
            assertThat(nodes.counted(tally)).isEqualTo(names(streams));
        }
    }
}
