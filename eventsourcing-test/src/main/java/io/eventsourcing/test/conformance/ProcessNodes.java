package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.ProjectionDefinition;
import io.eventsourcing.projection.ProjectionOptions;
import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Nodes that run one process manager, which reacts to events that no other test has. Not thread-safe. */
final class ProcessNodes implements AutoCloseable {

    private final ProjectionStoreFixture fixture;
    private final EventSourcing eventSourcing;
    private final String process;
    private final List<Projections> started = new ArrayList<>();
    private long last;

    ProcessNodes(ProjectionStoreFixture fixture, String process) {
        this.fixture = fixture;
        this.eventSourcing = EventSourcing.of(fixture.events());
        this.process = process;
    }

    EventSourcing eventSourcing() {
        return eventSourcing;
    }

    /** What the events are called that are reacted to. */
    private String type() {
        return "T" + process;
    }

    Projections start(ProjectionDefinition.Handler handler) {
        return start(fixture.node(Duration.ZERO), 1, handler);
    }

    /** A node that dies once, when its handlers have returned, before its checkpoint is kept. */
    Projections startDying(ProjectionDefinition.Handler handler) {
        return start(dyingOnce(fixture.node(Duration.ZERO)), 1, handler);
    }

    Projections start(ProjectionStore store, int retries, ProjectionDefinition.Handler handler) {
        return start(store, ProjectionOptions.defaults().withRetries(retries), definition(handler));
    }

    /** To which more can be added. */
    ProjectionDefinition.Builder definition(ProjectionDefinition.Handler handler) {
        return ProjectionDefinition.process(process).on(type(), handler);
    }

    Projections start(ProjectionStore store, ProjectionOptions options, ProjectionDefinition.Builder definition) {
        Projections projections = Projections.builder(eventSourcing, store)
                .lease(ProjectionNodes.LEASE)
                .build();
        projections.add(definition.build(), options);
        return started(projections);
    }

    /** A node that is run as most are. */
    Projections startWithoutOptions(ProjectionDefinition.Handler handler) {
        Projections projections = Projections.builder(eventSourcing, fixture.node(Duration.ZERO))
                .lease(ProjectionNodes.LEASE)
                .build();
        projections.add(definition(handler).build());
        return started(projections);
    }

    private Projections started(Projections projections) {
        started.add(projections);
        projections.start();
        return projections;
    }

    private static ProjectionStore dyingOnce(ProjectionStore right) {
        AtomicBoolean dies = new AtomicBoolean(true);
        return (ProjectionStore) Proxy.newProxyInstance(
                ProjectionStore.class.getClassLoader(),
                new Class<?>[] {ProjectionStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("advance") && dies.getAndSet(false)) {
                        ProjectionStore.Batch batch = (ProjectionStore.Batch) arguments[2];
                        arguments[2] = (ProjectionStore.Batch) () -> {
                            batch.run();
                            throw unavailable();
                        };
                    }
                    try {
                        return method.invoke(right, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static StoreUnavailableException unavailable() {
        return new StoreUnavailableException("planned", new IllegalStateException("planned"));
    }

    /** An event to be reacted to, in a stream of its own. */
    StreamName append() {
        return append(fixture.events(), Metadata.none());
    }

    StreamName append(EventStore store, Metadata metadata) {
        StreamName stream = TestEvents.newStream();
        NewEvent event = new NewEvent(
                UUID.randomUUID(),
                type(),
                TestEvents.utf8("{}"),
                new JacksonEventMapper().encode(metadata),
                TestEvents.TIME);
        last = store.append(stream, ExpectedPosition.noStream(), List.of(event)).commitPosition();
        return stream;
    }

    List<StreamName> append(int count) {
        return IntStream.range(0, count).mapToObj(i -> append()).toList();
    }

    void awaitEnd(Projections node) {
        assertThat(node.await(process, last, Duration.ofSeconds(Patience.seconds())))
                .as(() -> "whether all is handled: " + status(node))
                .isTrue();
    }

    /** Waits until everything that was appended is handled, and finds nothing parked. */
    void awaitSuccess(Projections node) {
        awaitEnd(node);
        assertThat(status(node).deadLetters()).as("parked events").isZero();
    }

    ProjectionStatus status(Projections node) {
        return node.status(process).orElseThrow();
    }

    String process() {
        return process;
    }

    /** Counts an event in a tally, which is made if there is none. */
    void count(UUID id, EventContext event) {
        Tally tally = eventSourcing.repository().find(Tally.class, id).orElseGet(() -> new Tally(id));
        tally.count(event.stream().value());
        eventSourcing.save(tally);
    }

    /** Counts something as somebody else does, on a thread and in a transaction of his own. */
    void countMeanwhile(UUID id, String what) {
        CompletableFuture.runAsync(() -> eventSourcing.repository().update(Tally.class, id, tally -> tally.count(what)))
                .join();
    }

    /** What is in a tally, and was stored of it: as many events as there are counted, and one more. */
    List<String> counted(UUID id) {
        List<String> counted = eventSourcing.repository().get(Tally.class, id).counted();
        assertThat(events(id)).as("events of the tally").hasSize(counted.size() + 1);
        return counted;
    }

    List<RecordedEvent> events(UUID id) {
        return eventSourcing.repository().history(Tally.class, id).toList();
    }

    Metadata metadata(RecordedEvent event) {
        return eventSourcing.format().metadata(event);
    }

    @Override
    public void close() {
        started.forEach(Projections::close);
    }
}
