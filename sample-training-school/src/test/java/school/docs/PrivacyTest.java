package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.Personal;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What docs/privacy.md says. */
class PrivacyTest {

    // tag::customer[]
    public static class Customer extends Aggregate {

        private @Nullable String name;
        private LocalDate birthday;
        private final List<String> complaints = new ArrayList<>();

        @Event("Registered")
        public Customer(
                @Personal String name, @Personal(replacement = "1900-01-01") LocalDate birthday, String country) {
            this.name = name;
            this.birthday = birthday;
        }

        @Event("Complained")
        @Personal // all of it
        public void complain(String about) {
            complaints.add(about);
        }

        @Event("Married")
        public void marry(String spouse, @Personal(subject = "spouse") String nameOfSpouse) {}
    }
    // end::customer[]

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void aForgottenCustomerIsReadWithoutWhatIsPersonal() {
        EventStore store = new MemoryEventStore();
        // tag::builder[]
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .cipherKeys(CipherKeys.of(KEY))
                .compression(Compression.NONE)
                .build();
        // end::builder[]
        // tag::forget[]
        Customer ann = new Customer("Ann", LocalDate.of(2000, 2, 3), "DE");
        ann.complain("The tea was cold");
        eventSourcing.save(ann);

        eventSourcing.forget(ann.id().toString());

        Customer forgotten = eventSourcing.repository().get(Customer.class, ann.id());
        assertThat(forgotten.name).isNull();
        assertThat(forgotten.birthday).isEqualTo("1900-01-01");
        assertThat(forgotten.complaints).isEmpty();
        assertThat(forgotten.version()).isEqualTo(2);
        // end::forget[]
        assertThat(store.readAll(ReadOptions.forwards()).stream()
                        .map(RecordedEvent::data)
                        .map(data -> new String(data, StandardCharsets.UTF_8)))
                .hasSize(2)
                .noneMatch(text -> text.contains("Ann") || text.contains("tea"));
    }
}
