package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** Aggregates of tenants. */
class TenantTest {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    static class Customer extends Aggregate {
        final String name;

        @Event("Registered")
        Customer(String subject, @Personal(subject = "subject", replacement = "forgotten") String name) {
            this.name = name;
        }
    }

    static class Kennel extends Application {
        UUID register(String name) {
            Dog dog = new Dog(name);
            save(dog);
            return dog.id();
        }

        boolean hasDog(UUID id) {
            return repository().exists(Dog.class, id);
        }
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing whole =
            EventSourcing.builder(store).cipherKeys(KEYS).build();
    private final EventSourcing north = whole.forTenant("north");
    private final EventSourcing south = whole.forTenant("south");

    @Test
    void aggregatesAreFoundInTheirTenantAlone() {
        Dog dog = new Dog("Fido");
        north.save(dog);
        assertThat(north.repository().find(Dog.class, dog.id())).isPresent();
        assertThat(south.repository().find(Dog.class, dog.id())).isEmpty();
        assertThat(whole.repository().find(Dog.class, dog.id())).isEmpty();
        north.repository().update(Dog.class, dog.id(), found -> found.addTrick("sit"));
        assertThat(north.repository().history(Dog.class, dog.id()).toList())
                .hasSize(2)
                .allMatch(event -> event.tenant().equals("north"));
    }

    @Test
    void anotherObjectForTheSameTenantFindsTheSame() {
        Dog dog = new Dog("Fido");
        north.save(dog);
        assertThat(whole.forTenant("north").repository().exists(Dog.class, dog.id()))
                .isTrue();
    }

    @Test
    void aggregateOfAnotherTenantIsNotSavedThere() {
        Dog dog = new Dog("Fido");
        north.save(dog);
        dog.addTrick("sit");
        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> south.save(dog));
        assertThat(south.store().readAll(ReadOptions.forwards()).toList()).isEmpty();
    }

    @Test
    void metadataIsThatOfTheWhole() {
        EventSourcing marked = EventSourcing.builder(store)
                .metadata(() -> Metadata.none().with("user", "ana"))
                .build();
        marked.forTenant("marked").save(new Dog("Fido"));
        RecordedEvent event = store.readAll(ReadOptions.forwards()).toList().get(0);
        assertThat(new String(event.metadata(), StandardCharsets.UTF_8)).contains("ana");
        assertThat(event.tenant()).isEqualTo("marked");
    }

    @Test
    void subjectIsForgottenInItsTenantAlone() {
        UUID ofNorth = register(north);
        UUID ofSouth = register(south);
        UUID ofWhole = register(whole);
        north.forget("ann");
        assertThat(name(north, ofNorth)).isEqualTo("forgotten");
        assertThat(name(whole.forTenant("north"), ofNorth)).isEqualTo("forgotten");
        assertThat(name(south, ofSouth)).isEqualTo("Ann");
        assertThat(name(whole, ofWhole)).isEqualTo("Ann");
        assertThat(name(north, register(north))).isEqualTo("Ann");
    }

    private static UUID register(EventSourcing eventSourcing) {
        Customer customer = new Customer("ann", "Ann");
        eventSourcing.save(customer);
        return customer.id();
    }

    private static String name(EventSourcing eventSourcing, UUID id) {
        return eventSourcing.repository().get(Customer.class, id).name;
    }

    @Test
    void wholeReadsThePersonalDataOfTenantsUntilItIsForgotten() {
        register(north);
        assertThat(readByWhole()).contains("Ann");
        whole.forTenant("north").forget("ann");
        assertThat(readByWhole()).contains("forgotten").doesNotContain("Ann");
    }

    private String readByWhole() {
        RecordedEvent event = store.readAll(ReadOptions.forwards()).toList().get(0);
        RecordedEvent read = whole.read(event).get(0);
        assertThat(read.tenant()).isEqualTo("north");
        return new String(read.data(), StandardCharsets.UTF_8);
    }

