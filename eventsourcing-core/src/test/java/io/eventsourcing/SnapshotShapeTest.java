package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a class looks like, and what of it comes back. */
class SnapshotShapeTest extends SnapshotScene {

    @AggregateName("Kennel")
    static class Kennel extends Aggregate {
        private int places;

        @Event("Opened")
        Kennel() {}

        @Event("Extended")
        void extend(int by) {
            places += by;
        }
    }

    @AggregateName("Kennel")
    static class KennelWithOneFieldMore extends Aggregate {
        private int places;
        private int extensions;

        @Event("Opened")
        KennelWithOneFieldMore() {}

        @Event("Extended")
        void extend(int by) {
            places += by;
            extensions++;
        }
    }

    @AggregateName("Kennel")
    @SnapshotRevision(2)
    static class KennelThatCountsDouble extends Aggregate {
        private int places;

        @Event("Opened")
        KennelThatCountsDouble() {}

        @Event("Extended")
        void extend(int by) {
            places += 2 * by;
        }
    }

    @AggregateName(value = "Boarding", formerly = "Kennel")
    static class Boarding extends Aggregate {
        private int places;

        @Event("Opened")
        Boarding() {}

        @Event(value = "Extended", revision = 2)
        void extend(int by) {
            places += by;
        }
    }

    private Kennel savedKennel() {
        Kennel kennel = new Kennel();
        for (int i = 0; i < 12; i++) {
            kennel.extend(1);
        }
        eventSourcing.save(kennel);
        assertThat(latest(kennel)).contains(12L);
        return kennel;
    }

    @Test
    void aSnapshotOfAnOldShapeIsIgnoredAndRebuilt() {
        UUID id = savedKennel().id();
        EventSourcing today = with(SnapshotPolicy.every(5));
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).extensions)
                .isEqualTo(12);
        assertThat(lastReadFrom()).isZero();
        today.repository().update(KennelWithOneFieldMore.class, id, kennel -> kennel.extend(3));
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).extensions)
                .isEqualTo(13);
        assertThat(lastReadFrom()).isEqualTo(13);
        assertThat(today.repository().get(KennelWithOneFieldMore.class, id).places)
                .isEqualTo(15);
    }

    @Test
    void aSnapshotOfAnOldRevisionIsIgnored() {
        UUID id = savedKennel().id();
        assertThat(with(SnapshotPolicy.never()).repository().get(KennelThatCountsDouble.class, id).places)
                .isEqualTo(24);
    }

    @Test
    void anUpcasterThatWasAddedMakesSnapshotsOld() {
        UUID id = savedKennel().id();
        EventSourcing today = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.every(5)).writtenBy(Runnable::run))
                .upcasters(List.of(Upcaster.from("Boarding.Extended", 1).change(data -> data.put("by", 10))))
                .build();
        assertThat(today.repository().get(Boarding.class, id).places).isEqualTo(120);
        today.repository().update(Boarding.class, id, kennel -> kennel.extend(3));
        Boarding loaded = today.repository().get(Boarding.class, id);
        assertThat(lastReadFrom()).isEqualTo(13);
        assertThat(loaded.places).isEqualTo(123);
        assertThat(loaded.stream().category()).isEqualTo("Kennel");
    }

    @Test
    void anUpcasterOfAnEventThatTheClassDoesNotHaveMakesSnapshotsOld() {
        UUID id = savedKennel().id();
        EventSourcing today = EventSourcing.builder(store)
                .snapshots(SnapshotOptions.of(SnapshotPolicy.never()).writtenBy(Runnable::run))
                .upcasters(List.of(Upcaster.from("Kennel.Painted", 1).drop()))
                .build();
        assertThat(today.repository().get(Kennel.class, id).places).isEqualTo(12);
        assertThat(lastReadFrom()).isZero();
    }

    abstract static class Box<T> extends Aggregate {
        private final List<T> contents = new ArrayList<>();
        private String label = "none";

        void put(T thing) {
            contents.add(thing);
        }
    }

    record Ball(String colour, Optional<Integer> size) {}

    static class Toy {
        private final List<Ball> balls = new ArrayList<>();
        private int count;
    }

    static class ToyBox extends Box<Ball> {
        private final String label;
        private final Toy toy = new Toy();
        private final Set<String> colours = new HashSet<>();
        private transient int notStored;

        @Event("Made")
        ToyBox(String label) {
            this.label = label;
        }

        @Event("Filled")
        void fill(Ball ball) {
            put(ball);
            toy.balls.add(ball);
            toy.count++;
            colours.add(ball.colour());
        }
    }

    @Test
    void privateAndFinalAndInheritedAndGenericFieldsAreRestored() {
        ToyBox box = new ToyBox("mine");
        for (int i = 0; i < 10; i++) {
            box.fill(new Ball("colour " + i, i == 3 ? Optional.empty() : Optional.of(i)));
        }
        eventSourcing.save(box);
        ToyBox loaded = eventSourcing.repository().get(ToyBox.class, box.id());

        assertThat(lastReadFrom()).isEqualTo(10);
        assertThat(loaded)
                .usingRecursiveComparison()
                .ignoringFields("type", "clock", "progress", "replayed", "stream", "pending")
                .isEqualTo(box);
        assertThat(loaded.label).isEqualTo("mine");
        loaded.fill(new Ball("another", Optional.empty()));
        eventSourcing.save(loaded);
        assertThat(eventSourcing.repository().get(ToyBox.class, box.id()).toy.count)
                .isEqualTo(11);
        assertThat(loaded.notStored).isZero();
    }

    static class Sorted extends Aggregate {
        private final Set<String> names = new TreeSet<>();

        @Event("Made")
        Sorted() {}

        @Event("Named")
        void name(String name) {
            names.add(name);
        }
    }

    static class Remembering extends Aggregate {
        private transient int calls;

        @Event("Made")
        Remembering() {
            calls = 1;
        }
    }

    static class Vague extends Aggregate {
        private Object anything = "x";

        @Event("Made")
        Vague() {}
    }

    @Test
    void aClassWhoseStateWouldNotComeBackAsItIsIsSetAside() {
        EventSourcing eager = with(SnapshotPolicy.every(1));
        Sorted sorted = new Sorted();
        Remembering remembering = new Remembering();
        Vague vague = new Vague();
        eager.save(sorted, remembering, vague);
        sorted.name("b");
        eager.save(sorted);

        for (Aggregate aggregate : List.of(sorted, remembering, vague)) {
            assertThat(latest(aggregate)).as("%s", aggregate).isEmpty();
            assertThat(eager.repository()
                            .get(aggregate.getClass(), aggregate.id())
                            .version())
                    .isEqualTo(aggregate.version());
        }
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Sorted.class, sorted.id()))
                .withMessageContaining("Sorted.names is a java.util.TreeSet");
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Remembering.class, remembering.id()))
                .withMessageContaining("calls");
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eager.repository().takeSnapshot(Vague.class, vague.id()))
                .withMessageContaining("anything");
        assertThat(eager.snapshotStatistics().failed()).isEqualTo(2);
    }
}
