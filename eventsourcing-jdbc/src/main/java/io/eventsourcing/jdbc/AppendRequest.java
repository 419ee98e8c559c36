package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one call wants to append, all of it or nothing, and what became of it. It belongs to the thread that writes it; who
 * waits for it looks at the outcome only when it is told that there is one.
 */
final class AppendRequest {

    /** Tags are locked, and a database has room for so many locks only. */
    private static final long BYTES_OF_TAG = 4096;

    private final String tenant;
    private final List<StreamAppend> appends;
    private final List<AppendCondition> conditions;
    private final long bytes;
    private @Nullable List<AppendResult> results;
    private @Nullable EventStoreException failure;

    AppendRequest(String tenant, List<StreamAppend> appends, List<AppendCondition> conditions) {
        this.tenant = tenant;
        this.appends = appends;
        this.conditions = List.copyOf(conditions);
        this.bytes = events().mapToLong(AppendRequest::bytes).sum();
    }

    private static long bytes(NewEvent event) {
        return 100L
                + event.data().length
                + event.metadata().length
                + BYTES_OF_TAG * event.tags().size();
    }

    /** Whose streams these are, and at whose events its conditions look. */
    String tenant() {
        return tenant;
    }

    StreamKey key(StreamName stream) {
        return new StreamKey(tenant, stream);
    }

    List<StreamAppend> appends() {
        return appends;
    }

    Stream<NewEvent> events() {
        return appends.stream().flatMap(append -> append.events().stream());
    }

    List<AppendCondition> conditions() {
        return conditions;
    }

    /** What nothing may match, item by item. */
    Stream<EventQuery.Item> items() {
        return noMatches().flatMap(condition -> condition.noMatch().query().items().stream());
    }

    /** Those conditions that nothing may match, as they are in the whole store. */
    Stream<TenantCondition> noMatches() {
        return conditions.stream()
                .filter(AppendCondition.NoMatch.class::isInstance)
                .map(condition -> new TenantCondition(tenant, (AppendCondition.NoMatch) condition));
    }

    /** Whether its events have tags, or it depends on others. */
    boolean mindsTags() {
        return !conditions.isEmpty() || events().anyMatch(event -> !event.tags().isEmpty());
    }

    /** The streams and tags that it has to itself, or shares, while it is written. */
    Set<Object> needs() {
        Set<Object> needs = streams().collect(Collectors.toCollection(HashSet::new));
        events().map(NewEvent::tags).forEach(needs::addAll);
        items().map(EventQuery.Item::tags).forEach(needs::addAll);
        return needs;
    }

    /** Whether any event could break one of its conditions, so that locks of tags don't help. */
    boolean needsToBeAlone() {
        return conditions.stream().anyMatch(AppendCondition.Question.class::isInstance)
                || items().anyMatch(item -> item.tags().isEmpty());
    }

    /** The streams whose state it depends on. */
    Stream<StreamKey> streams() {
        return Stream.concat(
                        appends.stream().map(StreamAppend::stream),
                        conditions.stream().flatMap(condition -> stream(condition).stream()))
                .map(this::key);
    }

    private static Optional<StreamName> stream(AppendCondition condition) {
        if (condition instanceof AppendCondition.StreamState state) {
            return Optional.of(state.stream());
        }
        return condition instanceof AppendCondition.LastEvent last ? Optional.of(last.stream()) : Optional.empty();
    }

    /** What it weighs in memory, roughly. */
    long bytes() {
        return bytes;
    }

    /** Whether it has to wait for what others hold. */
    boolean needsAny(Reservation.Busy busy) {
        return !busy.streams().isEmpty() && streams().anyMatch(busy.streams()::contains)
                || !busy.tags().isEmpty()
                        && TagLocks.of(List.of(this)).exclusive().keySet().stream()
                                .anyMatch(busy.tags()::contains);
    }

    /** Whether there may be new events because of it. */
    boolean mayHaveWritten() {
        if (failure != null) {
            return failure instanceof AppendOutcomeUnknownException;
        }
        return results != null && results.stream().anyMatch(result -> result.commitPosition() > 0);
    }

    boolean isOpen() {
        return results == null && failure == null;
    }

    /** Makes it as if nobody had tried to write it. */
    void reopen() {
        results = null;
        failure = null;
    }

    void succeed(List<AppendResult> appended) {
        results = appended;
    }

    /** Counts, whatever was said before: a commit can fail behind a success. */
    void fail(EventStoreException why) {
        failure = why;
    }

    /** @throws EventStoreException if it failed */
    List<AppendResult> outcome() {
        if (failure != null) {
            throw failure;
        }
        if (results == null) {
            throw new IllegalStateException("Nobody has written this append");
        }
        return results;
    }
}
