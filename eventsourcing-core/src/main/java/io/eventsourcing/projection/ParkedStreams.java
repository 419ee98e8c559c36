package io.eventsourcing.projection;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The streams of a segment of which events are parked, as its owner knows them: nobody else changes them. Not thread-safe. */
final class ParkedStreams {

    private final SegmentId segment;
    private final Node node;

    /** Null if they must be asked for. */
    private @Nullable Set<StreamName> known;

    ParkedStreams(SegmentId segment, Node node) {
        this.segment = segment;
        this.node = node;
    }

    boolean contains(StreamName stream) {
        return streams().contains(stream);
    }

    void add(StreamName stream) {
        streams().add(stream);
    }

    void remove(StreamName stream) {
        streams().remove(stream);
    }

    /** Asks for them again when they are needed. */
    void forget() {
        known = null;
    }

    private Set<StreamName> streams() {
        if (known == null) {
            known = node.store().deadLetters().streams(segment.projection()).stream()
                    .filter(segment::holds)
                    .collect(Collectors.toCollection(HashSet::new));
        }
        return known;
    }

    /** What is to be parked of an event. */
    DeadLetter letter(RecordedEvent event, String cause, int attempts) {
        return new DeadLetter(
                segment.projection(),
                event.stream(),
                event.tenant(),
                event.commitPosition(),
                event.id(),
                event.type(),
                cause,
                attempts,
                node.clock().instant());
    }
}
