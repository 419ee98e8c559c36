package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Keeps schemas in a stream of their own, which the read of all events leaves out. Immutable. */
final class EventStoreDbSchemas implements EventSchemas {

    private static final StreamName STREAM = StreamName.of(ServerNames.SCHEMAS + "store");
    private static final String EVENT_TYPE = "SchemaRegistered";
    private static final String TYPE = "type";
    private static final String REVISION = "revision";
    private static final String SCHEMA = "schema";
    private static final int PAGE = 100;

    private final StreamReads reads;
    private final Appends appends;

    EventStoreDbSchemas(StreamReads reads, Appends appends) {
        this.reads = reads;
        this.appends = appends;
    }

    @Override
    public List<EventSchema> all() {
        return events().stream()
                .map(EventStoreDbSchemas::schema)
                .sorted(Comparator.comparing(EventSchema::type).thenComparing(EventSchema::revision))
                .toList();
    }

    private List<RecordedEvent> events() {
        List<RecordedEvent> events = new ArrayList<>();
        List<RecordedEvent> page;
        do {
            long next = events.isEmpty() ? 0 : events.get(events.size() - 1).streamPosition() + 1;
            page = reads.page(STREAM, OptionalLong.of(next), false, PAGE);
            events.addAll(page);
        } while (page.size() == PAGE);
        return events;
    }

    /** Behind what was looked at, so that two who add the same one don't miss each other. */
    @Override
    public EventSchema getOrAdd(EventSchema candidate) {
        while (true) {
            List<RecordedEvent> events = events();
            Optional<EventSchema> earlier = events.stream()
                    .map(EventStoreDbSchemas::schema)
                    .filter(schema ->
                            schema.type().equals(candidate.type()) && schema.revision() == candidate.revision())
                    .findFirst();
            if (earlier.isPresent() || isAdded(candidate, events)) {
                return earlier.orElse(candidate);
            }
        }
    }

    private boolean isAdded(EventSchema schema, List<RecordedEvent> behind) {
        ExpectedPosition expected = behind.isEmpty()
                ? ExpectedPosition.noStream()
                : ExpectedPosition.exactly(behind.get(behind.size() - 1).streamPosition());
        byte[] data = Texts.json(
                Map.of(TYPE, schema.type(), REVISION, Integer.toString(schema.revision()), SCHEMA, schema.json()));
        NewEvent event = new NewEvent(UUID.randomUUID(), EVENT_TYPE, data, new byte[0], Instant.now());
        try {
            appends.append(new StreamAppend(STREAM, expected, List.of(event)));
            return true;
        } catch (VersionConflictException e) {
            return false;
        }
    }

    private static EventSchema schema(RecordedEvent event) {
        Map<String, String> texts = Texts.of(event);
        return new EventSchema(
                texts.getOrDefault(TYPE, ""),
                (int) Texts.number(event, texts, REVISION),
                texts.getOrDefault(SCHEMA, ""));
    }
}
