package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/subscriptions.md says. */
@Timeout(60)
class SubscriptionsTest {

    private final EventSourcing eventSourcing = EventSourcing.of(new MemoryEventStore());

    /** What was made of events, and how far. */
    private static final class Counter {
        private final AtomicInteger count = new AtomicInteger();
        private final AtomicLong position = new AtomicLong();

        long position() {
            return position.get();
        }

        void increment() {
            count.incrementAndGet();
        }

        void moveTo(long commitPosition) {
            position.set(commitPosition);
        }
    }

    @Test
    void subscribesToAllEvents() throws InterruptedException {
        eventSourcing.save(new Dog("Fido"));
        // tag::subscribe[]
        EventStore store = eventSourcing.store();
        Subscription subscription = store.subscribe(SubscribeOptions.fromBeginning(), event -> {
            System.out.println(event.type() + " at " + event.commitPosition());
        });
        // end::subscribe[]
        eventSourcing.save(new Dog("Rex"));
        while (subscription.position() < 2) {
            Thread.sleep(1);
        }
        store.close();
        assertThat(subscription.isRunning()).isFalse();
    }

    @Test
    void goesOnWhereItHasStopped() throws InterruptedException {
        EventStore store = eventSourcing.store();
        Counter counter = new Counter();
        for (int i = 1; i <= 3; i++) {
            Dog dog = new Dog("Fido");
            dog.addTrick("sit");
            eventSourcing.save(dog);
            // tag::after[]
            Subscription subscription =
                    store.subscribe(SubscribeOptions.after(counter.position()).named("dogs"), event -> {
                        if (event.type().equals("Dog.Registered")) {
                            counter.increment();
                        }
                        counter.moveTo(event.commitPosition());
                    });
            // end::after[]
            while (subscription.position() < 2 * i) {
                Thread.sleep(1);
            }
            subscription.close();
            assertThat(counter.count).hasValue(i);
        }
    }
}
