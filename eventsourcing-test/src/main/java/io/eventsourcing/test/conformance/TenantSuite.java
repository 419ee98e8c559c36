package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** What the suites about tenants have in common. */
interface TenantSuite extends ConformanceSuite {

    /** Two tenants that nobody else has, and the store itself. */
    record Three(EventStore one, String oneId, EventStore other, String otherId, EventStore whole) {

        static Three of(EventStore store) {
            Tenants tenants = store.require(Tenants.class);
            String oneId = "one-" + UUID.randomUUID();
            String otherId = "other-" + UUID.randomUUID();
            return new Three(tenants.forTenant(oneId), oneId, tenants.forTenant(otherId), otherId, store);
        }

        List<EventStore> all() {
            return List.of(one, other, whole);
        }

        /** The same stream, in each of them. */
        void append(StreamName stream, NewEvent ofOne, NewEvent ofOther, NewEvent ofWhole) {
            one.append(stream, any(), List.of(ofOne));
            other.append(stream, any(), List.of(ofOther));
            whole.append(stream, any(), List.of(ofWhole));
        }
    }

    /** Runs a test, or expects a refusal of a store without {@link Capability#TENANTS}. */
    default void whereApart(Consumer<Three> test) {
        if (fixture().capabilities().contains(Capability.TENANTS)) {
            test.accept(Three.of(store()));
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(Tenants.class).forTenant("a"))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(Tenants.class.getSimpleName());
        stream.isIntact();
    }

    /** These are all that there are, in their order. */
    default void assertHasAlone(EventStore store, List<NewEvent> events) {
        List<RecordedEvent> read = store.readAll(ReadOptions.forwards()).toList();
        assertThat(read).extracting(TestEvents::appended).isEqualTo(events);
        assertThat(store.readAll(ReadOptions.backwards()).toList()).isEqualTo(TestEvents.reversed(read));
    }
}
