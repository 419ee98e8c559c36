package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Nodes that run one projection, whose handlers write down what they get. Not thread-safe. */
final class ProjectionNodes implements AutoCloseable {

    /** Long enough for a machine that is busy, short enough for a test that waits for its end. */
    static final Duration LEASE = Duration.ofSeconds(2);

    private final ProjectionStoreFixture fixture;
    private final String projection;
    private final String type;
    private final List<Projections> started = new ArrayList<>();
    private final Map<String, ProjectionDefinition.Handler> sideEffects = new TreeMap<>();
    private long last;

    ProjectionNodes(ProjectionStoreFixture fixture, String projection) {
        this.fixture = fixture;
        this.projection = projection;
        this.type = "T" + projection;
    }

    String projection() {
        return projection;
    }

    /** What these events are called; no other test has such events. */
    String type() {
        return type;
    }

    /** The position of the event that was appended last. */
    long last() {
        return last;
    }

    /** Writes down the stream and the number of an event. */
    void write(EventContext event) {
        fixture.write(projection + " " + event.stream() + " " + event.streamPosition());
    }

    /** A node that writes down everything. */
    Projections start(String node, ProjectionOptions options) {
        return start(node, options, this::write);
    }

    /** Handles another type of event too, as a side effect, on the nodes that are started from now on. */
    void also(String what, ProjectionDefinition.Handler handler) {
        sideEffects.put(type + what, handler);
    }

    Projections start(String node, ProjectionOptions options, ProjectionDefinition.Handler handler) {
        ProjectionDefinition.Builder definition = ProjectionDefinition.named(projection)
                .on(type, handler)
                .tables(fixture.table())
                .onReset(() -> fixture.erase(projection + " "));
        sideEffects.forEach((each, effect) -> definition.on(each, effect).sideEffects(each));
        return start(node, options, definition);
    }

    Projections start(String node, ProjectionOptions options, ProjectionDefinition.Builder definition) {
        Projections projections = Projections.builder(EventSourcing.of(fixture.events()), fixture.node(Duration.ZERO))
                .node(node)
                .lease(LEASE)
                .build();
        projections.add(definition.build(), options);
        started.add(projections);
        projections.start();
        return projections;
    }

    /** So many events for each of these streams, one after the other. */
    void append(int count, List<StreamName> streams) {
        for (int i = 0; i < count; i++) {
            streams.forEach(stream -> append(stream));
        }
    }

    void append(StreamName stream) {
        append(stream, "");
    }

    /** An event of another type. */
    void append(StreamName stream, String what) {
        NewEvent event = new NewEvent(
                UUID.randomUUID(), type + what, TestEvents.utf8("{}"), TestEvents.NOTHING, TestEvents.TIME);
        last = fixture.events()
                .append(stream, ExpectedPosition.any(), List.of(event))
                .commitPosition();
    }

    static List<StreamName> streams(int count) {
        return IntStream.range(0, count).mapToObj(i -> TestEvents.newStream()).toList();
    }

    /** Waits until everything that was appended is handled or parked. */
    void awaitEnd(Projections node) {
        assertThat(node.await(projection, last, Duration.ofSeconds(Patience.seconds())))
                .as(() -> "whether all is handled: " + status(node))
                .isTrue();
    }

    /** Waits until the store knows that everything that was appended is handled or parked. */
    void awaitKept() {
        assertThat(Patience.awaits(() -> state().position() >= last))
                .as(() -> "whether all is handled: " + state())
                .isTrue();
    }

    ProjectionStatus status(Projections node) {
        return node.status(projection).orElseThrow();
    }

    ProjectionState state() {
        assertThat(Patience.awaits(() -> !store().states(List.of(projection)).isEmpty()))
                .as("whether there is the projection")
                .isTrue();
        return store().states(List.of(projection)).get(0);
    }

    /** Waits until the segments are divided among nodes so that each has its number of them. */
    void awaitOwners(Integer... segments) {
        assertThat(Patience.awaits(() -> owners().equals(List.of(segments))))
                .as(() -> "whether the nodes have " + List.of(segments) + " of " + state())
                .isTrue();
    }

    /** How many segments the nodes have, by their names. */
    private List<Integer> owners() {
        Map<String, Integer> owners = new TreeMap<>();
        state().segments().forEach(segment -> owners.merge(segment.owner().orElse(""), 1, Integer::sum));
        return List.copyOf(owners.values());
    }

    ProjectionStore store() {
        return fixture.node(Duration.ZERO);
    }

    /** What was written of a stream: the positions, in the order in which they were written. */
    List<Long> writtenOf(StreamName stream) {
        String prefix = projection + " " + stream + " ";
        return fixture.written().stream()
                .filter(effect -> effect.startsWith(prefix))
                .map(effect -> Long.valueOf(effect.substring(prefix.length())))
                .toList();
    }

    /** Of each stream, this many events were handled, each once and in their order. */
    void assertWritten(int count, List<StreamName> streams) {
        List<Long> all = IntStream.range(0, count).mapToObj(Long::valueOf).toList();
        assertThat(streams)
                .allSatisfy(stream -> assertThat(writtenOf(stream))
                        .as("what was handled of " + stream)
                        .isEqualTo(all));
    }

    @Override
    public void close() {
        started.forEach(Projections::close);
    }
}
