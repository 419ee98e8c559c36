package io.eventsourcing.test.conformance;

import io.eventsourcing.store.Bound;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions of a read taken by chance, and a second, simple-minded opinion of what it must find. */
record Query(
        boolean backwards,
        long limit,
        @Nullable Bound lower,
        @Nullable Bound upper,
        Set<String> types,
        StreamFilter streams,
        @Nullable Instant asOf,
        @Nullable String latest,
        ReadOptions.IfMissing ifMissing) {

    /** What the conditions are taken from. */
    record Choice(List<Long> positions, List<StreamFilter> streams, List<String> types, List<Instant> instants) {

        Query next(Random random) {
            String latest = random.nextInt(4) == 0 ? oneOf(types, random) : null;
            return new Query(
                    random.nextBoolean(),
                    random.nextInt(3) == 0 ? random.nextInt(5) : Long.MAX_VALUE,
                    latest == null && random.nextBoolean() ? bound(random) : null,
                    random.nextBoolean() ? bound(random) : null,
                    random.nextBoolean() ? Set.of() : someTypes(random),
                    oneOf(streams, random),
                    random.nextInt(3) == 0 ? oneOf(instants, random) : null,
                    latest,
                    oneOf(List.of(ReadOptions.IfMissing.values()), random));
        }

        private Bound bound(Random random) {
            long near = oneOf(positions, random) + random.nextInt(3) - 1;
            return new Bound(Math.max(0, near), random.nextBoolean());
        }

        private Set<String> someTypes(Random random) {
            String one = oneOf(types, random);
            String other = oneOf(types, random);
            return one.equals(other) ? Set.of(one) : Set.of(one, other);
        }

        private static <T> T oneOf(List<T> choice, Random random) {
            return choice.get(random.nextInt(choice.size()));
        }
    }

    ReadOptions options() {
        return Stream.<Function<ReadOptions, ReadOptions>>of(
                        options -> lower == null ? options : options.lower(lower),
                        options -> upper == null ? options : options.upper(upper),
                        options -> types.isEmpty() ? options : options.types(types),
                        options -> streams.isAll() ? options : options.streams(streams),
                        options -> asOf == null ? options : options.asOf(asOf),
                        options -> latest == null ? options : options.fromLatest(latest, ifMissing),
                        options -> options.limit(limit))
                .reduce(Function.identity(), Function::andThen)
                .apply(backwards ? ReadOptions.backwards() : ReadOptions.forwards());
    }

    /** What the read must find. */
    List<RecordedEvent> of(List<RecordedEvent> all, ToLongFunction<RecordedEvent> position) {
        List<RecordedEvent> left = all.stream()
                .filter(event -> isAbove(lower, position.applyAsLong(event)))
                .filter(event -> isBelow(upper, position.applyAsLong(event)))
                .filter(event -> streams.matches(event.stream()))
                .filter(event -> asOf == null || event.timestamp().compareTo(asOf) <= 0)
                .toList();
        List<RecordedEvent> started = latest == null ? left : fromLatest(left);
        List<RecordedEvent> ordered = backwards ? TestEvents.reversed(started) : started;
        return ordered.stream()
                .filter(event -> types.isEmpty() || types.contains(event.type()))
                .limit(limit)
                .toList();
    }

    private List<RecordedEvent> fromLatest(List<RecordedEvent> left) {
        for (int i = left.size() - 1; i >= 0; i--) {
            if (left.get(i).type().equals(latest)) {
                return left.subList(i, left.size());
            }
        }
        return ifMissing == ReadOptions.IfMissing.READ_EVERYTHING ? left : List.of();
    }

    private static boolean isAbove(@Nullable Bound lower, long position) {
        return lower == null || position > lower.position() || lower.inclusive() && position == lower.position();
    }

    private static boolean isBelow(@Nullable Bound upper, long position) {
        return upper == null || position < upper.position() || upper.inclusive() && position == upper.position();
    }
}
