package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.RecordingModule;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryPersistenceModule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistenceModulesTest {

    private record Named(String name) implements PersistenceModule {
        @Override
        public EventStore open(Settings settings) {
            return new MemoryEventStore();
        }
    }

    private final PersistenceModules onClassPath = PersistenceModules.onClassPath();

    @ParameterizedTest
    @ValueSource(
            strings = {"recording", "RECORDING", " Recording ", "eventsourcing_recording", "eventsourcing.recording"})
    void moduleIsFoundByItsNameHoweverItIsWritten(String name) {
        assertThat(onClassPath.choose(Optional.of(name))).isInstanceOf(RecordingModule.class);
    }

    @Test
    void memoryOpensAnEmptyStoreEachTime() {
        PersistenceModule memory = onClassPath.choose(Optional.of("memory"));

        assertThat(memory).isInstanceOf(MemoryPersistenceModule.class);
        assertThat(memory.open(Settings.none())).isNotSameAs(memory.open(Settings.none()));
    }

    @Test
    void withoutANameTheOnlyOneBesidesMemoryIsMeant() {
        assertThat(onClassPath.choose(Optional.empty())).isInstanceOf(RecordingModule.class);
    }

    @Test
    void severalWithoutAChoiceAreRefusedByName() {
        PersistenceModules modules = PersistenceModules.of(List.of(new Named("jdbc")));

        assertThatExceptionOfType(PersistenceModuleException.class)
                .isThrownBy(() -> modules.choose(Optional.empty()))
                .withMessageContainingAll("Several", "PERSISTENCE_MODULE", "jdbc", "memory", "recording")
                .satisfies(e -> assertThat(e.found()).containsExactlyInAnyOrder("jdbc", "memory", "recording"));
        assertThat(modules.choose(Optional.of("jdbc"))).isEqualTo(new Named("jdbc"));
    }

    @Test
    void unknownNameIsRefusedWithThoseFound() {
        assertThatExceptionOfType(PersistenceModuleException.class)
                .isThrownBy(() -> onClassPath.choose(Optional.of("floppy")))
                .withMessageContainingAll("'floppy'", "memory", "recording");
    }

    @Test
    void moduleGivenWinsOverTheOneOnTheClassPath() {
        Named mine = new Named("Recording");

        assertThat(PersistenceModules.of(List.of(mine)).choose(Optional.of("recording")))
                .isSameAs(mine);
    }
}
