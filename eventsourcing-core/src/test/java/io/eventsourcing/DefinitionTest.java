package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.fixtures.CompiledClass;
import io.eventsourcing.memory.MemoryEventStore;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mistakes in the way a class is written, found when it is first used. */
class DefinitionTest {

    static class SameNames extends Aggregate {
        @Event("Started")
        SameNames() {}

        @Event("Changed")
        void change() {}

        @Event("Changed")
        void changeAgain(String how) {}
    }

    static class ConstructorAndMethod extends Aggregate {
        @Event("Started")
        ConstructorAndMethod() {}

        @Event
        void started() {}
    }

    static class Base extends Aggregate {
        @Event("BaseStarted")
        Base() {}

        @Event("Added")
        void add(String text) {}
    }

    /** An overload, which overrides nothing. */
    static class Overload extends Base {
        @Event("Started")
        Overload() {}

        @Event("Added")
        void add(int number) {}
    }

    static class StaticEvent extends Aggregate {
        @Event("Started")
        StaticEvent() {}

        @Event("Counted")
        static void count(int number) {}
    }

    abstract static class AbstractEvent extends Aggregate {
        @Event("Changed")
        abstract void change(String how);
    }

    static class InheritsAbstractEvent extends AbstractEvent {
        @Event("Started")
        InheritsAbstractEvent() {}

        @Override
        void change(String how) {}
    }

    interface Walking {
        @Event("Walked")
        default void walk(int steps) {}
    }

    static class Walker extends Aggregate implements Walking {
        @Event("Started")
        Walker() {}
    }

    class Inner extends Aggregate {
        @Event("Started")
        Inner(String name) {}
    }

    static class NamelessConstructor extends Aggregate {
        @Event
        NamelessConstructor(String name) {}
    }

    static class NoConstructor extends Aggregate {
        @Event
        void changed() {}
    }

    record Renamed(String name) {}

    static class WrongComponents extends Aggregate {
        @Event("Started")
        WrongComponents() {}

        @Event(type = Renamed.class)
        void rename(String newName) {}
    }

    static class WrongComponentType extends Aggregate {
        @Event("Started")
        WrongComponentType() {}

        @Event(type = Renamed.class)
        void rename(CharSequence name) {}
    }

    @AggregateName("a-dash")
    static class Dashed extends Aggregate {
        @Event("Started")
        Dashed() {}
    }

    @AggregateName("")
    static class Blank extends Aggregate {
        @Event("Started")
        Blank() {}
    }

    @AggregateName("Twin")
    static class FirstTwin extends Aggregate {
        @Event("Started")
        FirstTwin() {}
    }

    @AggregateName("Twin")
    static class SecondTwin extends Aggregate {
        @Event("Started")
        SecondTwin() {}
    }

