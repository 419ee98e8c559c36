package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TransactionAware;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepositoryTest {

    /** In a transaction when it is told so. */
    private static class TransactionalStore extends ForwardingStore implements TransactionAware {
        boolean inTransaction;

        @Override
        public boolean isInTransaction() {
            return inTransaction;
        }

        @Override
        public void afterCommit(Runnable action) {
            throw new UnsupportedOperationException();
        }
    }

    private final TransactionalStore store = new TransactionalStore();
    private final EventSourcing eventSourcing = EventSourcing.of(store);
    private final Repository repository = eventSourcing.repository();
    private final Dog fido = new Dog("Fido");
    private final AtomicInteger tries = new AtomicInteger();

    @BeforeEach
    void saveFido() {
        eventSourcing.save(fido);
    }

    /** A command that loses the race so many times. */
    private Consumer<Dog> losing(int times) {
        return dog -> {
            if (tries.incrementAndGet() <= times) {
                Dog other = repository.get(Dog.class, fido.id());
                other.addTrick("of others");
                eventSourcing.save(other);
            }
            dog.addTrick("sit");
        };
    }

    @Test
    void getReturnsANewObjectEachTime() {
        assertThat(repository.get(Dog.class, fido.id())).isNotSameAs(repository.get(Dog.class, fido.id()));
        RoundTrip.assertSameState(repository.get(Dog.class, fido.id()), fido);
    }

    @Test
    void unknownIdIsNotFound() {
        UUID id = UUID.randomUUID();

        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.get(Dog.class, id))
                .withMessage("There is no Dog with id " + id)
                .satisfies(e -> {
                    assertThat(e.aggregateId()).isEqualTo(id);
                    assertThat(e.aggregateClass()).isEqualTo(Dog.class);
                });
        assertThat(repository.find(Dog.class, id)).isEmpty();
        assertThat(repository.exists(Dog.class, id)).isFalse();
        assertThat(repository.history(Dog.class, id)).isEmpty();
        assertThatExceptionOfType(AggregateNotFoundException.class)
                .isThrownBy(() -> repository.update(Dog.class, id, dog -> dog.addTrick("sit")));
    }

    @Test
    void knownIdIsFound() {
        assertThat(repository.find(Dog.class, fido.id())).map(Dog::name).contains("Fido");
        assertThat(repository.exists(Dog.class, fido.id())).isTrue();
    }

    @Test
    void historyIsWhatWasStored() {
        fido.addTrick("sit");
        eventSourcing.save(fido);

        try (EventSequence history = repository.history(Dog.class, fido.id())) {
            List<RecordedEvent> events = history.toList();
            assertThat(events).extracting(RecordedEvent::type).containsExactly("Dog.Registered", "Dog.TrickAdded");
            assertThat(events).extracting(RecordedEvent::streamPosition).containsExactly(0L, 1L);
            assertThat(events.get(1).data()).asString().isEqualTo("{\"trick\":\"sit\"}");
        }
    }

    @Test
    void updateLoadsCommandsAndSaves() {
        Dog updated = repository.update(Dog.class, fido.id(), dog -> dog.addTrick("sit"));

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.pendingEvents()).isEmpty();
        assertThat(repository.get(Dog.class, fido.id()).tricks()).containsExactly("sit");
    }

    @Test
    void updateRepeatsACommandThatLostThreeRaces() {
        Dog updated = repository.update(Dog.class, fido.id(), losing(3));

        assertThat(tries).hasValue(4);
        assertThat(updated.tricks()).containsExactly("of others", "of others", "of others", "sit");
    }

    @Test
    void updateGivesUpAfterThreeRetriesAndTellsOfAll() {
        AggregateConflictException last = catchThrowableOfType(
                AggregateConflictException.class, () -> repository.update(Dog.class, fido.id(), losing(99)));

        assertThat(tries).hasValue(4);
        assertThat(last.expectedVersion()).hasValue(4);
        assertThat(last.actualVersion()).hasValue(5);
        assertThat(last.getSuppressed())
                .extracting(
                        e -> ((AggregateConflictException) e).actualVersion().getAsLong())
                .containsExactly(2L, 3L, 4L);
        assertThat(repository.get(Dog.class, fido.id()).tricks()).doesNotContain("sit");
    }

    @Test
    void updateInATransactionIsTriedOnce() {
        store.inTransaction = true;

        assertThatExceptionOfType(AggregateConflictException.class)
                .isThrownBy(() -> repository.update(Dog.class, fido.id(), losing(1)))
                .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
        assertThat(tries).hasValue(1);
    }

    @Test
    void updateRepeatsNoOtherFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> repository.update(Dog.class, fido.id(), dog -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException();
                }));
        assertThat(tries).hasValue(1);
    }

    @Test
    void concurrentUpdatesLoseNothing() throws Exception {
        List<Thread> threads = List.of(
                new Thread(() -> repository.update(Dog.class, fido.id(), dog -> dog.addTrick("a"))),
                new Thread(() -> repository.update(Dog.class, fido.id(), dog -> dog.addTrick("b"))),
                new Thread(() -> repository.update(Dog.class, fido.id(), dog -> dog.addTrick("c"))));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(repository.get(Dog.class, fido.id()).tricks()).containsExactlyInAnyOrder("a", "b", "c");
    }

    private StreamName append(String type, String json) {
        StreamName stream = StreamName.of("Dog", UUID.randomUUID());
        return append(stream, type, json);
    }

    private StreamName append(StreamName stream, String type, String json) {
        byte[] data = json.getBytes(StandardCharsets.UTF_8);
        NewEvent event = new NewEvent(UUID.randomUUID(), type, data, new byte[0], Instant.EPOCH);
        store.append(stream, ExpectedPosition.any(), List.of(event));
        return stream;
    }

    private void assertRefused(StreamName stream, String... parts) {
        UUID id = UUID.fromString(stream.value().substring("Dog-".length()));
        assertThatExceptionOfType(EventSourcingException.class)
                .isThrownBy(() -> repository.get(Dog.class, id))
                .satisfies(e -> assertThat(e).message().contains(parts));
    }

    @Test
    void eventThatTheClassDoesNotHaveIsRefusedByName() {
        assertRefused(append("Dog.Sold", "{}"), "Dog.Sold[", "is no event of", "Dog.Registered", "Dog.TrickAdded");
    }

    @Test
    void firstEventMustBeAConstructorAndNoLaterOne() {
        assertRefused(append("Dog.TrickAdded", "{}"), "is the first event", "Dog.addTrick(String)", "no constructor");
        StreamName twice = append("Dog.Registered", "{\"name\":\"Fido\"}");
        append(twice, "Dog.Registered", "{\"name\":\"Fido\"}");
        assertRefused(twice, "is not the first event", "Dog(String)", "is a constructor");
    }

    @Test
    void aggregatesOfTwoClassesMayShareAnId() {
        eventSourcing.save(new ConflictTest.FromSeven());

        assertThat(repository.exists(ConflictTest.FromSeven.class, fido.id())).isFalse();
        assertThat(EventSourcing.of(new MemoryEventStore()).repository().exists(Dog.class, fido.id()))
                .isFalse();
    }
}
