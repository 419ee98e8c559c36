package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last events of a stream, for an append that names no place: as many as have to be compared.
 *
 * @param events in order
 */
record StreamTail(List<AppendRules.Stored> events) {

    static StreamTail read(StreamReads reads, StreamAppend append) {
        int count = append.events().size() + AppendRules.REPETITION_WINDOW;
        List<RecordedEvent> latest = reads.page(append.stream(), OptionalLong.empty(), true, count);
        if (latest.isEmpty() && append.expected() instanceof ExpectedPosition.StreamExists) {
            reads.requireNotTombstoned(append.stream());
        }
        List<AppendRules.Stored> events = new ArrayList<>(stored(latest));
        Collections.reverse(events);
        return new StreamTail(events);
    }

    static List<AppendRules.Stored> stored(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> new AppendRules.Stored(event.streamPosition(), event.commitPosition(), event.id()))
                .toList();
    }

    /** The result of the same append, if it was made before. */
    Optional<AppendResult> decide(StreamAppend append) {
        return AppendRules.decide(
                append,
                position(),
                (first, last) -> events.stream()
                        .filter(event -> event.streamPosition() >= first && event.streamPosition() <= last)
                        .toList());
    }

    /** The same append, right behind these events. */
    StreamAppend place(StreamAppend append) {
        StreamPosition last = position();
        return new StreamAppend(
                append.stream(),
                last.exists() ? ExpectedPosition.exactly(last.value()) : ExpectedPosition.noStream(),
                append.events());
    }

    private StreamPosition position() {
        return events.isEmpty()
                ? StreamPosition.NONE
                : StreamPosition.of(events.get(events.size() - 1).streamPosition());
    }
}
