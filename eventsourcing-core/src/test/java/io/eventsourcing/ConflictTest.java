package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.VersionConflictException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConflictTest {

    static class FromZero extends Aggregate {
        public static final int INITIAL_VERSION = 0;

        @Event("Started")
        FromZero() {}

        @Event
        void changed() {}
    }

    static class FromSeven extends Aggregate {
        public static final long INITIAL_VERSION = 7;

        @Event("Started")
        FromSeven() {}

        @Event
        void changed() {}
    }

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());
    private final Repository repository = eventSourcing.repository();

    private AggregateConflictException conflictOf(Aggregate... aggregates) {
        return catchThrowableOfType(AggregateConflictException.class, () -> eventSourcing.save(aggregates));
    }

    @Test
    void saysExpectedAndActualVersion() {
        Dog fido = new Dog("Fido");
        eventSourcing.save(fido);
        Dog other = repository.get(Dog.class, fido.id());
        other.addTrick("sit");
        other.addTrick("down");
        eventSourcing.save(other);
        fido.addTrick("bark");

        AggregateConflictException conflict = conflictOf(fido);

        assertThat(conflict)
                .hasMessage("Dog " + fido.id() + " was expected at version 1, but it is at version 3")
                .hasCauseInstanceOf(VersionConflictException.class);
        assertThat(conflict.aggregateId()).isEqualTo(fido.id());
        assertThat(conflict.expectedVersion()).hasValue(1);
        assertThat(conflict.actualVersion()).hasValue(3);
    }

    @Test
    void countsFromAnInitialVersionOfZero() {
        FromZero mine = new FromZero();
        eventSourcing.save(mine);
        repository.update(FromZero.class, mine.id(), FromZero::changed);
        mine.changed();

        AggregateConflictException conflict = conflictOf(mine);

        assertThat(conflict.expectedVersion()).hasValue(0);
        assertThat(conflict.actualVersion()).hasValue(1);
    }

    @Test
    void countsFromAnInitialVersionOfSeven() {
        FromSeven mine = new FromSeven();
        eventSourcing.save(mine);
        repository.update(FromSeven.class, mine.id(), FromSeven::changed);
        mine.changed();

        AggregateConflictException conflict = conflictOf(mine);

        assertThat(conflict.expectedVersion()).hasValue(7);
        assertThat(conflict.actualVersion()).hasValue(8);
    }

    @Test
    void newAggregateWhoseIdExistsIsAConflict() {
        UUID id = UUID.randomUUID();
        eventSourcing.save(new Dog(id, "Fido"));
        Dog second = new Dog(id, "Rex");

        AggregateConflictException conflict = conflictOf(second);

        assertThat(conflict).hasMessage("Dog " + id + " was expected not to exist, but it is at version 1");
        assertThat(conflict.expectedVersion()).isEmpty();
        assertThat(conflict.actualVersion()).hasValue(1);
        assertThat(second.pendingEvents()).hasSize(1);
        assertThat(repository.get(Dog.class, id).name()).isEqualTo("Fido");
    }

    @Test
    void aggregateOfAnotherStoreIsAConflict() {
        Dog fido = new Dog("Fido");
        EventSourcing.of(new MemoryEventStore()).save(fido);
        fido.addTrick("sit");

        AggregateConflictException conflict = conflictOf(fido);

        assertThat(conflict).hasMessage("Dog " + fido.id() + " was expected at version 1, but it doesn't exist");
        assertThat(conflict.actualVersion()).isEmpty();
    }

    @Test
    void losesNothingHoweverOftenItIsSaved() {
        Dog fido = new Dog("Fido");
        eventSourcing.save(fido);
        repository.update(Dog.class, fido.id(), dog -> dog.addTrick("sit"));
        fido.addTrick("bark");

        assertThat(conflictOf(fido)).isNotNull();
        fido.addTrick("beg");
        AggregateConflictException again = conflictOf(fido);

        assertThat(again.expectedVersion()).hasValue(1);
        assertThat(fido.pendingEvents()).hasToString("[TrickAdded{trick=bark}, TrickAdded{trick=beg}]");
        assertThat(fido.version()).isEqualTo(3);
        assertThat(repository.get(Dog.class, fido.id()).tricks()).containsExactly("sit");
    }

    @Test
    void conflictNamesTheOneAmongSeveral() {
        Dog fido = new Dog("Fido");
        Dog rex = new Dog("Rex");
        eventSourcing.save(fido, rex);
        repository.update(Dog.class, rex.id(), dog -> dog.addTrick("sit"));
        fido.addTrick("bark");
        rex.addTrick("bark");

        assertThat(conflictOf(fido, rex).aggregateId()).isEqualTo(rex.id());
        assertThat(fido.pendingEvents()).hasSize(1);
    }

    @Test
    void conflictIsAnExceptionOfThisLibrary() {
        UUID id = UUID.randomUUID();
        eventSourcing.save(new Dog(id, "Fido"));

        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eventSourcing.save(new Dog(id, "Rex")));
    }
}
