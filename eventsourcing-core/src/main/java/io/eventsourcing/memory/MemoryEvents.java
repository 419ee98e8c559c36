package io.eventsourcing.memory;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The streams of all tenants, and their events in one order. Thread-safe; one lock serialises everything. */
final class MemoryEvents {

    /** Between two chances for others, while a read looks for events that match. */
    private static final int LOOKED_AT = 1_000;

    /** A stream of a tenant. */
    record Key(String tenant, StreamName name) {}

    private final Map<Key, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<Key, Long> firstReadable = new HashMap<>();
    private final List<RecordedEvent> all = new ArrayList<>();

    /** What conditions of a tenant's append look at. */
    private final class View implements AppendRules.View {

        private final String tenant;
        private final Supplier<AllReader> reader;

        View(String tenant, Supplier<AllReader> reader) {
            this.tenant = tenant;
            this.reader = reader;
        }

        @Override
        public StreamPosition position(StreamName stream) {
            return MemoryEvents.this.position(new Key(tenant, stream));
        }

        @Override
        public Optional<UUID> lastEvent(StreamName stream) {
            StreamPosition last = position(stream);
            return last.exists()
                    ? Optional.of(events(new Key(tenant, stream))
                            .get((int) last.value())
                            .id())
                    : Optional.empty();
        }

        @Override
        public AllReader all() {
            return reader.get();
        }

        @Override
        public boolean hasMatch(EventQuery query, long after) {
            return all.subList((int) Math.min(after, all.size()), all.size()).stream()
                    .anyMatch(event -> event.tenant().equals(tenant) && query.matches(event.type(), event.tags()));
        }
    }

    /** @param reader of the tenant's events, for questions */
    synchronized List<AppendResult> append(
            String tenant, List<StreamAppend> appends, List<AppendCondition> conditions, Supplier<AllReader> reader) {
        List<Optional<AppendResult>> earlier =
                appends.stream().map(append -> decide(tenant, append)).toList();
        if (AppendRules.isNew(appends, earlier)) {
            AppendRules.requireMet(conditions, new View(tenant, reader));
        }
        List<AppendResult> results = new ArrayList<>(appends.size());
        for (int i = 0; i < appends.size(); i++) {
            StreamAppend append = appends.get(i);
            results.add(earlier.get(i).orElseGet(() -> write(tenant, append)));
        }
        return results;
    }

    private Optional<AppendResult> decide(String tenant, StreamAppend append) {
        Key stream = new Key(tenant, append.stream());
        return AppendRules.decide(append, end(stream), (first, last) -> stored(stream, first, last));
    }

    private AppendResult write(String tenant, StreamAppend append) {
        List<RecordedEvent> stream =
                streams.computeIfAbsent(new Key(tenant, append.stream()), key -> new ArrayList<>());
        for (NewEvent event : append.events()) {
            RecordedEvent recorded = new RecordedEvent(
                    append.stream(),
                    stream.size(),
                    all.size() + 1L,
                    event.id(),
                    event.type(),
                    event.data().clone(),
                    event.metadata().clone(),
                    event.timestamp(),
                    event.tags(),
                    tenant);
            stream.add(recorded);
            all.add(recorded);
        }
        return new AppendResult(append.stream(), StreamPosition.of(stream.size() - 1L), all.size());
    }

    private List<AppendRules.Stored> stored(Key stream, long first, long last) {
        List<RecordedEvent> events = events(stream);
        return events.subList((int) Math.min(first, events.size()), (int) Math.min(last + 1, events.size())).stream()
                .map(event -> new AppendRules.Stored(event.streamPosition(), event.commitPosition(), event.id()))
                .toList();
    }

    synchronized StreamPosition position(Key stream) {
        return end(stream).position();
    }

    private StreamEnd end(Key stream) {
        return new StreamEnd(StreamPosition.of(events(stream).size() - 1L), firstReadable.getOrDefault(stream, 0L));
    }

    synchronized void delete(Key stream, ExpectedPosition expected) {
        if (AppendRules.decideDeletion(stream.name(), expected, end(stream))) {
            firstReadable.put(stream, end(stream).last().next());
        }
    }

    synchronized void tombstone(Key stream, ExpectedPosition expected) {
        if (AppendRules.decideTombstone(stream.name(), expected, end(stream))) {
            firstReadable.put(stream, StreamEnd.NEVER);
        }
    }

    synchronized List<StreamName> streams(String tenant, StreamFilter filter) {
        return streams.keySet().stream()
                .filter(stream -> stream.tenant().equals(tenant)
                        && filter.matches(stream.name())
                        && position(stream).exists())
                .map(Key::name)
                .sorted()
                .toList();
    }

    /** The position of the last one. */
    synchronized OptionalLong last() {
        return all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.size());
    }

    synchronized EventPage streamPage(Key stream, EventFilter filter, Span span, int count) {
        Span readable = span.notBelow(end(stream).firstReadable());
        return page(events(stream), filter, readable, count, RecordedEvent::streamPosition);
    }

    /** A commit position is its event's index plus 1. */
    synchronized EventPage allPage(EventFilter filter, Span span, int count) {
        Span indexes = new Span(Math.max(span.first() - 1, 0), span.last() - 1, span.backwards());
        return page(all, filter, indexes, count, RecordedEvent::commitPosition);
    }

    private static EventPage page(
            List<RecordedEvent> events,
            EventFilter filter,
            Span indexes,
            int count,
            ToLongFunction<RecordedEvent> position) {
        int most = filter.isEverything() ? count : Math.max(count, LOOKED_AT);
        List<RecordedEvent> lookedAt = part(events, indexes, most);
        EventPage page = EventPage.filtered(lookedAt, lookedAt.size() < most, filter, count, position);
        return new EventPage(copies(page.events()), page.lookedUpTo());
    }

    private static List<RecordedEvent> part(List<RecordedEvent> events, Span indexes, int most) {
        int start = (int) Math.min(indexes.first(), events.size());
        int end = (int) Math.max(start, Math.min(indexes.last(), events.size() - 1L) + 1);
        if (!indexes.backwards()) {
            return events.subList(start, Math.min(end, start + most));
        }
        List<RecordedEvent> reversed = new ArrayList<>(events.subList(Math.max(start, end - most), end));
        Collections.reverse(reversed);
        return reversed;
    }

    /** Deleted ones too, so that a position is an index. */
    private List<RecordedEvent> events(Key stream) {
        return streams.getOrDefault(stream, List.of());
    }

    /** What is handed out can be changed by whoever gets it, so it isn't what is kept. */
    private static List<RecordedEvent> copies(List<RecordedEvent> events) {
        List<RecordedEvent> copies = new ArrayList<>(events.size());
        for (RecordedEvent event : events) {
            copies.add(new RecordedEvent(
                    event.stream(),
                    event.streamPosition(),
                    event.commitPosition(),
                    event.id(),
                    event.type(),
                    event.data().clone(),
                    event.metadata().clone(),
                    event.timestamp(),
                    event.tags(),
                    event.tenant()));
        }
        return copies;
    }
}
