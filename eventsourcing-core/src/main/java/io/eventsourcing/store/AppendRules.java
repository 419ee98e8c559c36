package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** For backends: what an append amounts to, once the store holds its stream still. The one place for these rules. */
public final class AppendRules {

    /** How far back an append that names no place is searched for, in events, beyond its own length. */
    public static final int REPETITION_WINDOW = 100;

    /** What the rules need to know of a stored event. */
    public record Stored(long streamPosition, long commitPosition, UUID id) {}

    /**
     * Finds the stream's events with positions in a range, both ends included, in order. It may leave out those whose ids are
     * none of the append's.
     */
    @FunctionalInterface
    public interface Lookup {
        List<Stored> find(long firstPosition, long lastPosition);
    }

    /** What conditions are asked of: the store as the append will find it, while nobody else can change the answers. */
    public interface View {

        StreamPosition position(StreamName stream);

        /** The id of a stream's last event; empty if it has none. */
        Optional<UUID> lastEvent(StreamName stream);

        /** Reads what there is. */
        AllReader all();

        /** Whether an event behind a commit position matches. */
        boolean hasMatch(EventQuery query, long after);
    }

    private AppendRules() {}

    /**
     * For stores that can't keep tags.
     *
     * @throws UnsupportedByStoreException if an event has some
     */
    public static void requireNoTags(List<NewEvent> events, String store) {
        if (events.stream().anyMatch(event -> !event.tags().isEmpty())) {
            throw new UnsupportedByStoreException("tags of events", store);
        }
    }

    /**
     * Whether anything is left to be written, so that conditions count.
     *
     * @param earlier what {@link #decide} has said of the appends
     */
    public static boolean isNew(List<StreamAppend> appends, List<Optional<AppendResult>> earlier) {
        return earlier.stream().anyMatch(Optional::isEmpty)
                || appends.stream().allMatch(append -> append.events().isEmpty());
    }

    /**
     * Decides the conditions of an append that isn't the repetition of an earlier one.
     *
     * @throws ConditionNotMetException naming the first that isn't met
     */
    public static void requireMet(List<AppendCondition> conditions, View view) {
        for (AppendCondition condition : conditions) {
            if (!isMet(condition, view)) {
                throw new ConditionNotMetException(condition);
            }
        }
    }

    private static boolean isMet(AppendCondition condition, View view) {
        if (condition instanceof AppendCondition.StreamState state) {
            return state.expected().isMetBy(view.position(state.stream()));
        }
        if (condition instanceof AppendCondition.LastEvent last) {
            return view.lastEvent(last.stream()).filter(last.eventId()::equals).isPresent();
        }
        if (condition instanceof AppendCondition.Question question) {
            return question.answer().test(view.all());
        }
        AppendCondition.NoMatch noMatch = (AppendCondition.NoMatch) condition;
        return !view.hasMatch(noMatch.query(), noMatch.after());
    }

    /** {@link #decide(StreamAppend, StreamEnd, Lookup)} for a stream of which nothing was deleted. */
    public static Optional<AppendResult> decide(StreamAppend append, StreamPosition actual, Lookup lookup) {
        return decide(append, StreamEnd.at(actual), lookup);
    }

    /**
     * Decides an append.
     *
     * @param end of the stream
     * @param lookup asked only when a repetition is possible; it finds deleted events too
     * @return empty if the events are to be written behind the last one; else the result of the same append made before
     * @throws VersionConflictException if the stream isn't in the expected state
     * @throws StreamTombstonedException if it was deleted for good
     */
    public static Optional<AppendResult> decide(StreamAppend append, StreamEnd end, Lookup lookup) {
        if (append.events().isEmpty()) {
            requireMet(append.expected().isMetBy(end.position()), append, end);
            return Optional.of(new AppendResult(append.stream(), end.position(), 0));
        }
        if (end.isTombstoned()) {
            throw new StreamTombstonedException(append.stream());
        }
        boolean met = end.accepts(append.expected());
        boolean isNew = met && append.expected().namesPlace() && !end.isDeleted();
        Optional<AppendResult> earlier = isNew ? Optional.empty() : earlier(append, end, lookup);
        if (earlier.isEmpty()) {
            requireMet(met, append, end);
        }
        return earlier;
    }

    private static void requireMet(boolean met, StreamAppend append, StreamEnd end) {
        if (!met) {
            throw new VersionConflictException(append.stream(), append.expected(), end.position());
        }
    }

    /**
     * Decides a deletion.
     *
     * @param end of the stream
     * @return whether there is something to be deleted
     * @throws VersionConflictException if the stream isn't in the expected state
     */
    public static boolean decideDeletion(StreamName stream, ExpectedPosition expected, StreamEnd end) {
        if (!end.position().exists()) {
            return false;
        }
        if (!expected.isMetBy(end.position())) {
            throw new VersionConflictException(stream, expected, end.position());
        }
        return true;
    }

    /** The same for a deletion for good. */
    public static boolean decideTombstone(StreamName stream, ExpectedPosition expected, StreamEnd end) {
        return decideDeletion(stream, expected, end) || end.isDeleted() && !end.isTombstoned();
    }

    private static Optional<AppendResult> earlier(StreamAppend append, StreamEnd end, Lookup lookup) {
        int count = append.events().size();
        StreamPosition last = end.last();
        if (last.next() < count) {
            return Optional.empty();
        }
        if (append.expected() instanceof ExpectedPosition.Exactly exactly) {
            return exactly.position() > last.value() - count
                    ? Optional.empty()
                    : earlierAt(append, exactly.position() + 1, lookup);
        }
        if (append.expected() instanceof ExpectedPosition.NoStream) {
            return earlierAt(append, end.isDeleted() ? 0 : end.firstReadable(), lookup);
        }
        return earlierIn(append, lookup.find(firstRepeatable(last, count), last.value()));
    }

    /** From where on so many events may repeat earlier ones, if the append names no place. */
    public static long firstRepeatable(StreamPosition last, int count) {
        return Math.max(0, last.next() - count - REPETITION_WINDOW);
    }

    private static Optional<AppendResult> earlierAt(StreamAppend append, long first, Lookup lookup) {
        List<Stored> stored = lookup.find(first, first + append.events().size() - 1);
        return isSame(append, stored, 0) ? Optional.of(result(append, stored, 0)) : Optional.empty();
    }

    private static Optional<AppendResult> earlierIn(StreamAppend append, List<Stored> stored) {
        for (int start = stored.size() - append.events().size(); start >= 0; start--) {
            if (isSame(append, stored, start)) {
                return Optional.of(result(append, stored, start));
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(StreamAppend append, List<Stored> stored, int start) {
        List<NewEvent> events = append.events();
        if (stored.size() - start < events.size()) {
            return false;
        }
        for (int i = 0; i < events.size(); i++) {
            Stored each = stored.get(start + i);
            if (!events.get(i).id().equals(each.id())
                    || each.streamPosition() != stored.get(start).streamPosition() + i) {
                return false;
            }
        }
        return true;
    }

    private static AppendResult result(StreamAppend append, List<Stored> stored, int start) {
        Stored last = stored.get(start + append.events().size() - 1);
        return new AppendResult(append.stream(), StreamPosition.of(last.streamPosition()), last.commitPosition());
    }
}
