package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamAppend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutcomeUnknownTest {

    /** Writes, and then says once that it doesn't know; or says once that it can't be reached. */
    private static class Unsteady extends ForwardingStore {
        final List<UUID> ids = new ArrayList<>();
        boolean writesAndFails;
        boolean isDown;

        @Override
        public List<AppendResult> append(List<StreamAppend> appends) {
            appends.forEach(append -> append.events().stream().map(NewEvent::id).forEach(ids::add));
            if (isDown) {
                isDown = false;
                throw new StoreUnavailableException("down", null);
            }
            List<AppendResult> results = super.append(appends);
            if (writesAndFails) {
                writesAndFails = false;
                throw new AppendOutcomeUnknownException("connection lost", new IOException());
            }
            return results;
        }
    }

    private final Unsteady store = new Unsteady();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final Dog fido = new Dog("Fido");

    @BeforeEach
    void addTricks() {
        fido.addTrick("sit");
        fido.addTrick("down");
    }

    private long numberStored() {
        return store.readAll(ReadOptions.forwards()).stream().count();
    }

    @Test
    void saveAfterAnUnknownOutcomeWritesNothingTwice() {
        store.writesAndFails = true;
        assertThatExceptionOfType(AppendOutcomeUnknownException.class).isThrownBy(() -> eventSourcing.save(fido));
        assertThat(fido.pendingEvents()).hasSize(3);

        SaveResult result = eventSourcing.save(fido);

        assertThat(numberStored()).isEqualTo(3);
        assertThat(result.recordings().get(0).version()).isEqualTo(3);
        assertThat(result.commitPosition()).isEqualTo(3);
        assertThat(fido.pendingEvents()).isEmpty();
        assertThat(store.ids).hasSize(6);
        assertThat(store.ids.subList(3, 6)).isEqualTo(store.ids.subList(0, 3));
    }

    @Test
    void sameHoldsForSeveralAggregates() {
        Dog rex = new Dog("Rex");
        store.writesAndFails = true;
        assertThatExceptionOfType(AppendOutcomeUnknownException.class).isThrownBy(() -> eventSourcing.save(fido, rex));

        assertThat(eventSourcing.save(fido, rex).recordings()).hasSize(2);
        assertThat(numberStored()).isEqualTo(4);
    }

    @Test
    void aggregateGoesOnAfterwards() {
        store.writesAndFails = true;
        assertThatExceptionOfType(AppendOutcomeUnknownException.class).isThrownBy(() -> eventSourcing.save(fido));
        eventSourcing.save(fido);
        fido.addTrick("beg");
        eventSourcing.save(fido);

        assertThat(eventSourcing.repository().get(Dog.class, fido.id()).tricks())
                .containsExactly("sit", "down", "beg");
    }

    @Test
    void commandBetweenUnknownOutcomeAndSecondSaveIsAConflictThatLosesNothing() {
        store.writesAndFails = true;
        assertThatExceptionOfType(AppendOutcomeUnknownException.class).isThrownBy(() -> eventSourcing.save(fido));
        fido.addTrick("beg");

        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(fido));

        assertThat(fido.pendingEvents()).hasSize(4);
        assertThat(numberStored()).isEqualTo(3);
    }

    @Test
    void saveToAStoreThatCannotBeReachedMayBeRepeated() {
        store.isDown = true;
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> eventSourcing.save(fido));

        assertThat(fido.pendingEvents()).hasSize(3);
        assertThat(eventSourcing.save(fido).recordings()).hasSize(1);
        assertThat(numberStored()).isEqualTo(3);
    }

    @Test
    void updateDoesNotRepeatWhatMayHaveBeenWritten() {
        eventSourcing.save(fido);
        store.writesAndFails = true;

        assertThatExceptionOfType(AppendOutcomeUnknownException.class)
                .isThrownBy(() -> eventSourcing.repository().update(Dog.class, fido.id(), dog -> dog.addTrick("beg")));

        assertThat(numberStored()).isEqualTo(4);
    }
}
