package school.training;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.eventsourcing.store.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** An event as the web shows it; the data is JSON already. */
record EventView(
        String type,
        long position,
        Instant recordedAt,
        @JsonRawValue String data) {

    static EventView of(RecordedEvent event) {
        return new EventView(
                event.type(),
                event.streamPosition(),
                event.timestamp(),
                new String(event.data(), StandardCharsets.UTF_8));
    }
}
