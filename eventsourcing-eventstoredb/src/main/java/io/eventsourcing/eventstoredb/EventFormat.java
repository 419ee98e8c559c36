package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.EventDataBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;

/** Events as the client writes and reads them. */
final class EventFormat {

    private static final JsonFactory JSON = new JsonFactory();

    private EventFormat() {}

    /** For an append to one stream. */
    static EventData of(NewEvent event) {
        return data(event, new EventMetadata(event.metadata(), event.timestamp()).encoded());
    }

    /** For an append to several streams. */
    static EventData ofSeveral(NewEvent event) {
        return data(event, new EventMetadata(event.metadata(), event.timestamp()).encodedAsTexts());
    }

    private static EventData data(NewEvent event, byte[] metadata) {
        AppendRules.requireNoTags(List.of(event), "eventstoredb"); // nothing on the server could find it by them
        return EventDataBuilder.binary(event.id(), event.type(), event.data(), isJson(event.data()))
                .metadataAsBytes(metadata)
                .build();
    }

    /** What the server counts against the most that an append may have. */
    static long size(EventData event) {
        return event.getEventData().length
                + (long) event.getUserMetadata().length
                + 2L * event.getEventType().length();
    }

    /** @throws EventStoreException if the server doesn't say where the event is in the read of all */
    static RecordedEvent recorded(ServerNames.OwnStream stream, io.kurrent.dbclient.RecordedEvent event) {
        long commitPosition = event.getPosition().getCommitUnsigned();
        if (commitPosition < 0) {
            throw new EventStoreException("The server says no commit position for the events of " + stream.name()
                    + ": it is older than EventStoreDB 22.6, or they were written in a transaction of an old client");
        }
        Instant created = event.getCreated();
        EventMetadata metadata = EventMetadata.decoded(event.getUserMetadata(), created);
        return new RecordedEvent(
                stream.name(),
                event.getRevision(),
                commitPosition,
                event.getEventId(),
                event.getEventType(),
                event.getEventData(),
                metadata.bytes(),
                metadata.timestamp(),
                Set.of(),
                stream.tenant());
    }

    /** The server's projections and its user interface read what is marked as JSON. It must be, to the last byte. */
    static boolean isJson(byte[] data) {
        if (data.length == 0 || data[0] != '{' && data[0] != '[') {
            return false;
        }
        try (JsonParser parser = JSON.createParser(data)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }
}