    @Test
    void keysThatKnowNoTenantsAreRefused() {
        SubjectKeys simple = new SubjectKeys() {
            @Override
            public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
                return candidate;
            }

            @Override
            public Optional<SubjectKey> find(UUID id) {
                return Optional.empty();
            }

            @Override
            public void forget(String subject) {}
        };
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .cipherKeys(KEYS)
                .subjectKeys(simple)
                .build();
        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> eventSourcing.forTenant("north"))
                .withMessageContaining("keys of subjects by tenant");
    }

    @Test
    void storeWithoutTenantsIsRefusedByName() {
        EventSourcing eventSourcing = EventSourcing.of(new ForwardingStore());
        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> eventSourcing.forTenant("north"))
                .withMessageContaining(Tenants.class.getSimpleName());
        assertThatExceptionOfType(UnsupportedByStoreException.class).isThrownBy(() -> north.forTenant("south"));
    }

    @Test
    void closingATenantsLeavesTheStoreOpen() {
        north.close();
        whole.save(new Dog("Fido"));
        whole.forTenant("north").save(new Dog("Rex"));
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(2);
    }

    @Test
    void applicationWorksForTheTenantItIsWiredTo() {
        Kennel ofNorth = new Kennel();
        Kennel ofSouth = new Kennel();
        north.wire(ofNorth);
        south.wire(ofSouth);
        UUID fido = ofNorth.register("Fido");
        assertThat(ofNorth.hasDog(fido)).isTrue();
        assertThat(ofSouth.hasDog(fido)).isFalse();
    }

    @Test
    void oneApplicationServesTheCurrentTenant() {
        AtomicReference<String> current = new AtomicReference<>("north");
        Kennel kennel = new Kennel();
        EventSourcing.builder(store).currentTenant(current::get).build().wire(kennel);
        UUID fido = kennel.register("Fido");
        assertThat(kennel.hasDog(fido)).isTrue();
        current.set("south");
        assertThat(kennel.hasDog(fido)).isFalse();
        assertThat(north.repository().exists(Dog.class, fido)).isTrue();
    }

    @Test
    void currentTenantsSubjectIsForgotten() {
        AtomicReference<String> current = new AtomicReference<>("south");
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .cipherKeys(KEYS)
                .currentTenant(current::get)
                .build();
        UUID ofSouth = register(eventSourcing);
        current.set("north");
        eventSourcing.forget("ann");
        current.set("south");
        assertThat(name(eventSourcing, ofSouth)).isEqualTo("Ann");
        eventSourcing.forget("ann");
        assertThat(name(eventSourcing, ofSouth)).isEqualTo("forgotten");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void withoutACurrentTenantNothingIsDone(String id) {
        EventSourcing eventSourcing =
                EventSourcing.builder(store).currentTenant(() -> id).build();
        for (Runnable call : List.<Runnable>of(
                eventSourcing::repository,
                () -> eventSourcing.save(new Dog("Fido")),
                () -> eventSourcing.forget("ann"))) {
            assertThatIllegalStateException()
                    .isThrownBy(call::run)
                    .withMessageContaining("CurrentTenant")
                    .withMessageContaining("forTenant");
        }
        assertThat(store.readAll(ReadOptions.forwards()).toList()).isEmpty();
    }

    @Test
    void sealsAreOfAllTenants() {
        Integrity integrity = Integrity.of(store, IntegrityKeys.none());
        Dog fido = new Dog("Fido");
        north.save(fido);
        south.save(new Dog("Rex"));
        whole.save(new Dog("Bello"));
        assertThat(integrity.seal()).isEqualTo(3);
        integrity.verifyAll().requireIntact();
        RecordedEvent event =
                north.repository().history(Dog.class, fido.id()).toList().get(0);
        assertThat(integrity.verifyStream("north", event.stream()).verified()).isEqualTo(1);
        assertThat(integrity.verifyStream(event.stream()).verified()).isZero();
        integrity.verifyEvent(event).requireIntact();
        assertThat(integrity.verifyEvent(movedTo("south", event)).breach()).isPresent();
        assertThatExceptionOfType(UnsupportedByStoreException.class)
                .isThrownBy(() -> Integrity.of(north.store(), IntegrityKeys.none()))
                .withMessageContaining("SealsSource");
    }

    @Test
    void streamsOfTheSameNameAreVerifiedApart() {
        StreamName name = StreamName.of("Dog-1");
        for (EventStore tenant : List.of(store, north.store(), south.store())) {
            tenant.append(name, ExpectedPosition.any(), List.of(event(), event()));
        }
        Integrity integrity = Integrity.of(store, IntegrityKeys.none());
        integrity.seal();
        assertThat(integrity.verifyStream(name).verified()).isEqualTo(2);
        assertThat(integrity.verifyStream("south", name).verified()).isEqualTo(2);
    }

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "Happened", new byte[0], new byte[0], Instant.EPOCH);
    }

    private static RecordedEvent movedTo(String tenant, RecordedEvent event) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.timestamp(),
                event.tags(),
                tenant);
    }
}
