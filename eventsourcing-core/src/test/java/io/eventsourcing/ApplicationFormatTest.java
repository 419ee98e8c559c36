package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.RecordingModule;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.mapping.UpcasterException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application without Spring stores its events as. */
class ApplicationFormatTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    static class School extends Application {
        private final List<Upcaster> upcasters;

        School(Map<String, String> settings, Upcaster... upcasters) {
            super(settings);
            this.upcasters = List.of(upcasters);
        }

        @Override
        protected Collection<Upcaster> upcasters() {
            return upcasters;
        }

        byte[] stored(String name) {
            Dog dog = new Dog(name);
            save(dog);
            assertThat(repository().get(Dog.class, dog.id()).name()).isEqualTo(name);
            return repository().history(Dog.class, dog.id()).toList().get(0).data();
        }
    }

    static class Registry extends Application {
        Registry() {
            super(Map.of("PERSISTENCE_MODULE", "memory", "CIPHER_KEY", KEY));
        }
    }

    static class Citizen extends Aggregate {
        final String name;

        @Event("Registered")
        Citizen(@Personal String name) {
            this.name = name;
        }
    }

    @BeforeEach
    void forget() {
        RecordingModule.takeOpened();
    }

    @Test
    void settingsSayWhetherPayloadsAreEncryptedAndCompressed() {
        assertThat(new School(Map.of("CIPHER_KEY", KEY)).stored("Fido")).startsWith(1, 'E', 'S', 'A');
        assertThat(new School(Map.of("SCHOOL_COMPRESSOR", "zstd")).stored("Fido".repeat(100)))
                .startsWith(1, 'E', 'S', 'Z');
        assertThat(new School(Map.of("COMPRESSOR", "none")).stored("Fido")).startsWith('{');
    }

    @Test
    void aWrongSettingLeavesNoStoreOpen() {
        School school = new School(Map.of("PERSISTENCE_MODULE", "recording", "CIPHER_KEY", "x"));

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(school::repository)
                .withMessageContaining("CIPHER_KEY");
        assertThat(RecordingModule.takeOpened())
                .singleElement()
                .satisfies(store -> assertThat(store.closed).isEqualTo(1));
    }

    @Test
    void upcastersAreCheckedWhenTheStoreIsOpened() {
        School school = new School(
                Map.of(),
                Upcaster.from("Dog.Barked", 1).drop(),
                Upcaster.from("Dog.Barked", 1).drop());

        assertThatExceptionOfType(UpcasterException.class)
                .isThrownBy(school::repository)
                .withMessageContaining("Dog.Barked revision 1");
    }

    @Test
    void subjectsCanBeForgotten() {
        try (Registry registry = new Registry()) {
            Citizen ann = new Citizen("Ann");
            registry.save(ann);
            registry.forget(ann.id().toString());

            UUID id = ann.id();
            assertThat(registry.repository().get(Citizen.class, id).name).isNull();
        }
    }
}
