package io.eventsourcing.memory;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.LocalSignals;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.Span;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubjectKeysSource;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Keeps events in memory, for as long as this object lives. Thread-safe; one lock serialises everything. */
public final class MemoryEventStore
        implements EventStore,
                ConditionalAppender,
                StreamDeleter,
                Catalogue,
                AppendSignals,
                SubjectKeysSource,
                SnapshotSource,
                SealsSource {

    /** Between two chances for others, while a read looks for events that match. */
    private static final int LOOKED_AT = 1_000;

    private final Map<StreamName, List<RecordedEvent>> streams = new HashMap<>();
    private final Map<StreamName, Long> firstReadable = new HashMap<>();
    private final List<RecordedEvent> all = new ArrayList<>();
    private final LocalSignals signals = new LocalSignals();
    private final SubjectKeys subjectKeys = new MemorySubjectKeys();
    private final SnapshotStore snapshots = new MemorySnapshots();
    private final Seals seals = new MemorySeals();
    private final Subscriptions subscriptions = new Subscriptions(this);
    private final AppendRules.View view = new View();

    private final class View implements AppendRules.View {

        @Override
        public StreamPosition position(StreamName stream) {
            return MemoryEventStore.this.position(stream);
        }

        @Override
        public Optional<UUID> lastEvent(StreamName stream) {
            StreamPosition last = position(stream);
            return last.exists()
                    ? Optional.of(events(stream).get((int) last.value()).id())
                    : Optional.empty();
        }

        @Override
        public AllReader all() {
            return MemoryEventStore.this;
        }

        @Override
        public boolean hasMatch(EventQuery query, long after) {
            return all.subList((int) Math.min(after, all.size()), all.size()).stream()
                    .anyMatch(event -> query.matches(event.type(), event.tags()));
        }
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return append(List.of(new StreamAppend(stream, expected, events))).get(0);
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        return append(appends, List.of());
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        StreamAppend.requireDistinctStreams(appends);
        List<AppendResult> results = write(appends, conditions);
        if (results.stream().anyMatch(result -> result.commitPosition() > 0)) {
            signals.signal();
        }
        return results;
    }

    private synchronized List<AppendResult> write(List<StreamAppend> appends, List<AppendCondition> conditions) {
        List<Optional<AppendResult>> earlier = appends.stream()
                .map(append -> AppendRules.decide(
                        append, end(append.stream()), (first, last) -> stored(append.stream(), first, last)))
                .toList();
        if (AppendRules.isNew(appends, earlier)) {
            AppendRules.requireMet(conditions, view);
        }
        List<AppendResult> results = new ArrayList<>(appends.size());
        for (int i = 0; i < appends.size(); i++) {
            StreamAppend append = appends.get(i);
            results.add(earlier.get(i).orElseGet(() -> write(append)));
        }
        return results;
    }

    @Override
    public synchronized StreamPosition position(StreamName stream) {
        return end(stream).position();
    }

    private StreamEnd end(StreamName stream) {
        return new StreamEnd(StreamPosition.of(events(stream).size() - 1L), firstReadable.getOrDefault(stream, 0L));
    }

    @Override
    public synchronized void delete(StreamName stream, ExpectedPosition expected) {
        if (AppendRules.decideDeletion(stream, expected, end(stream))) {
            firstReadable.put(stream, end(stream).last().next());
        }
    }

    @Override
    public synchronized void tombstone(StreamName stream, ExpectedPosition expected) {
        if (AppendRules.decideTombstone(stream, expected, end(stream))) {
            firstReadable.put(stream, StreamEnd.NEVER);
        }
    }

    @Override
    public synchronized Stream<StreamName> streams(StreamFilter filter) {
        return streams.keySet().stream()
                .filter(stream -> filter.matches(stream) && position(stream).exists())
                .sorted()
                .toList()
                .stream();
    }

    @Override
    public synchronized List<EventType> eventTypes() {
        return MemoryCatalogue.eventTypes(all);
    }

    @Override
    public Optional<EventType> eventType(String name) {
        EventType.requireName(name);
        return eventTypes().stream().filter(type -> type.name().equals(name)).findFirst();
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return PagedEvents.ofStream(options, (filter, span, count) -> streamPage(stream, filter, span, count));
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return PagedEvents.ofAll(options, this::allPage);
    }

    @Override
    public synchronized OptionalLong lastPosition() {
        return all.isEmpty() ? OptionalLong.empty() : OptionalLong.of(all.size());
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return subscriptions.subscribe(options, listener);
    }

    @Override
    public Registration onAppend(Runnable signal) {
        return signals.onAppend(signal);
    }

    @Override
    public SubjectKeys subjectKeys() {
        return subjectKeys;
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public Seals seals() {
        return seals;
    }

    /** Ends subscriptions. The events stay, and can be read. */
    @Override
    public void close() {
        subscriptions.close();
    }

    private AppendResult write(StreamAppend append) {
        List<RecordedEvent> stream = streams.computeIfAbsent(append.stream(), name -> new ArrayList<>());
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
                    event.tags());
            stream.add(recorded);
            all.add(recorded);
        }
        return new AppendResult(append.stream(), StreamPosition.of(stream.size() - 1L), all.size());
    }

    private List<AppendRules.Stored> stored(StreamName stream, long first, long last) {
        List<RecordedEvent> events = events(stream);
        return events.subList((int) Math.min(first, events.size()), (int) Math.min(last + 1, events.size())).stream()
                .map(event -> new AppendRules.Stored(event.streamPosition(), event.commitPosition(), event.id()))
                .toList();
    }

    private synchronized EventPage streamPage(StreamName stream, EventFilter filter, Span span, int count) {
        Span readable = span.notBelow(end(stream).firstReadable());
        return page(events(stream), filter, readable, count, RecordedEvent::streamPosition);
    }

    /** A commit position is its event's index plus 1. */
    private synchronized EventPage allPage(EventFilter filter, Span span, int count) {
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
    private List<RecordedEvent> events(StreamName stream) {
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
                    event.tags()));
        }
        return copies;
    }
}
