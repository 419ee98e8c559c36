package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    /** Notes from where streams are read. */
    private static final class WatchedStore extends ForwardingStore {
        final List<Long> reads = new CopyOnWriteArrayList<>();

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            reads.add(options.from().orElse(0));
            return super.read(stream, options);
        }

        MemoryEventStore memory() {
            return memory;
        }

        long last() {
            return reads.get(reads.size() - 1);
        }
    }

    private final WatchedStore store = new WatchedStore();
    private final EventSourcing eventSourcing =
            EventSourcing.builder(store).cacheSize(2).build();
    private final Repository repository = eventSourcing.repository();
    private final Dog dog = new Dog("Fido");

    @BeforeEach
    void saveADogWithManyTricks() {
        for (int i = 0; i < 30; i++) {
            dog.addTrick("trick " + i);
        }
        eventSourcing.save(dog);
        repository.get(Dog.class, dog.id());
        store.reads.clear();
    }

    @Test
    void onlyWhatHasHappenedSinceIsRead() {
        assertThat(repository.get(Dog.class, dog.id()).tricks()).isEqualTo(dog.tricks());
        assertThat(store.reads).containsExactly(30L);
        EventSourcing.of(store).repository().update(Dog.class, dog.id(), other -> other.addTrick("elsewhere"));
        assertThat(repository.get(Dog.class, dog.id()).tricks()).hasSize(31).endsWith("elsewhere");
        assertThat(store.last()).isEqualTo(30);
        assertThat(repository.get(Dog.class, dog.id(), 31).tricks()).hasSize(30);
        assertThat(store.last()).isEqualTo(30);
        assertThat(repository.get(Dog.class, dog.id(), 30).tricks()).hasSize(29);
        assertThat(store.last()).isZero();
    }

    @Test
    void afterManyEventsItIsKeptAnew() {
        for (int i = 0; i < 16; i++) {
            repository.update(Dog.class, dog.id(), any -> any.addTrick("more"));
        }
        repository.get(Dog.class, dog.id());
        repository.get(Dog.class, dog.id());
        assertThat(store.last()).isEqualTo(46);
    }

    @Test
    void aFailingCommandLeavesNoChangedAggregate() {
        assertThatIllegalStateException()
                .isThrownBy(() -> repository.update(Dog.class, dog.id(), changed -> {
                    changed.addTrick("never saved");
                    throw new IllegalStateException("refused");
                }));
        Dog changed = repository.get(Dog.class, dog.id());
        changed.addTrick("saved");
        eventSourcing.save(changed);
        changed.addTrick("not saved");
        assertThat(repository.get(Dog.class, dog.id()).tricks())
                .hasSize(31)
                .contains("saved")
                .doesNotContain("never saved", "not saved");
        assertThat(store.last()).isEqualTo(30);
    }

    @Test
    void everybodyGetsAnAggregateOfTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                done.add(threads.submit(() -> {
                    for (int j = 0; j < 10; j++) {
                        while (!addTrick()) {
                            // lost a race too often, and tries again
                        }
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(repository.get(Dog.class, dog.id()).tricks()).hasSize(110);
        assertThat(EventSourcing.of(store).repository().get(Dog.class, dog.id()).tricks())
                .isEqualTo(repository.get(Dog.class, dog.id()).tricks());
    }

    private boolean addTrick() {
        try {
            repository.update(Dog.class, dog.id(), any -> any.addTrick("one of many"));
            return true;
        } catch (AggregateConflictException e) {
            return false;
        }
    }

    @Test
    void aDeletionIsNoticed() {
        store.memory().delete(StreamName.of("Dog", dog.id()), ExpectedPosition.any());
        assertThat(repository.find(Dog.class, dog.id())).isEmpty();
        Dog anew = new Dog(dog.id(), "Rex");
        eventSourcing.save(anew);
        assertThat(repository.get(Dog.class, dog.id()).name()).isEqualTo("Rex");
    }

    @Test
    void theLeastUsedGo() {
        for (int i = 0; i < 20; i++) {
            Dog other = new Dog("Other");
            for (int j = 0; j < 20; j++) {
                other.addTrick("trick");
            }
            eventSourcing.save(other);
            repository.get(Dog.class, other.id());
            repository.get(Dog.class, other.id());
        }
        repository.get(Dog.class, dog.id());
        assertThat(store.last()).isZero();
    }

    @Test
    void settingsSayHowMany() {
        EventSourcing set = EventSourcing.builder(store)
                .settings(Settings.of(Map.of("REPOSITORY_CACHE_SIZE", "10")))
                .build();
        set.repository().get(Dog.class, dog.id());
        set.repository().get(Dog.class, dog.id());
        assertThat(store.last()).isEqualTo(30);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EventSourcing.builder(store).settings(Settings.of(Map.of("REPOSITORY_CACHE_SIZE", "many"))))
                .withMessageContaining("REPOSITORY_CACHE_SIZE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventSourcing.builder(store).cacheSize(-1));
    }
}
