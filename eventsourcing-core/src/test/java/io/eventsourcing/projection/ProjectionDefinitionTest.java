package io.eventsourcing.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.EventRevision;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProjectionDefinitionTest {

    @AggregateName("Hound")
    static class Dog extends Aggregate {

        record Groomed(int minutes, String by) {}

        @Event("Registered")
        Dog(String name, int age) {}

        @Event("TrickAdded")
        void addTrick(String trick) {}

        @Event
        void groom(Groomed groomed) {}
    }

    record TrickAdded(String trick) {}

    private final MemoryEventStore store = new MemoryEventStore();
    private final List<String> seen = new ArrayList<>();
    private EventSourcing eventSourcing = EventSourcing.of(store);

    private void handleAll(ProjectionDefinition definition) {
        BoundProjection bound = new BoundProjection(definition, eventSourcing);
        store.readAll(bound.select(ReadOptions.forwards())).toList().forEach(event -> {
            assertThat(bound.wants(event)).isTrue();
            try {
                bound.handle(event);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        });
    }

    private UUID saveDog() {
        Dog dog = new Dog("Fido", 3);
        dog.addTrick("sit");
        dog.groom(new Dog.Groomed(5, "Ann"));
        eventSourcing.save(Metadata.ofCorrelationId("c1"), dog);
        return dog.id();
    }

    @Projection("dogs")
    class Annotated {

        @EventHandler("Hound.Registered")
        void registered(StreamName stream, int age, Metadata metadata, String name, EventContext context) {
            seen.add(stream + " " + name + age + context.streamPosition() + context.aggregateId() + context.type()
                    + metadata.correlationId().orElseThrow());
        }

        @EventHandler("Hound.TrickAdded")
        public void onTrick(TrickAdded event) {
            seen.add(event.trick());
        }

        @EventHandler
        void on(EventContext context, Dog.Groomed event) {
            seen.add(event + context.correlationId().orElseThrow());
        }
    }

    @Test
    void methodsGetArgumentsByNameOrAsARecordAndWhatSurroundsThem() {
        UUID id = saveDog();
        handleAll(ProjectionDefinition.of(new Annotated()));

        assertThat(seen)
                .containsExactly(
                        "Hound-" + id + " Fido30" + id + "Hound.Registeredc1", "sit", "Groomed[minutes=5, by=Ann]c1");
    }

    @Projection("dogs")
    class Inherited extends Annotated {
        @Override
        @EventHandler("Hound.TrickAdded")
        public void onTrick(TrickAdded event) {
            seen.add("overridden");
        }

        @Override
        void on(EventContext context, Dog.Groomed event) {
            seen.add("not a handler any more");
        }
    }

    @Test
    void methodsAreInheritedAndOverridden() {
        saveDog();
        handleAll(ProjectionDefinition.of(new Inherited()));

        assertThat(seen).hasSize(2).last().isEqualTo("overridden");
    }

    @Test
    void projectionIsToldInCode() {
        saveDog();
        eventSourcing.store().append(StreamName.of("Cat-1"), ExpectedPosition.any(), List.of(event("Cat.Registered")));
        handleAll(ProjectionDefinition.named("dogs")
                .streams(StreamFilter.prefix("Hound-"))
                .on("Hound.TrickAdded", TrickAdded.class, (event, context) -> seen.add(event.trick()))
                .on("Hound.Registered", context -> seen.add(context.type()))
                .onOthers(context -> seen.add("other " + context.type()))
                .build());

        assertThat(seen).containsExactly("Hound.Registered", "sit", "other Hound.Groomed");
    }

    private static NewEvent event(String type) {
        return new NewEvent(UUID.randomUUID(), type, "{}".getBytes(StandardCharsets.UTF_8), new byte[0], Instant.EPOCH);
    }

    @Test
    void eventsAreReadAsTheyAreTodayWhateverTheyWereStoredAs() {
        eventSourcing = EventSourcing.builder(store)
                .upcasters(
                        Upcaster.from("Hound.Barked", 1).to(new EventRevision("Hound.TrickAdded", 2), data -> {}),
                        Upcaster.from("Hound.TrickAdded", 1).change(data -> data.put("trick", "old")))
                .build();
        store.append(
                StreamName.of("Hound-1"),
                ExpectedPosition.any(),
                List.of(event("Hound.Barked"), event("Hound.TrickAdded"), event("Hound.Learned")));
        handleAll(ProjectionDefinition.of(new Renamed()));

        assertThat(seen).containsExactly("Hound.TrickAdded null", "Hound.TrickAdded old", "Hound.TrickAdded old");
    }

    @Projection("renamed")
    class Renamed {
        @EventHandler({"Hound.TrickAdded", "Hound.Learned"})
        void on(String trick, EventContext context) {
            seen.add(context.type() + " " + trick);
        }
    }

    // wrong ones

    class Unnamed {
        @EventHandler("A.B")
        void on() {}
    }

    @Projection("a b")
    class WrongName {
        @EventHandler("A.B")
        void on() {}
    }

    @Projection("empty")
    class Empty {}

    @Projection("twice")
    class Twice {
        @EventHandler("A.B")
        void one() {}

        @EventHandler({"A.C", "A.B"})
        void two() {}
    }

    @Projection("silent")
    class Silent {
        @EventHandler
        void on(TrickAdded event) {}
    }

    @Projection("hidden")
    class Hidden {
        @EventHandler("A.B")
        private void on() {}
    }

    @Projection("vague")
    class Vague {
        @EventHandler("A.B")
        void on(Object anything) {}
    }

    private static void assertRefused(Object projection, String... message) {
        assertThatThrownBy(() -> ProjectionDefinition.of(projection))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContainingAll(message);
    }

    @Projection(
            value = "mails",
            tables = {"mails", "recipients"})
    static class Mails {
        boolean isReset;

        @EventHandler({"Hound.Registered", "Hound.Born"})
        void registered() {}

        @EventHandler(value = "Hound.Groomed", sideEffects = true)
        void groomed() {}

        @ResetHandler
        void reset() {
            isReset = true;
        }
    }

    @Test
    void whatAResetNeedsIsSaidByAnnotations() {
        Mails mails = new Mails();
        ProjectionDefinition definition = ProjectionDefinition.of(mails);
        Objects.requireNonNull(definition.onReset()).run();

        assertThat(mails.isReset).isTrue();
        assertThat(definition.tables()).containsExactly("mails", "recipients");
        assertThat(definition.sideEffects()).containsExactly("Hound.Groomed");
        assertThat(ProjectionDefinition.of(new Annotated()).onReset()).isNull();
    }

    @Projection("resets")
    static class TwoResets extends Mails {
        @ResetHandler
        void again() {}
    }

    @Projection("choosy")
    static class Choosy extends Mails {
        @ResetHandler
        @Override
        void reset() {}

        @ResetHandler
        void reset(String what) {}
    }

    @Projection("with")
    static class WithParameter {
        @EventHandler("A.B")
        void on() {}

        @ResetHandler
        void reset(String what) {}
    }

    @Test
    void handlerThatIsNotThereHasNoSideEffects() {
        ProjectionDefinition.Builder builder =
                ProjectionDefinition.named("a").on("A.B", context -> {}).sideEffects("A.C");
        assertThatThrownBy(builder::build)
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("its handler of A.C");
    }

    @Test
    void wrongDefinitionsAreRefusedWithTheCure() {
        assertRefused(new TwoResets(), "2 methods with @ResetHandler", "leave one");
        assertRefused(new Choosy(), "2 methods with @ResetHandler", "leave one");
        assertRefused(new WithParameter(), "WithParameter.reset has @ResetHandler and parameters", "leave them out");
        assertRefused(new Unnamed(), "Unnamed is no projection", "@Projection(");
        assertRefused(new WrongName(), "letters, digits", "'a b'");
        assertRefused(new Empty(), "empty handles no event", "@EventHandler");
        assertRefused(new Twice(), "twice handles A.B twice", "Twice.");
        assertRefused(new Silent(), "Silent.on doesn't say which event", "declared in an aggregate");
        assertRefused(new Hidden(), "Hidden.on is private or static", "ordinary method");
    }

    @Test
    void whatCanNotBeReadIsRefusedBeforeAnythingRuns() {
        Projections projections =
                Projections.builder(eventSourcing, new MemoryProjectionStore()).build();
        assertThatThrownBy(() -> projections.add(ProjectionDefinition.of(new Vague())))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContainingAll("The projection vague", "Vague.on", "'anything'", "java.lang.Object");
    }

    @Test
    void namesAreUnique() {
        Projections projections =
                Projections.builder(eventSourcing, new MemoryProjectionStore()).build();
        projections.add(ProjectionDefinition.of(new Annotated()));
        assertThatThrownBy(() -> projections.add(ProjectionDefinition.of(new Inherited())))
                .isInstanceOf(ProjectionDefinitionException.class)
                .hasMessageContaining("two projections named dogs");
    }
}
