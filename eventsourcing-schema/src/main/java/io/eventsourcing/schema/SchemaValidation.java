package io.eventsourcing.schema;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.PayloadValidator;
import io.eventsourcing.store.Bound;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventSchemasSource;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validates payloads against the schemas that are registered for their types and revisions, and registers them. Given to
 * {@link EventSourcingBuilder#validator}, it refuses what doesn't fit before anything is written; a type or revision without
 * a schema is accepted. Payloads are looked at before they are compressed and encrypted.
 *
 * <p>A schema counts at once in the object that has registered it, and in others after {@link #REFRESH} at most. Thread-safe.
 */
public final class SchemaValidation implements PayloadValidator {

    /** How old what is known of the store's schemas may be. */
    public static final Duration REFRESH = Duration.ofSeconds(10);

    /** So many events that don't fit are named. */
    private static final int NAMED = 10;

    private final EventSchemas schemas;
    private final Clock clock;
    private volatile @Nullable Known known;

    private record Key(String type, int revision) {}

    private record Known(Map<Key, CompiledSchema> byKey, Instant asked) {}

    private SchemaValidation(EventSchemas schemas, Clock clock) {
        this.schemas = schemas;
        this.clock = clock;
    }

    /**
     * With schemas that are kept beside the events.
     *
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store can't keep schemas
     */
    public static SchemaValidation of(EventStore store) {
        return of(store.require(EventSchemasSource.class).schemas());
    }

    /** With schemas that are kept somewhere else. */
    public static SchemaValidation of(EventSchemas schemas) {
        return of(schemas, Clock.systemUTC());
    }

    static SchemaValidation of(EventSchemas schemas, Clock clock) {
        return new SchemaValidation(schemas, clock);
    }

    /**
     * Refuses a payload that doesn't fit.
     *
     * @throws SchemaViolationException naming the part of the schema that it doesn't fit, and nothing of the payload
     * @throws io.eventsourcing.store.StoreUnavailableException if the schemas can't be read
     */
    @Override
    public void validate(String type, int revision, byte[] json) {
        CompiledSchema schema = current().byKey().get(new Key(type, revision));
        Optional<String> violation = schema == null ? Optional.empty() : schema.violation(json);
        violation.ifPresent(problem -> {
            throw new SchemaViolationException("The payload of " + type + " " + problem);
        });
    }

    /**
     * Registers a schema for good. Once it is registered, it can't be changed: a change takes a new revision of the event.
     * Registering the same schema again does nothing.
     *
     * <p>Stored events of the type and revision are compared with it first. Those that others append in between, or before
     * they have heard of the schema, may not fit it: they are returned if they were there when this ended, and {@link
     * #violations} finds them later.
     *
     * @param eventSourcing reads the events
     * @return the first events that have come meanwhile and don't fit; empty, mostly
     * @throws IllegalArgumentException if it is no JSON Schema of 2020-12
     * @throws SchemaConflictException if there is another one for this type and revision
     * @throws ViolatingEventsException if stored events don't fit it; then it isn't registered
     */
    public List<Violation> register(EventSourcing eventSourcing, EventSchema schema) {
        CompiledSchema compiled = CompiledSchema.of(schema);
        Optional<EventSchema> earlier = schemas.find(schema.type(), schema.revision());
        if (earlier.isPresent()) {
            requireSame(compiled, earlier.get());
            return List.of();
        }
        long lookedUpTo = eventSourcing.store().lastPosition().orElse(0);
        List<Violation> found = violations(eventSourcing, schema, compiled, 0);
        if (!found.isEmpty()) {
            throw new ViolatingEventsException(schema, found);
        }
        requireSame(compiled, schemas.getOrAdd(schema));
        known = null;
        return violations(eventSourcing, schema, compiled, lookedUpTo);
    }

    /** The schemas of all events that an aggregate class has today; see {@link EventSourcing#schemas}. */
    public void registerAll(EventSourcing eventSourcing, List<EventSchema> all) {
        all.forEach(schema -> register(eventSourcing, schema));
    }

    /**
     * The first stored events of a schema's type and revision that don't fit it. It need not be registered, so that it can be
     * tried before. Reads all events of the type.
     *
     * @throws IllegalArgumentException if it is no JSON Schema of 2020-12
     */
    public List<Violation> violations(EventSourcing eventSourcing, EventSchema schema) {
        return violations(eventSourcing, schema, CompiledSchema.of(schema), 0);
    }

    private static void requireSame(CompiledSchema schema, EventSchema other) {
        if (!schema.isSame(other)) {
            throw new SchemaConflictException("There is another " + other
                    + " already, and a registered schema is never changed. Give the event a new revision");
        }
    }

    private static List<Violation> violations(
            EventSourcing eventSourcing, EventSchema schema, CompiledSchema compiled, long behind) {
        List<Violation> found = new ArrayList<>();
        ReadOptions options = ReadOptions.forwards().types(schema.type()).lower(Bound.exclusive(behind));
        try (EventSequence events = eventSourcing.store().readAll(options)) {
            for (RecordedEvent event : events) {
                if (found.size() == NAMED) {
                    break;
                }
                if (eventSourcing.revision(event) == schema.revision()) {
                    violation(eventSourcing, event, compiled).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** What was forgotten fits everything. */
    private static Optional<Violation> violation(
            EventSourcing eventSourcing, RecordedEvent event, CompiledSchema compiled) {
        return eventSourcing
                .readAsStored(event)
                .flatMap(plain -> compiled.violation(plain.data()))
                .map(problem -> new Violation(event.commitPosition(), event + " " + problem));
    }

    private Known current() {
        Known current = known;
        return current != null && clock.instant().isBefore(current.asked().plus(REFRESH)) ? current : refreshed();
    }

    private synchronized Known refreshed() {
        Instant now = clock.instant();
        Map<Key, CompiledSchema> earlier = known == null ? Map.of() : known.byKey();
        Map<Key, CompiledSchema> byKey = new HashMap<>();
        for (EventSchema schema : schemas.all()) {
            Key key = new Key(schema.type(), schema.revision());
            CompiledSchema compiled = earlier.get(key);
            byKey.put(key, compiled == null ? CompiledSchema.of(schema) : compiled);
        }
        Known refreshed = new Known(Map.copyOf(byKey), now);
        known = refreshed;
        return refreshed;
    }
}
