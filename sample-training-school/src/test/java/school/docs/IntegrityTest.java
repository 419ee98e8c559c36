package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.integrity.Breach;
import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.IntegrityKeys;
import io.eventsourcing.integrity.Verification;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.test.conformance.IntegrityConformance;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What docs/integrity.md says. */
class IntegrityTest {

    private static final String PRIVATE_PEM = IntegrityConformance.SIGNING_KEY;
    private static final String PUBLIC_PEM = IntegrityConformance.VERIFICATION_KEY;

    private final EventStore store = new MemoryEventStore();
    private final StreamName stream = StreamName.of("Dog-1");

    private void append() {
        NewEvent event = new NewEvent(UUID.randomUUID(), "Dog.Registered", new byte[] {1}, new byte[0], Instant.now());
        store.append(stream, ExpectedPosition.any(), List.of(event));
    }

    @Test
    void eventsAreSealedAndVerified() {
        append();
        // tag::seal[]
        IntegrityKeys keys = IntegrityKeys.signing(PRIVATE_PEM, PUBLIC_PEM); // or IntegrityKeys.none()
        Integrity integrity = Integrity.of(store, keys);

        integrity.seal(); // all events that are there, or
        Subscription sealing = integrity.sealContinuously(); // as they come
        // end::seal[]
        sealing.close();
        // tag::verify[]
        Verification found = integrity.verifyAll();
        found.breach().map(Breach::message).ifPresent(System.err::println); // the first one, with its position
        // end::verify[]
        assertThat(found.isIntact()).isTrue();
        RecordedEvent event =
                store.read(stream, ReadOptions.forwards()).toList().get(0);
        // tag::single[]
        integrity.verifyEvent(event).requireIntact(); // throws IntegrityException
        integrity.verifyStream(stream).requireIntact();
        // end::single[]
        // tag::noted[]
        Seal noted = integrity.verifyAll().last().orElseThrow(); // keep its number and hash elsewhere

        integrity.verifyAll(noted).requireIntact();
        // end::noted[]
        // tag::rotation[]
        String allPublicPems = PUBLIC_PEM + "\n" + PUBLIC_PEM; // that of the new key, those of the old ones
        IntegrityKeys rotated = IntegrityKeys.signing(PRIVATE_PEM, allPublicPems);
        IntegrityKeys auditors = IntegrityKeys.verifying(allPublicPems);
        // end::rotation[]
        assertThat(Integrity.of(store, rotated).verifyAll().isIntact()).isTrue();
        assertThat(Integrity.of(store, auditors).verifyAll().isIntact()).isTrue();
    }
}
