package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.Personal;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemorySubjectKeys;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The server keeps what is encrypted as it is, and no keys of subjects: those come from elsewhere. */
class PersonalTest {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @AggregateName("Customer")
    static class Customer extends Aggregate {
        private String name;

        @Event("Registered")
        Customer(@Personal String name) {
            this.name = name;
        }

        @Event(value = "Renamed", revision = 2)
        void rename(@Personal String name) {
            this.name = name;
        }
    }

    private static EventSourcingBuilder builder(TestedServer server) {
        return EventSourcing.builder(server.store().open())
                .cipherKeys(KEYS)
                .upcasters(Upcaster.from("Customer.Renamed", 1).change(data -> {}));
    }

    @Test
    void personalDataIsReadUntilItIsForgotten() {
        MemorySubjectKeys keys = new MemorySubjectKeys();
        try (TestedServer server = TestedServer.start();
                EventSourcing eventSourcing = builder(server).subjectKeys(keys).build()) {
            Customer customer = new Customer("Ann");
            customer.rename("Anna".repeat(100));
            eventSourcing.save(Metadata.ofCorrelationId("c-1"), customer);
            assertThat(eventSourcing.repository().get(Customer.class, customer.id()).name)
                    .isEqualTo(customer.name);
            eventSourcing.forget(customer.id().toString());

            Customer forgotten = eventSourcing.repository().get(Customer.class, customer.id());
            assertThat(forgotten.name).isNull();
            assertThat(forgotten.version()).isEqualTo(2);
        }
    }

    @Test
    void withoutSomethingThatKeepsKeysItIsRefused() {
        try (TestedServer server = TestedServer.start();
                EventSourcing eventSourcing = builder(server).build()) {
            assertThatExceptionOfType(EventMappingException.class)
                    .isThrownBy(() -> eventSourcing.save(new Customer("Ann")))
                    .withMessageContaining("doesn't keep the keys of subjects");
        }
    }

    @Test
    void compressionWithoutItsLibraryIsRefused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> EventSourcing.builder(new MemoryEventStore())
                        .compression(Compression.ZSTD)
                        .build())
                .withMessageContainingAll("COMPRESSOR", "com.github.luben:zstd-jni");
        RecordedEvent compressed = new RecordedEvent(
                StreamName.of("Dog-1"),
                0,
                1,
                UUID.randomUUID(),
                "Dog.Registered",
                new byte[] {1, 'E', 'S', 'Z', 0},
                new byte[0],
                Instant.EPOCH);
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> EventSourcing.of(new MemoryEventStore()).read(compressed))
                .withMessageContainingAll("Dog.Registered[Dog-1@0", "com.github.luben:zstd-jni");
    }
}
