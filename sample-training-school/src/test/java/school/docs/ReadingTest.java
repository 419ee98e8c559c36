package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.ReadOptions.IfMissing;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What docs/reading.md says, and what docs/subscriptions.md says of filters. */
@Timeout(60)
class ReadingTest {

    private final EventStore store = new MemoryEventStore();

    private void append(String stream, String... types) {
        List<NewEvent> events = Stream.of(types)
                .map(type -> new NewEvent(
                        UUID.randomUUID(),
                        type,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        new byte[0],
                        Instant.parse("2026-01-01T00:00:00Z")))
                .toList();
        store.append(StreamName.of(stream), ExpectedPosition.any(), events);
    }

    @Test
    void readsAStreamAndAllEvents() {
        append("/books/42", "Acquired", "Borrowed", "Returned");
        // tag::read[]
        try (EventSequence events =
                store.read(StreamName.of("/books/42"), ReadOptions.backwards().limit(10))) {
            for (RecordedEvent event : events) {
                System.out.println(event.streamPosition() + " " + event.type());
            }
        }
        // end::read[]
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(3);
    }

    @Test
    void conditionsOfAllKindsMustHold() {
        append("/books/42", "Acquired", "Borrowed", "Returned");
        append("/bookshop", "Borrowed");
        long start = 1;
        // tag::options[]
        ReadOptions options = ReadOptions.forwards()
                .lower(Bound.exclusive(start))
                .upper(Bound.inclusive(1_000))
                .types("Borrowed", "Returned")
                .streams(StreamFilter.tree("/books"))
                .asOf(Instant.parse("2026-12-31T23:59:59Z"))
                .limit(100);
        // end::options[]
        assertThat(store.readAll(options).toList())
                .extracting(RecordedEvent::type)
                .containsExactly("Borrowed", "Returned");
    }

    @Test
    void beginsWithTheLatestEventOfAType() {
        append("/books/42", "Acquired", "Counted", "Borrowed", "Counted", "Returned");
        // tag::latest[]
        ReadOptions sinceLastCount = ReadOptions.forwards().fromLatest("Counted", IfMissing.READ_EVERYTHING);
        // end::latest[]
        assertThat(store.read(StreamName.of("/books/42"), sinceLastCount).toList())
                .extracting(RecordedEvent::type)
                .containsExactly("Counted", "Returned");
    }

    @Test
    void anEventSequenceIsAStreamToo() {
        append("/books/42", "Acquired", "Borrowed", "Returned");
        // tag::stream[]
        try (Stream<RecordedEvent> events = store.readAll(ReadOptions.forwards()).stream()) {
            System.out.println(events.map(RecordedEvent::type).distinct().toList());
        }
        // end::stream[]
        assertThat(store.lastPosition()).hasValue(3);
    }

    /** Takes ten events at once. */
    private static final class Printer implements Flow.Subscriber<RecordedEvent> {

        private final List<String> printed = new ArrayList<>();
        private final CompletableFuture<List<String>> complete = new CompletableFuture<>();
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            subscription.request(10);
        }

        @Override
        public void onNext(RecordedEvent event) {
            printed.add(event.type());
            subscription.request(1);
        }

        @Override
        public void onError(Throwable e) {
            complete.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            complete.complete(printed);
        }
    }

    @Test
    void anEventSequenceIsAPublisherToo() throws Exception {
        append("/books/42", "Acquired", "Borrowed");
        Printer subscriber = new Printer();
        // tag::publisher[]
        store.readAll(ReadOptions.forwards()).publisher().subscribe(subscriber);
        // end::publisher[]
        assertThat(subscriber.complete.get()).containsExactly("Acquired", "Borrowed");
    }

    @Test
    void observesInALoop() {
        append("/books/42", "Acquired", "Borrowed", "Returned");
        long position = 1;
        List<String> seen = new ArrayList<>();
        // tag::observe[]
        SubscribeOptions options =
                SubscribeOptions.after(position).types("Borrowed", "Returned").streams(StreamFilter.tree("/books"));
        try (EventSequence events = store.observe(options)) {
            for (RecordedEvent event : events) { // waits for the next one
                seen.add(event.type());
                if (event.type().equals("Returned")) {
                    break;
                }
            }
        }
        // end::observe[]
        assertThat(seen).containsExactly("Borrowed", "Returned");
    }
}
