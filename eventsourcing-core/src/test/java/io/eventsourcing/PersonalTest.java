package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.fixtures.StoredEvents;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemorySubjectKeys;
import io.eventsourcing.store.RecordedEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTest {

    private static final String CANARY = "kanarienvogel";
    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    record Address(String street, int number) {}

    record Moved(@Personal @Nullable Address to, LocalDate since) {}

    static class Customer extends Aggregate {
        final List<Object> log = new ArrayList<>();

        @Event("Registered")
        Customer(
                @Personal String name,
                @Personal(replacement = "1900-01-01") LocalDate birthday,
                @Personal int shoeSize,
                @Personal boolean married,
                @Personal char initial,
                @Personal Optional<String> nickname,
                String country) {
            log.add(List.of(birthday, shoeSize, married, initial, nickname, country));
            log.add(String.valueOf(name));
        }

        @Event
        void move(Moved moved) {
            log.add(moved);
        }

        @Event("Complained")
        @Personal
        void complain(String about) {
            log.add(about);
        }

        @Event("Referred")
        void refer(String friendId, @Personal(subject = "friendId") String friendsName) {
            log.add(friendId + " " + friendsName);
        }
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing eventSourcing =
            EventSourcing.builder(store).cipherKeys(KEYS).build();

    private Customer customer() {
        Customer customer = new Customer(CANARY, LocalDate.of(2000, 2, 3), 43, true, 'k', Optional.of(CANARY), "DE");
        customer.move(new Moved(new Address(CANARY, 7), LocalDate.of(2026, 1, 2)));
        customer.complain(CANARY);
        customer.refer("friend-1", CANARY);
        eventSourcing.save(customer);
        return customer;
    }

    private Customer loaded(UUID id) {
        return eventSourcing.repository().get(Customer.class, id);
    }

    @Test
    void whatIsPersonalIsReadAsItWas() {
        Customer customer = customer();

        assertThat(loaded(customer.id()).log).isEqualTo(customer.log);
    }

    @Test
    void nothingThatIsPersonalIsStoredInTheClearAlsoInsideTheEnvelope() {
        customer();

        List<String> subjectsAlone = StoredEvents.all(store).stream()
                .flatMap(
                        event -> EventSourcing.builder(store)
                                .cipherKeys(KEYS)
                                .subjectKeys(new MemorySubjectKeys())
                                .build()
                                .read(event)
                                .stream())
                .map(event -> StoredEvents.text(event.data()))
                .toList();
        assertThat(subjectsAlone).hasSize(3).noneMatch(text -> text.contains(CANARY));
        assertThat(subjectsAlone.get(0)).contains("\"country\":\"DE\"");
        assertThat(StoredEvents.all(store))
                .noneMatch(event -> StoredEvents.text(event.data()).contains(CANARY));
    }

    @Test
    void aForgottenSubjectIsReadAsItsReplacements() {
        Customer customer = customer();
        eventSourcing.forget(customer.id().toString());

        Customer forgotten = loaded(customer.id());
        assertThat(forgotten.log)
                .containsExactly(
                        List.of(LocalDate.of(1900, 1, 1), 0, false, '\0', Optional.empty(), "DE"),
                        "null",
                        new Moved(null, LocalDate.of(2026, 1, 2)),
                        "friend-1 " + CANARY);
        assertThat(forgotten.version()).isEqualTo(4);
    }

    @Test
    void eachSubjectIsForgottenByItself() {
        Customer customer = customer();
        Customer other = customer();
        eventSourcing.forget("friend-1");

        assertThat(loaded(customer.id()).log).startsWith(customer.log.get(0)).endsWith("friend-1 null");
        eventSourcing.forget(customer.id().toString());
        assertThat(loaded(other.id()).log).startsWith(other.log.get(0), CANARY);
    }

    @Test
    void forgettingTwiceOrWhoNeverWasDoesNothing() {
        Customer customer = customer();
        eventSourcing.forget("nobody");
        eventSourcing.forget(customer.id().toString());
        eventSourcing.forget(customer.id().toString());

        assertThat(loaded(customer.id()).version()).isEqualTo(4);
    }

    @Test
    void whatWasForgottenStaysForgottenWhenTheSubjectComesBack() {
        Customer customer = customer();
        eventSourcing.forget(customer.id().toString());
        Customer back = loaded(customer.id());
        back.complain("again");
        eventSourcing.save(back);

        assertThat(loaded(customer.id()).log).endsWith("again").doesNotContain(CANARY);
        assertThat(loaded(customer.id()).version()).isEqualTo(5);
    }

    @Test
    void storedBytesStayAsTheyAre() {
        Customer customer = customer();
        List<byte[]> before =
                StoredEvents.all(store).stream().map(RecordedEvent::data).toList();
        eventSourcing.forget(customer.id().toString());

        assertThat(StoredEvents.all(store).stream().map(RecordedEvent::data)).containsExactlyElementsOf(before);
    }

    @Test
    void readersOfTheStoreGetWhatIsLeft() {
        Customer customer = customer();
        eventSourcing.forget(customer.id().toString());

        assertThat(StoredEvents.all(store))
                .flatExtracting(eventSourcing::read)
                .extracting(event -> StoredEvents.text(event.data()) + StoredEvents.text(event.metadata()))
                .hasSize(3)
                .contains("{\"to\":null,\"since\":\"2026-01-02\"}")
                .noneMatch(text -> text.contains("es-personal"));
    }

    @Test
    void upcastersSeeWhatIsPersonalAndReplacementsAfterwards() {
        Customer customer = customer();
        List<String> seen = new ArrayList<>();
        EventSourcing later = EventSourcing.builder(store)
                .cipherKeys(KEYS)
                .upcasters(Upcaster.from("Customer.Registered", 1)
                        .change(data -> seen.add(data.get("name").toString() + data.get("shoeSize"))))
                .build();
        RecordedEvent first = StoredEvents.all(store).get(0);
        later.read(first);
        later.forget(customer.id().toString());
        later.read(first);

        assertThat(seen).containsExactly("\"" + CANARY + "\"43", "null0");
    }

    @Test
    void withoutACipherKeyPersonalDataIsRefusedBeforeAnythingIsStored() {
        EventSourcing without = EventSourcing.of(store);

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> without.repository().find(Customer.class, new UUID(0, 0)))
                .withMessageContainingAll("has personal data", "CIPHER_KEY", "openssl rand -base64 32");
        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> without.forget("x"))
                .withMessageContaining("CIPHER_KEY");
    }

    @Test
    void aStoreThatKeepsNoKeysNeedsSomethingThatDoes() {
        EventSourcing without =
                EventSourcing.builder(new ForwardingStore()).cipherKeys(KEYS).build();

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> without.repository().find(Customer.class, new UUID(0, 0)))
                .withMessageContainingAll("has personal data", "doesn't keep the keys of subjects", "subjectKeys");
        assertThatCode(() -> EventSourcing.builder(new ForwardingStore())
                        .cipherKeys(KEYS)
                        .subjectKeys(new MemorySubjectKeys())
                        .build()
                        .save(new Customer("a", LocalDate.MIN, 1, true, 'x', Optional.empty(), "DE")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aSubjectWithoutANameIsRefused(String subject) {
        Customer customer = customer();
        customer.refer(subject, CANARY);

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.save(customer))
                .withMessageContainingAll("Customer.Referred", "'friendId'", "'friendsName'", "1 to 200 characters")
                .withMessageNotContaining(CANARY);
    }

    record Renamed(@Personal @JsonProperty("n") String name) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sparse(@Personal @Nullable String name, String country) {}

    static class Records extends Aggregate {
        @Event("Made")
        Records() {}

        @Event
        void rename(Renamed renamed) {}

        @Event
        void sparse(Sparse sparse) {}
    }

    @Test
    void aPersonalFieldThatIsStoredUnderAnotherNameIsRefused() {
        Records records = new Records();
        records.rename(new Renamed(CANARY));

        assertThatExceptionOfType(EventMappingException.class)
                .isThrownBy(() -> eventSourcing.save(records))
                .withMessageContainingAll("'name'", "another name", "[n]")
                .withMessageNotContaining(CANARY);
        assertThat(StoredEvents.all(store)).isEmpty();
    }

    @Test
    void aPersonalFieldThatIsLeftOutIsNothingToEncrypt() {
        Records records = new Records();
        records.sparse(new Sparse(null, "DE"));
        eventSourcing.save(records);

        assertThat(eventSourcing.repository().get(Records.class, records.id()).version())
                .isEqualTo(2);
    }

    static class Whole extends Aggregate {
        final String name;

        @Event("Made")
        @Personal(subject = "owner")
        Whole(String owner, String name) {
            this.name = owner + " " + name;
        }
    }

    @Test
    void aConstructorMakesAllOfItsParametersPersonal() {
        Whole whole = new Whole("ann", CANARY);
        eventSourcing.save(whole);
        assertThat(eventSourcing.repository().get(Whole.class, whole.id()).name).isEqualTo("ann " + CANARY);
        eventSourcing.forget("ann");

        assertThat(eventSourcing.repository().get(Whole.class, whole.id()).name).isEqualTo("null null");
    }
}
