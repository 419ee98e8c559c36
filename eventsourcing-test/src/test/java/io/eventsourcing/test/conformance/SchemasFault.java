package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** Mistakes that backends make with schemas, and a test that each of them fails. */
enum SchemasFault {
    STRIPS_SCHEMAS(
            "schemaComesBackAsItWasAdded",
            () -> new WrongSchemas(right -> new Forwarding(right) {
                @Override
                public EventSchema getOrAdd(EventSchema candidate) {
                    return super.getOrAdd(new EventSchema(
                            candidate.type(),
                            candidate.revision(),
                            candidate.json().strip()));
                }
            })),
    IGNORES_CASE(
            "schemasOfTypesWithSimilarNamesAreTwo",
            () -> new WrongSchemas(right -> new Forwarding(right) {
                @Override
                public EventSchema getOrAdd(EventSchema candidate) {
                    return super.getOrAdd(new EventSchema(
                            candidate.type().toLowerCase(Locale.ROOT), candidate.revision(), candidate.json()));
                }
            })),
    REPLACES_SCHEMAS("firstSchemaOfATypeAndRevisionStays", () -> new WrongSchemas(right -> new Replacing())),
    LOOKS_BEFORE_IT_ADDS(
            "ofManySchemasAtTheSameTimeOneWins",
            () -> new WrongSchemas(right -> new Replacing() {
                @Override
                public EventSchema getOrAdd(EventSchema candidate) {
                    Optional<EventSchema> earlier = find(candidate.type(), candidate.revision());
                    LockSupport.parkNanos(20_000_000); // so that the others look too
                    return earlier.orElseGet(() -> super.getOrAdd(candidate));
                }
            })),
    KEEPS_SCHEMAS_AS_EVENTS("schemasAreNoEvents", () -> new WrongStore() {
        @Override
        public EventSchemas schemas() {
            return new Forwarding(right.schemas()) {
                @Override
                public EventSchema getOrAdd(EventSchema candidate) {
                    right.append(
                            TestEvents.newStream(), ExpectedPosition.any(), List.of(TestEvents.event("Registered")));
                    return super.getOrAdd(candidate);
                }
            };
        }
    }),
    LISTS_USED_TYPES_ALONE("typesAreListedWithTheirSchemas", () -> new WrongStore() {
        @Override
        public List<EventType> eventTypes() {
            return right.eventTypes().stream().filter(type -> type.count() > 0).toList();
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    SchemasFault(String test, Supplier<EventStore> store) {
        this.test = test;
        this.store = store;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    EventStore newStore() {
        return store.get();
    }

    private static final class WrongSchemas extends WrongStore {

        private final EventSchemas schemas;

        WrongSchemas(Function<EventSchemas, EventSchemas> change) {
            this.schemas = change.apply(right.schemas());
        }

        @Override
        public EventSchemas schemas() {
            return schemas;
        }
    }

    private static class Forwarding implements EventSchemas {

        private final EventSchemas right;

        Forwarding(EventSchemas right) {
            this.right = right;
        }

        @Override
        public List<EventSchema> all() {
            return right.all();
        }

        @Override
        public EventSchema getOrAdd(EventSchema candidate) {
            return right.getOrAdd(candidate);
        }
    }

    private static class Replacing implements EventSchemas {

        private final Map<String, EventSchema> byName = new ConcurrentHashMap<>();

        @Override
        public List<EventSchema> all() {
            return List.copyOf(byName.values());
        }

        @Override
        public EventSchema getOrAdd(EventSchema candidate) {
            byName.put(candidate.toString(), candidate);
            return candidate;
        }
    }
}
