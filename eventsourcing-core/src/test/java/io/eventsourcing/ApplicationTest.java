package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForkedJvm;
import io.eventsourcing.fixtures.RecordingModule;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.PersistenceModuleException;
import io.eventsourcing.store.ReadOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    static class TrainingSchool extends Application {
        TrainingSchool() {}

        TrainingSchool(Map<String, String> settings) {
            super(settings);
        }

        TrainingSchool(EventSourcing eventSourcing) {
            super(eventSourcing);
        }

        UUID register(String name) {
            Dog dog = new Dog(name);
            save(dog);
            return dog.id();
        }

        void addTrick(UUID id, String trick) {
            Dog dog = repository().get(Dog.class, id);
            dog.addTrick(trick);
            save(dog);
        }

        List<String> tricks(UUID id) {
            return repository().get(Dog.class, id).tricks();
        }
    }

    /** Prints what it finds under some names, which are set in different places. */
    static class Clinic extends Application {
        Clinic() {
            super(Map.of(
                    "EVERYWHERE", "map",
                    "PREFIXED_DEFAULT", "map",
                    "PREFIXED_ENVIRONMENT", "map",
                    "CLINIC_PREFIXED_TWICE", "map",
                    "BLANK_MAP", " "));
        }

        @Override
        protected Map<String, String> defaults() {
            return Map.of(
                    "PERSISTENCE_MODULE", "memory",
                    "DEFAULT", "default",
                    "ENVIRONMENT", "default",
                    "EVERYWHERE", "default",
                    "CLINIC_PREFIXED_DEFAULT", "default",
                    "BLANK_ENVIRONMENT", "default",
                    "BLANK_MAP", "default");
        }

        public static void main(String[] args) {
            new Clinic().repository();
            RecordingModule.Opened store = RecordingModule.takeOpened().get(0);
            List.of(
                            "DEFAULT",
                            "ENVIRONMENT",
                            "EVERYWHERE",
                            "PREFIXED_DEFAULT",
                            "PREFIXED_ENVIRONMENT",
                            "PREFIXED_TWICE",
                            "BLANK_ENVIRONMENT",
                            "BLANK_MAP")
                    .forEach(name -> System.out.println(name + "=" + store.settings.require(name)));
        }
    }

    private static final Map<String, String> RECORDING = Map.of("PERSISTENCE_MODULE", "recording");

    @BeforeEach
    void forgetStores() {
        RecordingModule.takeOpened();
    }

    @Test
    void runsTheScenarioOfTheFirstScreen() {
        TrainingSchool school = new TrainingSchool();
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        school.addTrick(fido, "play dead");

        assertThat(school.tricks(fido)).containsExactly("roll over", "play dead");
        assertThat(school.repository().get(Dog.class, fido).version()).isEqualTo(3);
        assertThat(school.name()).isEqualTo("TrainingSchool");
    }

    @Test
    void withoutSettingsEachKeepsItsEventsInMemoryOfItsOwn() {
        TrainingSchool school = new TrainingSchool();
        UUID fido = school.register("Fido");

        assertThat(new TrainingSchool().repository().exists(Dog.class, fido)).isFalse();
        assertThat(school.repository().exists(Dog.class, fido)).isTrue();
        assertThat(RecordingModule.takeOpened()).isEmpty();
    }

    @Test
    void opensItsStoreWhenItIsFirstNeededAndOnce() {
        TrainingSchool school = new TrainingSchool(RECORDING);
        assertThat(RecordingModule.takeOpened()).isEmpty();

        school.register("Fido");
        school.register("Rex");

        assertThat(RecordingModule.takeOpened()).hasSize(1);
    }

    @Test
    void settingsForTheApplicationWinOverThoseForAll() {
        new TrainingSchool(Map.of("TRAININGSCHOOL_PERSISTENCE_MODULE", "recording", "PERSISTENCE_MODULE", "none"))
                .repository();

        assertThat(RecordingModule.takeOpened()).hasSize(1);
    }

    @Test
    void environmentWinsOverDefaultsAndTheMapOverBoth() {
        ForkedJvm.Result result = new ForkedJvm()
                .environment("CLINIC_PERSISTENCE_MODULE", "Recording")
                .environment("ENVIRONMENT", "environment")
                .environment("EVERYWHERE", "environment")
                .environment("PREFIXED_DEFAULT", "environment")
                .environment("CLINIC_PREFIXED_ENVIRONMENT", "environment")
                .environment("CLINIC_PREFIXED_TWICE", "environment")
                .environment("BLANK_ENVIRONMENT", "")
                .run(Clinic.class.getName());

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        "DEFAULT=default",
                        "ENVIRONMENT=environment",
                        "EVERYWHERE=map",
                        "PREFIXED_DEFAULT=default",
                        "PREFIXED_ENVIRONMENT=environment",
                        "PREFIXED_TWICE=map",
                        "BLANK_ENVIRONMENT=default",
                        "BLANK_MAP=default");
    }

    @Test
    void unknownModuleNamesThoseFound() {
        TrainingSchool school = new TrainingSchool(Map.of("PERSISTENCE_MODULE", "floppy"));

        assertThatExceptionOfType(PersistenceModuleException.class)
                .isThrownBy(school::repository)
                .withMessageContainingAll("'floppy'", "PERSISTENCE_MODULE", "memory", "recording");
    }

    @Test
    void closesTheStoreThatItOpened() {
        TrainingSchool school = new TrainingSchool(RECORDING);
        school.register("Fido");
        RecordingModule.Opened store = RecordingModule.takeOpened().get(0);

        school.close();

        assertThat(store.closed).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> school.register("Rex"))
                .withMessage("TrainingSchool is closed");
        assertThatIllegalStateException().isThrownBy(school::repository);
    }

    @Test
    void closingTwiceClosesOnce() {
        TrainingSchool school = new TrainingSchool(RECORDING);
        school.register("Fido");
        RecordingModule.Opened store = RecordingModule.takeOpened().get(0);

        school.close();
        school.close();

        assertThat(store.closed).isEqualTo(1);
    }

    @Test
    void closedBeforeItsFirstUseItOpensNothing() {
        TrainingSchool school = new TrainingSchool(RECORDING);
        school.close();

        assertThatIllegalStateException().isThrownBy(school::repository);
        assertThat(RecordingModule.takeOpened()).isEmpty();
    }

    @Test
    void leavesOpenWhatItWasGiven() {
        RecordingModule.Opened store = opened();
        try (TrainingSchool school = new TrainingSchool(EventSourcing.of(store))) {
            school.register("Fido");
        }

        assertThat(store.closed).isZero();
    }

    @Test
    void wiringGivesAnApplicationItsStore() {
        RecordingModule.Opened store = opened();
        EventSourcing eventSourcing = EventSourcing.of(store);
        TrainingSchool school = new TrainingSchool();
        eventSourcing.wire(school);

        UUID fido = school.register("Fido");
        school.close();

        assertThat(eventSourcing.repository().exists(Dog.class, fido)).isTrue();
        assertThat(store.closed).isZero();
    }

    @Test
    void wiringLeavesAloneWhatHasAStoreOrSettings() {
        EventSourcing given = EventSourcing.of(new MemoryEventStore());
        EventSourcing late = EventSourcing.of(new MemoryEventStore());
        TrainingSchool withStore = new TrainingSchool(given);
        TrainingSchool withSettings = new TrainingSchool(RECORDING);
        TrainingSchool used = new TrainingSchool();
        used.repository();
        List.of(withStore, withSettings, used).forEach(late::wire);

        UUID fido = withStore.register("Fido");
        withSettings.register("Rex");
        used.register("Bella");

        assertThat(given.repository().exists(Dog.class, fido)).isTrue();
        assertThat(RecordingModule.takeOpened()).hasSize(1);
        assertThat(late.store().readAll(ReadOptions.forwards())).isEmpty();
    }

    @Test
    void saveTakesMetadata() {
        TrainingSchool school = new TrainingSchool();
        Dog fido = new Dog("Fido");

        school.save(Metadata.ofCorrelationId("c"), fido);

        assertThat(school.repository().history(Dog.class, fido.id()).toList())
                .singleElement()
                .satisfies(event -> assertThat(
                                new JacksonEventMapper().decodeMetadata(event).correlationId())
                        .contains("c"));
    }

    @Test
    void everyMethodCanBeProxied() {
        assertThat(Application.class.getDeclaredMethods())
                .filteredOn(method -> !Modifier.isPrivate(method.getModifiers()))
                .noneMatch(method -> Modifier.isFinal(method.getModifiers()))
                .extracting(Method::getName)
                .contains("save", "repository", "close", "name");
        assertThat(Arrays.stream(Application.class.getFields())).isEmpty();
    }

    private static RecordingModule.Opened opened() {
        new TrainingSchool(RECORDING).repository();
        return RecordingModule.takeOpened().get(0);
    }
}
