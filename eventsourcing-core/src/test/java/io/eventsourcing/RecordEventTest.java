package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.memory.MemoryEventStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordEventTest {

    record Registered(String name, int age) {}

    record TrickAdded(String trick, List<String> words) {}

    record Renamed(String name) {}

    record Weighed(double kilos) {}

    record Praised(String by) {}

    record Slept() {}

    record Box<T>(T content) {}

    record Unknown(String what) {}

    record Ambiguous(String what) {}

    static class Dog extends Aggregate {
        String name;
        final List<String> log = new ArrayList<>();

        @Event(type = Registered.class)
        Dog(int age, String name) {
            this.name = name;
            log.add("age " + age);
        }

        @Event(type = TrickAdded.class)
        void addTrick(String trick, List<String> words) {
            log.add(trick + words);
        }

        @Event
        void rename(@Nullable Renamed renamed) {
            log.add("renamed");
            this.name = renamed == null ? "" : renamed.name();
        }

        @Event("WeighedIn")
        private void weigh(Weighed weighed) {
            log.add("weighs " + weighed.kilos());
        }

        @Event(value = "PraisedLoudly", type = Praised.class)
        void praise(String by) {
            log.add("praised by " + by);
        }

        @Event(type = Slept.class)
        void sleep() {
            log.add("zzz");
        }

        @Event
        void boxed(Box<Renamed> box) {
            log.add("box of " + box.content().name());
        }

        @Event("One")
        void one(Ambiguous ambiguous) {}

        @Event("Two")
        void two(Ambiguous ambiguous) {}

        @Event("ToldTwice")
        void tell(Renamed renamed, String twice) {
            tellIt(renamed);
            log.add(twice);
        }

        void tellIt(Record event) {
            trigger(event);
        }
    }

    private final Dog dog = new Dog(3, "Fido");

    private PendingEvent last() {
        return dog.pendingEvents().get(dog.pendingEvents().size() - 1);
    }

    private String stored() {
        EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
        String last = last().type();
        eventSourcing.save(dog);
        return eventSourcing.repository().history(Dog.class, dog.id()).stream()
                .filter(event -> event.type().equals(last))
                .map(event -> new String(event.data(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void recordNamesTheEventAndItsComponentsAreTheArgumentsInAnyOrder() {
        assertThat(last()).hasToString("Registered{age=3, name=Fido}");
        assertThat(stored()).isEqualTo("{\"name\":\"Fido\",\"age\":3}");
    }

    @Test
    void constructorAndMethodByTypeComeBack() {
        dog.addTrick("sit", List.of("now", "please"));

        assertThat(last()).hasToString("TrickAdded{trick=sit, words=[now, please]}");
        assertThat(RoundTrip.of(dog).log).containsExactly("age 3", "sit[now, please]");
    }

    @Test
    void onlyParameterThatIsARecordIsThePayload() {
        dog.rename(new Renamed("Rex"));

        assertThat(last().type()).isEqualTo("Dog.Renamed");
        assertThat(stored()).isEqualTo("{\"name\":\"Rex\"}");
    }

    @Test
    void onlyParameterThatIsARecordComesBack() {
        dog.rename(new Renamed("Rex"));

        assertThat(RoundTrip.of(dog).name).isEqualTo("Rex");
    }

    @Test
    void onlyParameterThatIsARecordMayBeNull() {
        dog.rename(null);

        assertThat(RoundTrip.of(dog).name).isEmpty();
    }

    @Test
    void recordWithANameBesidesItIsAnArgumentLikeOthers() {
        dog.weigh(new Weighed(7.5));

        assertThat(last().type()).isEqualTo("Dog.WeighedIn");
        assertThat(stored()).isEqualTo("{\"weighed\":{\"kilos\":7.5}}");
    }

    @Test
    void nameAndTypeMayBothBeGiven() {
        dog.praise("Ada");

        assertThat(last()).hasToString("PraisedLoudly{by=Ada}");
        assertThat(RoundTrip.of(dog).log).endsWith("praised by Ada");
    }

    @Test
    void recordWithoutComponentsIsAnEventWithoutArguments() {
        dog.sleep();

        assertThat(stored()).isEqualTo("{}");
    }

    @Test
    void genericRecordKeepsItsTypeArgument() {
        dog.boxed(new Box<>(new Renamed("Rex")));

        assertThat(last().type()).isEqualTo("Dog.Box");
        assertThat(RoundTrip.of(dog).log).endsWith("box of Rex");
    }

    @Test
    void triggerRunsTheEventThatTheRecordDescribes() {
        dog.tellIt(new Renamed("Rex"));
        dog.tellIt(new TrickAdded("sit", List.of("now")));
        dog.tellIt(new Weighed(7.5));
        dog.tellIt(new Praised("Ada"));
        dog.tellIt(new Slept());
        dog.tellIt(new Box<>(new Renamed("Bello")));

        assertThat(dog.log)
                .containsExactly("age 3", "renamed", "sit[now]", "weighs 7.5", "praised by Ada", "zzz", "box of Bello");
        assertThat(dog.pendingEvents())
                .extracting(PendingEvent::name)
                .containsExactly("Registered", "Renamed", "TrickAdded", "WeighedIn", "PraisedLoudly", "Slept", "Box");
        RoundTrip.of(dog);
    }

    @Test
    void triggerInABodyIsPartOfIt() {
        dog.tell(new Renamed("Rex"), "twice");

        assertThat(dog.pendingEvents()).extracting(PendingEvent::name).containsExactly("Registered", "ToldTwice");
        assertThat(RoundTrip.of(dog).log).containsExactly("age 3", "renamed", "twice");
    }

    @Test
    void triggerOfARecordThatNoMethodTakesIsRefused() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> dog.tellIt(new Unknown("x")))
                .withMessageContainingAll("RecordEventTest$Dog", "RecordEventTest$Unknown", "no @Event method");
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> dog.tellIt(new Registered("x", 1)));
        assertThat(dog.pendingEvents()).hasSize(1);
    }

    @Test
    void triggerOfARecordThatSeveralMethodsTakeIsRefused() {
        assertThatExceptionOfType(AggregateDefinitionException.class)
                .isThrownBy(() -> dog.tellIt(new Ambiguous("x")))
                .withMessageContainingAll("RecordEventTest$Ambiguous", "One", "Two", "call the method itself");
    }
}