    static class ControlCharacter extends Aggregate {
        @Event("Star\nted")
        ControlCharacter() {}
    }

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());

    private interface Creation {
        Aggregate create();
    }

    private void assertRefused(Creation creation, Class<? extends Aggregate> type, String... parts) {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(creation::create)
                .satisfies(e -> assertThat(e).message().contains(parts));
        assertRefusedByRepository(type, parts);
    }

    private void assertRefusedByRepository(Class<? extends Aggregate> type, String... parts) {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> eventSourcing.repository().get(type, UUID.randomUUID()))
                .satisfies(e -> assertThat(e).message().contains(parts));
    }

    @Test
    void twoEventsOfOneNameAreRefused() {
        assertRefused(
                SameNames::new,
                SameNames.class,
                "SameNames",
                "have the name 'Changed'",
                "SameNames.change()",
                "SameNames.changeAgain(String)",
                "@Event(\"Changed2\")");
        assertRefused(
                ConstructorAndMethod::new, ConstructorAndMethod.class, "'Started'", "ConstructorAndMethod.started()");
    }

    @Test
    void overloadOfAnInheritedEventWithItsNameIsRefused() {
        assertRefused(Overload::new, Overload.class, "have the name 'Added'", "Overload.add(int)", "Base.add(String)");
    }

    @Test
    void eventWithoutABodyOfItsOwnIsRefused() {
        assertRefused(StaticEvent::new, StaticEvent.class, "StaticEvent.count(int)", "static", "move it");
        assertRefused(
                InheritsAbstractEvent::new, InheritsAbstractEvent.class, "AbstractEvent.change(String)", "abstract");
    }

    @Test
    void eventOnAMethodOfAnInterfaceIsRefused() {
        assertRefused(Walker::new, Walker.class, "Walking.walk(int)", "interface", "move it");
    }

    @Test
    void innerClassIsRefused() {
        assertRefused(() -> new Inner("x"), Inner.class, "DefinitionTest$Inner", "inner class", "make it static");
    }

    @Test
    void constructorNeedsAName() {
        assertRefused(
                () -> new NamelessConstructor("x"),
                NamelessConstructor.class,
                "NamelessConstructor(String)",
                "needs a name",
                "@Event(\"Registered\")");
    }

    @Test
    void someConstructorMustBeAnEvent() {
        assertRefused(
                NoConstructor::new, NoConstructor.class, "NoConstructor", "no constructor with @Event", "give the one");
    }

    @Test
    void recordMustHaveTheParametersAsComponents() {
        assertRefused(
                WrongComponents::new,
                WrongComponents.class,
                "WrongComponents.rename(String)",
                "components of Renamed",
                "newName");
        assertRefused(
                WrongComponentType::new, WrongComponentType.class, "rename(CharSequence)", "CharSequence", "String");
    }

    @Test
    void nameOfTheAggregateMustBeAWord() {
        assertRefused(Dashed::new, Dashed.class, "'a-dash'", "Dashed", "@AggregateName");
        assertRefused(Blank::new, Blank.class, "''", "Blank", "@AggregateName");
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> new Base() {})
                .withMessageContainingAll("''", "@AggregateName");
    }

    @Test
    void nameOfAnEventHasNoControlCharacters() {
        assertRefused(ControlCharacter::new, ControlCharacter.class, "ControlCharacter()", "control characters");
    }

    @Test
    void twoClassesOfOneNameAreRefusedInOneApplicationOnly() {
        eventSourcing.save(new FirstTwin());

        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> eventSourcing.save(new SecondTwin()))
                .withMessageContainingAll("FirstTwin", "SecondTwin", "'Twin'", "@AggregateName");
        assertThat(EventSourcing.of(new MemoryEventStore())
                        .save(new SecondTwin())
                        .isEmpty())
                .isFalse();
    }

    @Test
    void abstractClassCannotBeLoaded() {
        assertRefusedByRepository(AbstractEvent.class, "AbstractEvent", "is abstract", "concrete subclasses");
    }

    @Test
    void parametersNeedNamesInTheClassFile() throws Exception {
        Class<?> unnamed = CompiledClass.of("kennel.Unnamed", """
                package kennel;
                public class Unnamed extends io.eventsourcing.Aggregate {
                    @io.eventsourcing.Event("Started") public Unnamed(String name) {}
                }
                """);

        assertThatThrownBy(() -> unnamed.getConstructor(String.class).newInstance("x"))
                .cause()
                .isInstanceOf(AggregateDefinitionException.class)
                .hasMessageContainingAll("Unnamed(String)", "-parameters", "maven.compiler.parameters");
        assertRefusedByRepository(unnamed.asSubclass(Aggregate.class), "Unnamed(String)", "-parameters");
    }

    @Test
    void sameSourceCompiledWithParametersWorks() throws Exception {
        Class<?> named = CompiledClass.of("kennel.Named", """
                package kennel;
                public class Named extends io.eventsourcing.Aggregate {
                    @io.eventsourcing.Event("Started") public Named(String name) {}
                }
                """, "-parameters");

        Aggregate aggregate = (Aggregate) named.getConstructor(String.class).newInstance("x");

        assertThat(aggregate.pendingEvents()).hasToString("[Started{name=x}]");
    }

    @Test
    void mistakeIsFoundEachTimeTheClassIsUsed() {
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(AggregateDefinitionException.class).isThrownBy(SameNames::new);
        }
    }
}
