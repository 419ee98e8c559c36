package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.eventql.EventQl;
import io.eventsourcing.eventql.EventQlException;
import io.eventsourcing.eventql.EventQlRows;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What docs/eventql.md says. */
class EventQlTest {

    private final EventStore store = new MemoryEventStore();
    private final List<String> shown = new ArrayList<>();

    @BeforeEach
    void teachDogs() {
        EventSourcing eventSourcing = EventSourcing.of(store);
        Dog fido = new Dog("Fido");
        fido.addTrick("roll over");
        fido.addTrick("sit");
        Dog rex = new Dog("Rex");
        rex.addTrick("sit");
        eventSourcing.save(fido);
        eventSourcing.save(rex);
    }

    private void show(String trick, long dogs) {
        shown.add(trick + " " + dogs);
    }

    // tag::row[]
    record Popularity(String trick, long dogs) {}
    // end::row[]

    @Test
    void rowsAreRecords() {
        // tag::records[]
        EventQl eventQl = EventQl.over(store);
        try (EventQlRows<Popularity> rows = eventQl.query("""
                FROM e IN events
                WHERE e.type == 'Dog.TrickAdded'
                GROUP BY e.data.trick
                ORDER BY COUNT() DESC
                PROJECT INTO { trick: UNIQUE(e.data.trick), dogs: COUNT() }""", Popularity.class)) {
            for (Popularity row : rows) {
                show(row.trick(), row.dogs());
            }
        }
        // end::records[]
        assertThat(shown).containsExactly("sit 2", "roll over 1");
    }

    @Test
    void rowsAreJson() {
        EventQl eventQl = EventQl.over(store);
        // tag::json[]
        List<JsonNode> newest = eventQl.query("FROM e IN events ORDER BY e.position DESC TOP 2 PROJECT INTO e")
                .toList();
        // end::json[]
        assertThat(newest)
                .extracting(event -> event.at("/data/trick").asString(null))
                .containsExactly("sit", null);
        assertThat(newest)
                .extracting(event -> event.at("/data/name").asString(null))
                .containsExactly(null, "Rex");
    }

    @Test
    void aConditionIsTrueOrFalse() {
        EventQl eventQl = EventQl.over(store);
        // tag::condition[]
        boolean isFree = eventQl.isTrue("""
                FROM e IN events
                WHERE e.type == 'Dog.Registered' AND e.data.name == 'Fido'
                PROJECT INTO COUNT() == 0""");
        // end::condition[]
        assertThat(isFree).isFalse();
    }

    @Test
    void limitsCanBeChosen() {
        // tag::limits[]
        EventQl eventQl = EventQl.over(store)
                .timeLimit(Duration.ofSeconds(10))
                .rowLimit(1_000)
                .keeping(10_000);
        // end::limits[]
        assertThat(eventQl.query("FROM s IN subjects PROJECT INTO s")).hasSize(2);
    }

    @Test
    void mistakesHaveAPlace() {
        assertThatThrownBy(() ->
                        EventQl.over(store).query("FROM e IN events WHERE e.typ == 'Dog.Registered' PROJECT INTO e"))
                .isInstanceOf(EventQlException.class)
                .hasMessage(
                        "Line 1, column 24: e has no field 'typ'; it has id, type, stream, streamPosition, position,"
                                + " time, data, metadata, subject");
    }
}
