package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.CurrentTenant;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What docs/tenants.md says. */
class TenantsTest {

    private final EventStore store = new MemoryEventStore();

    private static List<NewEvent> events() {
        return List.of(new NewEvent(UUID.randomUUID(), "Book.Published", new byte[0], new byte[0], Instant.now()));
    }

    @Test
    void streamsOfTheSameNameLiveApart() throws Exception {
        StreamName stream = StreamName.of("/books/1");
        // tag::store[]
        Tenants tenants = store.require(Tenants.class);
        EventStore north = tenants.forTenant("north");
        EventStore south = tenants.forTenant("south");

        north.append(stream, ExpectedPosition.noStream(), events());
        south.append(stream, ExpectedPosition.noStream(), events());

        assertThat(north.readAll(ReadOptions.forwards()).toList()).hasSize(1);
        // end::store[]
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        // tag::whole[]
        Subscription all = store.subscribe(
                SubscribeOptions.fromBeginning(), event -> seen.add(event.tenant() + ": " + event.stream()));
        // end::whole[]
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("north: /books/1");
        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("south: /books/1");
        all.close();
    }

    @Test
    void aggregatesBelongToATenant() {
        // tag::aggregates[]
        EventSourcing eventSourcing = EventSourcing.of(store);
        EventSourcing north = eventSourcing.forTenant("north");

        Dog dog = new Dog("Fido");
        north.save(dog);

        assertThat(north.repository().exists(Dog.class, dog.id())).isTrue();
        assertThat(eventSourcing.forTenant("south").repository().exists(Dog.class, dog.id()))
                .isFalse();
        // end::aggregates[]
    }

    // tag::current[]
    static class TenantOfRequest implements CurrentTenant {

        private static final ThreadLocal<String> ID = new ThreadLocal<>();

        @Override
        public String id() {
            return ID.get(); // null fails: nothing is read or saved for nobody
        }

        static void run(String tenant, Runnable request) {
            ID.set(tenant);
            try {
                request.run();
            } finally {
                ID.remove();
            }
        }
    }
    // end::current[]

    @Test
    void anApplicationServesTheCurrentTenant() {
        TrainingSchool school = new TrainingSchool();
        // tag::wire[]
        EventSourcing eventSourcing = EventSourcing.builder(store)
                .currentTenant(new TenantOfRequest())
                .build();
        eventSourcing.wire(school);

        TenantOfRequest.run("north", () -> school.register("Fido"));
        TenantOfRequest.run("south", () -> school.register("Rex"));
        // end::wire[]
        assertThat(store.readAll(ReadOptions.forwards()).toList())
                .extracting(RecordedEvent::tenant)
                .containsExactly("north", "south");
        assertThatIllegalStateException().isThrownBy(() -> school.register("Bello"));
    }
}
