package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamTombstonedException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/catalogue.md says. */
class CatalogueTest {

    private final EventStore store = new MemoryEventStore();

    private void publish(String stream) {
        store.append(StreamName.of(stream), ExpectedPosition.any(), List.of(event()));
    }

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "Book.Published", new byte[0], new byte[0], Instant.now());
    }

    private List<StreamName> books() {
        // tag::streams[]
        Catalogue catalogue = store.require(Catalogue.class);
        try (Stream<StreamName> books = catalogue.streams(StreamFilter.tree("/books"))) {
            return books.limit(100).toList();
        }
        // end::streams[]
    }

    @Test
    void streamsAndTypesAreListed() {
        publish("/books/1");
        publish("/books/2");
        publish("/bookshop");
        assertThat(books()).containsExactly(StreamName.of("/books/1"), StreamName.of("/books/2"));
        Catalogue catalogue = store.require(Catalogue.class);
        // tag::types[]
        for (EventType type : catalogue.eventTypes()) {
            System.out.println(type.name() + ": " + type.count() + ", last used at " + type.last());
        }
        long published =
                catalogue.eventType("Book.Published").map(EventType::count).orElse(0L);
        // end::types[]
        assertThat(published).isEqualTo(3);
    }

    @Test
    void streamsAreDeleted() {
        publish("/books/1");
        StreamName stream = StreamName.of("/books/1");
        // tag::delete[]
        StreamDeleter deleter = store.require(StreamDeleter.class);
        deleter.delete(stream, ExpectedPosition.any());

        assertThat(store.position(stream).exists()).isFalse();
        store.append(stream, ExpectedPosition.noStream(), List.of(event())); // at position 1
        // end::delete[]
        assertThat(store.position(stream).value()).isEqualTo(1);
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(2);
        // tag::tombstone[]
        deleter.tombstone(stream, ExpectedPosition.exactly(1));

        assertThatThrownBy(() -> store.append(stream, ExpectedPosition.any(), List.of(event())))
                .isInstanceOf(StreamTombstonedException.class);
        // end::tombstone[]
        assertThat(books()).isEmpty();
    }
}
