package io.eventsourcing;

import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Stores what aggregates have recorded. This is the one place where versions become stream positions: a position is a
 * version less the class's {@code INITIAL_VERSION}. Thread-safe.
 */
final class AggregateWriter {

    private final EventStore store;
    private final EventMapper mapper;
    private final Clock clock;
    private final AggregateTypes types;

    AggregateWriter(EventStore store, EventMapper mapper, Clock clock, AggregateTypes types) {
        this.store = store;
        this.mapper = mapper;
        this.clock = clock;
        this.types = types;
    }

    SaveResult save(Metadata metadata, Aggregate... aggregates) {
        List<Aggregate> changed = changed(aggregates);
        if (changed.isEmpty()) {
            return new SaveResult(List.of());
        }
        byte[] encodedMetadata = mapper.encode(metadata);
        List<StreamAppend> appends = changed.stream()
                .map(aggregate -> toAppend(aggregate, encodedMetadata))
                .toList();
        List<AppendResult> results = append(changed, appends);
        List<Recording> recordings = new ArrayList<>(changed.size());
        for (int i = 0; i < changed.size(); i++) {
            recordings.add(recording(changed.get(i), appends.get(i), results.get(i)));
        }
        changed.forEach(Aggregate::saved);
        return new SaveResult(recordings);
    }

    private static List<Aggregate> changed(Aggregate... aggregates) {
        List<Aggregate> changed = new ArrayList<>(aggregates.length);
        for (Aggregate aggregate : aggregates) {
            if (aggregate.version() < aggregate.type().initialVersion()) {
                throw new EventSourcingException(
                        aggregate + " was made by a constructor without @Event, so nothing tells"
                                + " how to make it again: give that constructor @Event, or let it call one that has it");
            }
            boolean isNamedTwice = changed.stream().anyMatch(other -> other == aggregate);
            if (aggregate.savedVersion() < aggregate.version() && !isNamedTwice) {
                changed.add(aggregate);
            }
        }
        return changed;
    }

    private StreamAppend toAppend(Aggregate aggregate, byte[] metadata) {
        AggregateType<?> type = types.of(aggregate.getClass());
        aggregate.useClock(clock);
        List<NewEvent> events = aggregate.pendingEvents().stream()
                .map(event -> encoded(event, metadata))
                .toList();
        long saved = aggregate.savedVersion() - type.initialVersion();
        return new StreamAppend(
                StreamName.of(type.name(), aggregate.id()),
                saved < 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(saved),
                events);
    }

    private NewEvent encoded(PendingEvent event, byte[] metadata) {
        NewEvent encoded = event.encoded();
        if (encoded == null) {
            byte[] data = mapper.encode(event.definition().shape(), event.values());
            encoded = new NewEvent(Ids.next(), event.type(), data, metadata, event.timestamp());
            event.encoded(encoded);
        }
        return encoded;
    }

    private List<AppendResult> append(List<Aggregate> changed, List<StreamAppend> appends) {
        try {
            if (appends.size() > 1) {
                return store.require(MultiStreamAppender.class).append(appends);
            }
            StreamAppend only = appends.get(0);
            return List.of(store.append(only.stream(), only.expected(), only.events()));
        } catch (VersionConflictException e) {
            throw conflict(e, changed, appends);
        }
    }

    private static RuntimeException conflict(
            VersionConflictException e, List<Aggregate> changed, List<StreamAppend> appends) {
        for (int i = 0; i < appends.size(); i++) {
            if (appends.get(i).stream().equals(e.stream())) {
                Aggregate aggregate = changed.get(i);
                return new AggregateConflictException(
                        aggregate.type().name(),
                        aggregate.id(),
                        version(aggregate, expected(e.expected())),
                        version(aggregate, e.actual()),
                        e);
            }
        }
        return e;
    }

    private static StreamPosition expected(ExpectedPosition expected) {
        return expected instanceof ExpectedPosition.Exactly exactly
                ? StreamPosition.of(exactly.position())
                : StreamPosition.NONE;
    }

    private static OptionalLong version(Aggregate aggregate, StreamPosition position) {
        return position.exists()
                ? OptionalLong.of(position.value() + aggregate.type().initialVersion())
                : OptionalLong.empty();
    }

    private static Recording recording(Aggregate aggregate, StreamAppend append, AppendResult result) {
        return new Recording(
                aggregate.id(), aggregate.version(), append.stream(), append.events(), result.commitPosition());
    }
}
