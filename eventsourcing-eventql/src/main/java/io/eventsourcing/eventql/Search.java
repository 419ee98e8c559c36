package io.eventsourcing.eventql;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.FilteredReader;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamReader;
import io.eventsourcing.store.Tenants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where to look for the events of a query: none outside of it fulfils the query's condition. What is found is looked at
 * again. Immutable.
 *
 * @param first the lowest commit position
 * @param last the highest commit position
 * @param stream the only stream
 * @param predicates what else all of them fulfil
 */
record Search(long first, long last, Optional<StreamName> stream, List<EventPredicate> predicates) {

    static final Search EVERYWHERE = new Search(0, Long.MAX_VALUE - 1, Optional.empty(), List.of());

    Search and(Search other) {
        List<EventPredicate> all = new ArrayList<>(predicates);
        all.addAll(other.predicates);
        return new Search(
                Math.max(first, other.first),
                Math.min(last, other.last),
                stream.isPresent() ? stream : other.stream,
                List.copyOf(all));
    }

    Search upTo(long position) {
        return new Search(first, Math.min(last, position), stream, predicates);
    }

    static Search of(StreamName stream) {
        return new Search(0, EVERYWHERE.last, Optional.of(stream), List.of());
    }

    static Search of(EventPredicate predicate) {
        return new Search(0, EVERYWHERE.last, Optional.empty(), List.of(predicate));
    }

    static Search ofPosition(Comparison.Operator operator, BigDecimal position) {
        BigDecimal within = position.max(BigDecimal.ONE.negate()).min(BigDecimal.valueOf(EVERYWHERE.last));
        long floor = within.setScale(0, RoundingMode.FLOOR).longValueExact();
        long ceiling = within.setScale(0, RoundingMode.CEILING).longValueExact();
        return switch (operator) {
            case EQUAL -> between(ceiling, floor);
            case LESS -> between(0, ceiling - 1);
            case LESS_OR_EQUAL -> between(0, floor);
            case GREATER -> between(floor + 1, EVERYWHERE.last);
            case GREATER_OR_EQUAL -> between(ceiling, EVERYWHERE.last);
            case NOT_EQUAL -> EVERYWHERE;
        };
    }

    private static Search between(long first, long last) {
        return new Search(Math.max(0, first), last, Optional.empty(), List.of());
    }

    boolean isEmpty() {
        return first > last;
    }

    boolean contains(long position) {
        return first <= position && position <= last;
    }

    /** Whether nothing behind this position is in it any more. */
    boolean isBehind(long position, boolean backwards) {
        return backwards ? position < first : position > last;
    }

    /** Reads as little as this reader can. */
    EventSequence read(AllReader reader, boolean backwards) {
        ReadOptions all = backwards ? ReadOptions.backwards() : ReadOptions.forwards();
        if (stream.isPresent() && reader instanceof StreamReader streams && hasOneOfEachName(reader)) {
            return streams.read(stream.get(), all);
        }
        ReadOptions from = all.from(backwards ? last + 1 : first);
        ReadOptions options = stream.map(name -> from.streams(StreamFilter.prefix(name.value())))
                .orElse(from);
        List<EventPredicate> known = new ArrayList<>(predicates);
        stream.ifPresent(name -> known.add(new EventPredicate.StreamIs(name)));
        return reader instanceof FilteredReader filtered && !known.isEmpty()
                ? filtered.readMatching(new EventPredicate.And(known), options)
                : reader.readAll(options);
    }

    /** Not so where several tenants are seen. */
    private static boolean hasOneOfEachName(AllReader reader) {
        return !(reader instanceof Tenants tenants) || tenants.tenant().isPresent();
    }
}
