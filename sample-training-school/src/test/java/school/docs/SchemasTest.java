package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.schema.SchemaValidation;
import io.eventsourcing.schema.SchemaViolationException;
import io.eventsourcing.schema.Violation;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What docs/schemas.md says. */
class SchemasTest {

    private final EventStore store = new MemoryEventStore();

    @Test
    void payloadsAreValidated() {
        // tag::validation[]
        SchemaValidation validation = SchemaValidation.of(store);
        EventSourcing eventSourcing =
                EventSourcing.builder(store).validator(validation).build();
        // end::validation[]
        // tag::register[]
        String json = """
                {"type": "object",
                 "properties": {"trick": {"type": "string", "minLength": 1}},
                 "required": ["trick"]}""";
        validation.register(eventSourcing, new EventSchema("Dog.TrickAdded", 1, json));
        // end::register[]
        // tag::refused[]
        Dog dog = new Dog("Fido");
        dog.addTrick("");
        assertThatThrownBy(() -> eventSourcing.save(dog)).isInstanceOf(SchemaViolationException.class);
        // end::refused[]
        EventSchema candidate = new EventSchema("Dog.Registered", 1, "{}");
        // tag::try[]
        List<Violation> violations = validation.violations(eventSourcing, candidate);
        // end::try[]
        assertThat(violations).isEmpty();
        // tag::catalogue[]
        EventType type =
                store.require(Catalogue.class).eventType("Dog.TrickAdded").orElseThrow();
        List<EventSchema> schemas = type.schemas(); // by their revisions
        // end::catalogue[]
        assertThat(schemas).hasSize(1);
    }

    @Test
    void schemasAreGenerated() {
        SchemaValidation validation = SchemaValidation.of(store);
        EventSourcing eventSourcing =
                EventSourcing.builder(store).validator(validation).build();
        // tag::generate[]
        List<EventSchema> schemas = eventSourcing.schemas(Dog.class);
        validation.registerAll(eventSourcing, schemas);
        // end::generate[]
        eventSourcing.save(new Dog("Fido"));
        assertThat(schemas).hasSize(2);
    }
}
