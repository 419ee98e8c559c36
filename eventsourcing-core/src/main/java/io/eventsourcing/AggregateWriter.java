package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
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
import java.util.UUID;

/**
 * Stores what aggregates have recorded. This is the one place where versions become stream positions: a position is a
 * version less the class's {@code INITIAL_VERSION}. Thread-safe.
 */
final class AggregateWriter {

    private final EventStore store;
    private final EventFormat format;
    private final Clock clock;
    private final AggregateTypes types;
    private final AggregateSnapshots snapshots;
    private final AppendInterceptor interceptor;
    private final Reactions reactions;

    AggregateWriter(
            EventStore store,
            EventFormat format,
            Clock clock,
            AggregateTypes types,
            AggregateSnapshots snapshots,
            AppendInterceptor interceptor,
            Reactions reactions) {
        this.store = store;
        this.format = format;
        this.clock = clock;
        this.types = types;
        this.snapshots = snapshots;
        this.interceptor = interceptor;
        this.reactions = reactions;
    }

    SaveResult save(Metadata metadata, Aggregate... aggregates) {
        List<Aggregate> changed = changed(aggregates);
        if (changed.isEmpty()) {
            return new SaveResult(List.of());
        }
        EventFormat.Writer events = format.writer(metadata);
        List<StreamAppend> appends =
                changed.stream().map(aggregate -> toAppend(aggregate, events)).toList();
        changed.forEach(this::requireNoneOfFormerName);
        List<AppendResult> results = append(changed, appends);
        List<Recording> recordings = new ArrayList<>(changed.size());
        for (int i = 0; i < changed.size(); i++) {
            recordings.add(recording(changed.get(i), appends.get(i), results.get(i)));
        }
        changed.forEach(Aggregate::saved);
        for (int i = 0; i < changed.size(); i++) {
            saved(changed.get(i), appends.get(i), results.get(i));
        }
        return new SaveResult(recordings);
    }

    private void saved(Aggregate aggregate, StreamAppend append, AppendResult result) {
        reactions.saved(append.stream(), append.events().size());
        if (!reactions.areRepeatable()) { // else the store may hold other arguments of the same events
            snapshots.saved(aggregate, append, result);
        }
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

    private StreamAppend toAppend(Aggregate aggregate, EventFormat.Writer writer) {
        AggregateType<?> type = types.of(aggregate.getClass());
        aggregate.useClock(clock);
        StreamName stream = aggregate.stream();
        List<NewEvent> events = encoded(aggregate.pendingEvents(), stream, writer);
        long saved = aggregate.savedVersion() - type.initialVersion();
        return new StreamAppend(
                stream, saved < 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(saved), events);
    }

    /** A new aggregate would hide the one that is stored under a name that the class had once. */
    private void requireNoneOfFormerName(Aggregate aggregate) {
        AggregateType<?> type = aggregate.type();
        if (type.names().size() == 1 || aggregate.savedVersion() >= type.initialVersion()) {
            return;
        }
        for (StreamName former :
                type.streams(aggregate.id()).subList(1, type.names().size())) {
            StreamPosition position = store.position(former);
            if (position.exists()) {
                throw conflict(aggregate, new VersionConflictException(former, ExpectedPosition.noStream(), position));
            }
        }
    }

    private List<NewEvent> encoded(List<PendingEvent> pending, StreamName stream, EventFormat.Writer writer) {
        List<NewEvent> events = new ArrayList<>(pending.size());
        for (PendingEvent event : pending) {
            NewEvent encoded = event.encoded();
            if (encoded == null) {
                UUID id = reactions.eventId(stream, events.size());
                encoded = writer.write(
                        event.definition().shape(),
                        event.values(),
                        new EventFormat.Place(stream, id, event.timestamp()));
                event.encoded(encoded);
            }
            events.add(encoded);
        }
        return events;
    }

    private List<AppendResult> append(List<Aggregate> changed, List<StreamAppend> appends) {
        try {
            return interceptor.append(store, appends, () -> append(appends));
        } catch (VersionConflictException e) {
            throw conflict(e, changed, appends);
        }
    }

    private List<AppendResult> append(List<StreamAppend> appends) {
        if (appends.size() > 1) {
            return store.require(MultiStreamAppender.class).append(appends);
        }
        StreamAppend only = appends.get(0);
        return List.of(store.append(only.stream(), only.expected(), only.events()));
    }

    private static RuntimeException conflict(
            VersionConflictException e, List<Aggregate> changed, List<StreamAppend> appends) {
        for (int i = 0; i < appends.size(); i++) {
            if (appends.get(i).stream().equals(e.stream())) {
                return conflict(changed.get(i), e);
            }
        }
        return e;
    }

    private static AggregateConflictException conflict(Aggregate aggregate, VersionConflictException e) {
        return new AggregateConflictException(
                aggregate.type().name(),
                aggregate.id(),
                version(aggregate, expected(e.expected())),
                version(aggregate, e.actual()),
                e);
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
