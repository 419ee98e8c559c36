package io.eventsourcing.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateConflictException;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.SaveResult;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessManagerTest {

    static class Dog extends Aggregate {

        @Event("Registered")
        Dog(String name) {}
    }

    static class Diploma extends Aggregate {

        private final List<String> marks = new ArrayList<>();

        @Event("Issued")
        Diploma(String name) {}

        @Event("Issued again")
        Diploma(UUID id) {
            super(id);
        }

        @Event("Marked")
        void mark(String mark) {
            marks.add(mark);
        }
    }

    /** Returns what an event's argument says. */
    @ProcessManager("returning")
    static class Returning {

        @EventHandler("Dog.Registered")
        Object[] array(String name) {
            return name.equals("array") ? new Object[] {new Diploma("a"), new Diploma("b")} : new Object[0];
        }
    }

    @ProcessManager("one")
    static class One {

        @EventHandler("Dog.Registered")
        Diploma registered(String name) {
            return name.equals("none") ? null : new Diploma(name);
        }
    }

    @ProcessManager("perhaps")
    static class Perhaps {

        @EventHandler("Dog.Registered")
        Optional<Diploma> registered(String name) {
            return name.equals("none") ? Optional.empty() : Optional.of(new Diploma(name));
        }
    }

    @ProcessManager("streaming")
    static class Streaming {

        @EventHandler("Dog.Registered")
        Stream<Diploma> registered(String name) {
            return Stream.of("a", "b").map(Diploma::new);
        }
    }

    @ProcessManager("wrong")
    static class Wrong {

        @EventHandler("Dog.Registered")
        List<String> registered(String name) {
            return List.of(name);
        }
    }

    @ProcessManager("worse")
    static class Worse {

        @EventHandler("Dog.Registered")
        String registered(String name) {
            return name;
        }
    }

    @Projection("dogs")
    static class Unsaved {

        @EventHandler("Dog.Registered")
        Diploma registered(String name) {
            return new Diploma(name);
        }
    }

    @Projection("both")
    @ProcessManager("both")
    static class Both {

        @EventHandler("Dog.Registered")
        void registered() {}
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private EventSourcing eventSourcing = EventSourcing.of(store);

    private void handleAll(ProjectionDefinition definition) throws Throwable {
        BoundProjection bound = new BoundProjection(definition, eventSourcing);
        for (RecordedEvent event :
                store.readAll(bound.select(ReadOptions.forwards())).toList()) {
            bound.handle(event);
        }
    }

    private List<RecordedEvent> issued() {
        return store.readAll(ReadOptions.forwards().types(Set.of("Diploma.Issued")))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"array", "none"})
    void whatAHandlerReturnsIsSaved(String name) throws Throwable {
        boolean isNone = name.equals("none");
        eventSourcing.save(new Dog(name));
        handleAll(ProjectionDefinition.of(new Returning()));
        assertThat(issued()).hasSize(isNone ? 0 : 2);
        handleAll(ProjectionDefinition.of(new One()));
        assertThat(issued()).hasSize(isNone ? 0 : 3);
        handleAll(ProjectionDefinition.of(new Perhaps()));
        assertThat(issued()).hasSize(isNone ? 0 : 4);
        handleAll(ProjectionDefinition.of(new Streaming()));
        assertThat(issued()).hasSize(isNone ? 2 : 6);
    }

    @Test
    void severalThatAreReturnedAreSavedTogether() throws Throwable {
        eventSourcing.save(new Dog("array"));
        List<Integer> saves = new ArrayList<>();
        eventSourcing = EventSourcing.builder(store)
                .interceptor((target, appends, append) -> {
                    saves.add(appends.size());
                    return append.get();
                })
                .build();
        handleAll(ProjectionDefinition.of(new Returning()));
        assertThat(saves).containsExactly(2);
    }

    @Test
    void somethingElseThanAggregatesIsRefused() {
        eventSourcing.save(new Dog("Fido"));
        assertThatThrownBy(() -> handleAll(ProjectionDefinition.of(new Wrong())))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> ProjectionDefinition.of(new Worse()))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("Worse.registered returns String");
    }

    @Test
    void projectionSavesNothing() {
        assertThatThrownBy(() -> ProjectionDefinition.of(new Unsaved())).hasMessageContaining("@ProcessManager");
        assertThatThrownBy(() -> ProjectionDefinition.of(new Both())).hasMessageContaining("Both is a projection and");
    }

    @Test
    void processIsNeitherInlineNorOnDemand() {
        assertThat(ProjectionDefinition.of(new One()).isProcess()).isTrue();
        assertThatThrownBy(() -> OnDemandProjection.replay(eventSourcing, new One()))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("can't be run on demand");
        assertThatThrownBy(
                        () -> new InlineProjections().use(eventSourcing, List.of(ProjectionDefinition.of(new One()))))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("can't be inline");
    }

    @Test
    void processDoesNotBeginAnew() {
        try (Projections projections =
                Projections.builder(eventSourcing, new MemoryProjectionStore()).build()) {
            projections.add(ProjectionDefinition.process("diplomas")
                    .on("Dog.Registered", event -> {})
                    .tables("diplomas")
                    .onReset(() -> {})
                    .build());
            assertThatThrownBy(() -> projections.reset("diplomas"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("can't be taken back");
            assertThatThrownBy(() -> projections.rebuilds().start("diplomas"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("can't be taken back");
        }
    }

    private static EventSourcingBuilder withSnapshots(MemoryEventStore store) {
        return EventSourcing.builder(store).cacheSize(10).snapshots(SnapshotOptions.of(SnapshotPolicy.every(1)));
    }

    /** The second attempt says something else, which the store doesn't take; nor may a snapshot. */
    @Test
    void repeatedReactionLeavesNoSnapshotOfWhatIsNotStored() throws Throwable {
        eventSourcing = withSnapshots(store).build();
        Diploma diploma = new Diploma("Fido");
        eventSourcing.save(diploma);
        eventSourcing.save(new Dog("Fido"));
        eventSourcing.awaitSnapshots();
        List<String> attempts = new ArrayList<>();
        ProjectionDefinition marking = ProjectionDefinition.process("marking")
                .on("Dog.Registered", event -> {
                    attempts.add("attempt " + attempts.size());
                    Diploma loaded = eventSourcing.repository().get(Diploma.class, diploma.id());
                    assertThat(loaded.marks).isEmpty();
                    loaded.mark(attempts.get(attempts.size() - 1));
                    eventSourcing.save(loaded);
                })
                .build();
        handleAll(marking);
        handleAll(marking);
        eventSourcing.awaitSnapshots();
        assertThat(attempts).hasSize(2);
        assertThat(eventSourcing.repository().get(Diploma.class, diploma.id()).marks)
                .containsExactly("attempt 0");
        assertThat(withSnapshots(store).build().repository().get(Diploma.class, diploma.id()).marks)
                .containsExactly("attempt 0");
    }

    @Test
    void otherEventsThanBeforeInTheSamePlaceAreAConflict() throws Throwable {
        UUID id = UUID.randomUUID();
        eventSourcing.save(new Diploma(id));
        eventSourcing.save(new Dog("Fido"));
        int[] marks = {1};
        ProjectionDefinition marking = ProjectionDefinition.process("marking")
                .on("Dog.Registered", event -> {
                    Diploma loaded = eventSourcing.repository().get(Diploma.class, id);
                    for (int i = 0; i < marks[0]; i++) {
                        loaded.mark("good");
                    }
                    eventSourcing.save(loaded);
                })
                .build();
        handleAll(marking);
        marks[0] = 2;
        assertThatThrownBy(() -> handleAll(marking)).isInstanceOf(AggregateConflictException.class);
    }

    @Test
    void whatIsSavedOutsideOfTheHandlerHasNoCause() throws Throwable {
        eventSourcing.save(Metadata.ofCorrelationId("request"), new Dog("Fido"));
        handleAll(ProjectionDefinition.of(new One()));
        SaveResult after = eventSourcing.save(new Diploma("later"));
        List<Metadata> metadata =
                issued().stream().map(eventSourcing.format()::metadata).toList();
        assertThat(after.recordings()).hasSize(1);
        assertThat(metadata.get(0).correlationId()).contains("request");
        assertThat(metadata.get(1)).isEqualTo(Metadata.none());
    }

    @Test
    void derivedIdsDifferByEventProcessAndName() {
        eventSourcing.save(new Dog("Fido"));
        eventSourcing.save(new Dog("Rex"));
        List<RecordedEvent> events = store.readAll(ReadOptions.forwards()).toList();
        EventContext first = new EventContext(events.get(0), eventSourcing.format(), "a");
        assertThat(Stream.of(
                        first.derivedId("x"),
                        first.derivedId("y"),
                        new EventContext(events.get(1), eventSourcing.format(), "a").derivedId("x"),
                        new EventContext(events.get(0), eventSourcing.format(), "b").derivedId("x")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.version() == 5);
        assertThat(new EventContext(events.get(0), eventSourcing.format(), "a").derivedId("x"))
                .isEqualTo(first.derivedId("x"));
    }
}
