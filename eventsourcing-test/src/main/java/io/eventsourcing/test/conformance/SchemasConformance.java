package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Schemas of events are kept as they are, one for each type and revision. A store without {@link Capability#SCHEMAS} refuses. */
public interface SchemasConformance extends ConformanceSuite {

    @Test
    default void schemaComesBackAsItWasAdded() {
        whereKept(schemas -> {
            String type = newType();
            EventSchema second =
                    new EventSchema(type, 2, "{ \"title\" : \"\u00e9 \uD83D\uDC15\",\n \"type\":\"object\" } ");
            EventSchema first = new EventSchema(type, 1, " ".repeat(50_000) + "true");
            assertThat(schemas.getOrAdd(second)).isEqualTo(second);
            assertThat(schemas.getOrAdd(first)).isEqualTo(first);
            assertThat(schemas.find(type, 2)).contains(second);
            assertThat(schemas.find(type, 1)).contains(first);
            assertThat(schemas.find(type, 3)).isEmpty();
            assertThat(schemas.all())
                    .filteredOn(schema -> schema.type().equals(type))
                    .containsExactly(first, second);
        });
    }

    @Test
    default void schemasOfTypesWithSimilarNamesAreTwo() {
        whereKept(schemas -> {
            String type = newType();
            EventSchema lower = new EventSchema(type.toLowerCase(Locale.ROOT), 1, "true");
            EventSchema upper = new EventSchema(type.toUpperCase(Locale.ROOT), 1, "false");
            assertThat(schemas.getOrAdd(lower)).isEqualTo(lower);
            assertThat(schemas.getOrAdd(upper)).isEqualTo(upper);
            assertThat(schemas.find(lower.type(), 1)).contains(lower);
            assertThat(schemas.find(upper.type(), 1)).contains(upper);
            assertThat(schemas.find(type, 1)).isEmpty();
        });
    }

    @Test
    default void firstSchemaOfATypeAndRevisionStays() {
        whereKept(schemas -> {
            EventSchema first = schemas.getOrAdd(new EventSchema(newType(), 1, "{}"));
            EventSchema other = new EventSchema(first.type(), 1, "true");
            assertThat(schemas.getOrAdd(other)).isEqualTo(first);
            assertThat(schemas.getOrAdd(first)).isEqualTo(first);
            assertThat(schemas.find(first.type(), 1)).contains(first);
            assertThat(schemas.all())
                    .filteredOn(schema -> schema.type().equals(first.type()))
                    .containsExactly(first);
        });
    }

    @Test
    default void ofManySchemasAtTheSameTimeOneWins() {
        whereKept(schemas -> {
            String type = newType();
            List<EventSchema> results =
                    Race.of(4, number -> schemas.getOrAdd(new EventSchema(type, 1, "{\"title\":\"" + number + "\"}")));
            EventSchema kept = schemas.find(type, 1).orElseThrow();
            assertThat(results).containsOnly(kept);
            assertThat(schemas.all())
                    .filteredOn(schema -> schema.type().equals(type))
                    .containsExactly(kept);
        });
    }

    @Test
    default void schemasAreNoEvents() {
        whereKept(schemas -> {
            long before = lastCommitPosition(store());
            schemas.getOrAdd(new EventSchema(newType(), 1, "{}"));
            assertThat(allAfter(store(), before)).isEmpty();
            TestStream stream = TestStream.of(store(), 2);
            assertThat(allAfter(store(), before)).isEqualTo(stream.read());
        });
    }

    @Test
    default void typesAreListedWithTheirSchemas() {
        whereKept(schemas -> {
            if (!fixture().capabilities().contains(Capability.CATALOGUE)) {
                return;
            }
            Catalogue catalogue = store().require(Catalogue.class);
            String used = newType();
            EventSchema one = schemas.getOrAdd(new EventSchema(used, 1, "{}"));
            EventSchema two = schemas.getOrAdd(new EventSchema(used, 2, "true"));
            EventSchema unused = schemas.getOrAdd(new EventSchema(newType(), 1, "{}"));
            store().append(TestEvents.newStream(), any(), List.of(event(used)));
            long position = lastCommitPosition(store());
            EventType withEvents = new EventType(used, 1, position, position, List.of(one, two));
            EventType without = new EventType(unused.type(), 0, 0, 0, List.of(unused));
            assertThat(catalogue.eventTypes())
                    .contains(withEvents)
                    .isSortedAccordingTo((a, b) -> a.name().compareTo(b.name()));
            assertThat(catalogue.eventType(used)).contains(withEvents);
            if (store() instanceof Tenants view && view.tenant().isPresent()) {
                assertThat(catalogue.eventTypes())
                        .as("a tenant has the types of its events alone")
                        .doesNotContain(without);
            } else {
                assertThat(catalogue.eventTypes()).contains(without);
                assertThat(catalogue.eventType(unused.type())).contains(without);
            }
        });
    }

    @Test
    default void schemasOutliveTheStore() {
        whereKept(schemas -> {
            if (!fixture().capabilities().contains(Capability.DURABLE)) {
                return;
            }
            EventSchema schema = schemas.getOrAdd(new EventSchema(newType(), 1, "{}"));
            store().close();
            assertThat(fixture()
                            .reopen()
                            .require(EventSchemasSource.class)
                            .schemas()
                            .find(schema.type(), 1))
                    .contains(schema);
        });
    }

    private static String newType() {
        return "Conformance." + UUID.randomUUID();
    }

    private void whereKept(Consumer<EventSchemas> test) {
        if (fixture().capabilities().contains(Capability.SCHEMAS)) {
            test.accept(store().require(EventSchemasSource.class).schemas());
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(EventSchemasSource.class).schemas())
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(EventSchemasSource.class.getSimpleName());
        stream.isIntact();
    }
}
