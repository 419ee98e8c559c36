package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.TestClock;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeTest {

    private static final Instant FIRST = Instant.parse("2001-02-03T04:05:06.123456Z");

    static class Diary extends Aggregate {
        final List<Instant> seen = new ArrayList<>();

        @Event("Begun")
        Diary(boolean early) {
            if (early) {
                createdOn();
            }
        }

        Diary() {}

        @Event
        void written() {
            seen.add(modifiedOn());
        }
    }

    private final TestClock clock = new TestClock("2001-02-03T04:05:06.123456789Z");
    private final EventSourcing eventSourcing =
            EventSourcing.builder(new MemoryEventStore()).clock(clock).build();
    private final Repository repository = eventSourcing.repository();

    private Dog saved() {
        Dog dog = new Dog("Fido");
        eventSourcing.save(dog);
        return dog;
    }

    @Test
    void newAggregateGetsTheTimeOfTheApplicationWhenItIsFirstSaved() {
        Dog dog = new Dog("Fido");
        dog.addTrick("sit");
        assertThat(dog.createdOn()).isAfter(FIRST);

        eventSourcing.save(dog);

        assertThat(dog.createdOn()).isEqualTo(FIRST);
        assertThat(dog.modifiedOn()).isEqualTo(FIRST);
        assertThat(repository.history(Dog.class, dog.id()).toList())
                .extracting(RecordedEvent::timestamp)
                .containsOnly(FIRST);
    }

    @Test
    void timesAreCutToMicroseconds() {
        assertThat(saved().createdOn()).isEqualTo(FIRST);

        TestClock beforeTheEpoch = new TestClock("1969-12-31T23:59:59.999999999Z");
        Dog dog = new Dog("Fido");
        EventSourcing.builder(new MemoryEventStore())
                .clock(beforeTheEpoch)
                .build()
                .save(dog);
        assertThat(dog.createdOn()).isEqualTo("1969-12-31T23:59:59.999999Z");
    }

    @Test
    void newAggregateHasTimesInMicrosecondsBeforeItIsSaved() {
        Dog dog = new Dog("Fido");

        assertThat(dog.createdOn()).isEqualTo(dog.modifiedOn());
        assertThat(dog.createdOn().getNano() % 1_000).isZero();
        assertThat(dog.pendingEvents().get(0).timestamp()).isEqualTo(dog.createdOn());
    }

    @Test
    void laterEventsHaveTheTimeAtWhichTheyHappened() {
        Dog dog = saved();
        clock.advance(Duration.ofMinutes(1));
        dog.addTrick("sit");
        clock.advance(Duration.ofMinutes(1));
        dog.addTrick("down");
        clock.advance(Duration.ofMinutes(1));
        eventSourcing.save(dog);

        assertThat(dog.createdOn()).isEqualTo(FIRST);
        assertThat(dog.modifiedOn()).isEqualTo(FIRST.plusSeconds(120));
        assertThat(repository.history(Dog.class, dog.id()).toList())
                .extracting(RecordedEvent::timestamp)
                .containsExactly(FIRST, FIRST.plusSeconds(60), FIRST.plusSeconds(120));
    }

    @Test
    void timesAreTheSameAfterALoad() {
        Dog dog = saved();
        clock.advance(Duration.ofDays(1));
        dog.addTrick("sit");
        eventSourcing.save(dog);
        clock.advance(Duration.ofDays(1));

        Dog loaded = repository.get(Dog.class, dog.id());

        assertThat(loaded.createdOn()).isEqualTo(FIRST);
        assertThat(loaded.modifiedOn()).isEqualTo(FIRST.plus(Duration.ofDays(1)));
        assertThat(repository.get(Dog.class, dog.id(), 1).modifiedOn()).isEqualTo(FIRST);
    }

    @Test
    void loadedAggregateHasTheClockOfTheApplication() {
        Dog loaded = repository.get(Dog.class, saved().id());
        clock.advance(Duration.ofHours(1));

        loaded.addTrick("sit");

        assertThat(loaded.modifiedOn()).isEqualTo(FIRST.plusSeconds(3_600));
        assertThat(loaded.createdOn()).isEqualTo(FIRST);
    }

    @Test
    void eventsKeepTheirTimeWhenASaveIsRepeated() {
        Dog dog = saved();
        repository.update(Dog.class, dog.id(), other -> other.addTrick("sit"));
        dog.addTrick("down");
        clock.advance(Duration.ofHours(1));
        assertThatExceptionOfType(AggregateConflictException.class).isThrownBy(() -> eventSourcing.save(dog));

        assertThat(dog.modifiedOn()).isEqualTo(FIRST);
        assertThat(dog.pendingEvents()).extracting(PendingEvent::timestamp).containsExactly(FIRST);
    }

    @Test
    void bodySeesWhenTheEventBeforeItHappened() {
        Diary diary = new Diary(false);
        eventSourcing.save(diary);
        clock.advance(Duration.ofSeconds(1));
        diary.written();
        clock.advance(Duration.ofSeconds(1));
        diary.written();
        eventSourcing.save(diary);

        assertThat(diary.seen).containsExactly(FIRST, FIRST.plusSeconds(1));
        assertThat(repository.get(Diary.class, diary.id()).seen).isEqualTo(diary.seen);
    }

    @Test
    void timesAreUnknownBeforeTheFirstEvent() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Diary(true))
                .withMessageContaining("Diary has no first event yet");
        assertThatIllegalStateException().isThrownBy(() -> new Diary().modifiedOn());
    }
}
