package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaveTest {

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final Repository repository = eventSourcing.repository();
    private final Dog fido = new Dog("Fido");
    private final Dog rex = new Dog("Rex");

    private List<RecordedEvent> stored() {
        return store.readAll(ReadOptions.forwards()).toList();
    }

    @Test
    void resultSaysWhatWasRecorded() {
        fido.addTrick("sit");

        SaveResult result = eventSourcing.save(fido, rex);

        List<RecordedEvent> stored = stored();
        assertThat(result.isEmpty()).isFalse();
        assertThat(result.recordings()).hasSize(2);
        Recording first = result.recordings().get(0);
        assertThat(first.aggregateId()).isEqualTo(fido.id());
        assertThat(first.version()).isEqualTo(2);
        assertThat(first.stream()).isEqualTo(StreamName.of("Dog-" + fido.id()));
        assertThat(first.events()).extracting(NewEvent::type).containsExactly("Dog.Registered", "Dog.TrickAdded");
        assertThat(first.events().get(1).id()).isEqualTo(stored.get(1).id());
        assertThat(first.commitPosition()).isEqualTo(stored.get(1).commitPosition());
        assertThat(result.recordings().get(1).aggregateId()).isEqualTo(rex.id());
        assertThat(result.commitPosition()).isEqualTo(stored.get(2).commitPosition());
    }

    @Test
    void nothingIsPendingAfterASave() {
        eventSourcing.save(fido);

        assertThat(fido.pendingEvents()).isEmpty();
        assertThat(fido.version()).isEqualTo(1);
    }

    @Test
    void eventsOfALaterSaveFollowThoseOfTheFirst() {
        eventSourcing.save(fido);
        fido.addTrick("sit");
        SaveResult second = eventSourcing.save(fido);

        assertThat(second.recordings().get(0).version()).isEqualTo(2);
        assertThat(second.recordings().get(0).events()).hasSize(1);
        assertThat(repository.get(Dog.class, fido.id()).tricks()).containsExactly("sit");
    }

    @Test
    void savingWhatHasNothingPendingStoresNothing() {
        eventSourcing.save(fido);

        SaveResult result = eventSourcing.save(fido);

        assertThat(result.isEmpty()).isTrue();
        assertThat(result.recordings()).isEmpty();
        assertThat(result.commitPosition()).isZero();
        assertThat(eventSourcing.save().isEmpty()).isTrue();
        assertThat(stored()).hasSize(1);
    }

    @Test
    void unchangedAggregatesAreLeftOutOfTheResult() {
        eventSourcing.save(fido);
        fido.addTrick("sit");

        SaveResult result = eventSourcing.save(rex, fido, repository.get(Dog.class, fido.id()));

        assertThat(result.recordings()).extracting(Recording::aggregateId).containsExactly(rex.id(), fido.id());
    }

    @Test
    void aggregateNamedTwiceIsSavedOnce() {
        SaveResult result = eventSourcing.save(fido, rex, fido);

        assertThat(result.recordings()).extracting(Recording::aggregateId).containsExactly(fido.id(), rex.id());
        assertThat(stored()).hasSize(2);
    }

    @Test
    void severalAreSavedOrNone() {
        eventSourcing.save(fido);
        eventSourcing.repository().update(Dog.class, fido.id(), dog -> dog.addTrick("sit"));
        fido.addTrick("down");

        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(rex, fido));

        assertThat(repository.exists(Dog.class, rex.id())).isFalse();
        assertThat(stored()).hasSize(2);
        assertThat(rex.pendingEvents()).hasToString("[Registered{name=Rex}]");
        assertThat(fido.pendingEvents()).hasToString("[TrickAdded{trick=down}]");
        assertThat(eventSourcing.save(rex).recordings()).hasSize(1);
    }

    @Test
    void twoObjectsOfOneAggregateAreRefusedAndKeepTheirEvents() {
        eventSourcing.save(fido);
        Dog same = repository.get(Dog.class, fido.id());
        fido.addTrick("sit");
        same.addTrick("down");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> eventSourcing.save(fido, same))
                .withMessageContaining("Dog-" + fido.id());

        assertThat(stored()).hasSize(1);
        assertThat(fido.pendingEvents()).hasSize(1);
        assertThat(same.pendingEvents()).hasSize(1);
    }

    @Test
    void storeThatCanOnlyAppendToOneStreamRefusesSeveral() {
        EventSourcing single = EventSourcing.of(new SingleStreamStore(store));

        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> single.save(fido, rex))
                .withMessageContaining("MultiStreamAppender");

        assertThat(stored()).isEmpty();
        assertThat(single.save(fido).recordings()).hasSize(1);
        assertThat(single.save(rex).recordings()).hasSize(1);
    }

    @Test
    void payloadBeyondTheLimitIsRefusedBeforeAnythingIsStored() {
        fido.addTrick("x".repeat(NewEvent.MAX_BYTES));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> eventSourcing.save(rex, fido))
                .withMessageContainingAll("Dog.TrickAdded", "at most " + NewEvent.MAX_BYTES + " bytes");

        assertThat(stored()).isEmpty();
        assertThat(rex.pendingEvents()).hasSize(1);
    }

    @Test
    void aggregateThatNoEventMadeIsRefused() {
        Foundling foundling = new Foundling();
        foundling.found("here");

        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> eventSourcing.save(fido, foundling))
                .withMessageStartingWith("Foundling[id=" + foundling.id())
                .withMessageContaining("was made by a constructor without @Event")
                .withMessageContaining("give that constructor @Event");
        assertThat(stored()).isEmpty();
        assertThat(fido.pendingEvents()).hasSize(1);
    }

    static class Foundling extends Aggregate {
        Foundling() {}

        @Event("Left")
        Foundling(String where) {}

        @Event("Found")
        void found(String where) {}
    }

    /** Plays no role but those that every store plays. */
    private record SingleStreamStore(MemoryEventStore memory) implements EventStore {

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return memory.append(stream, expected, events);
        }

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return memory.read(stream, options);
        }

        @Override
        public EventSequence readAll(ReadOptions options) {
            return memory.readAll(options);
        }

        @Override
        public StreamPosition position(StreamName stream) {
            return memory.position(stream);
        }

        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return memory.subscribe(options, listener);
        }

        @Override
        public String description() {
            return "one stream at a time";
        }

        @Override
        public void close() {}
    }
}
