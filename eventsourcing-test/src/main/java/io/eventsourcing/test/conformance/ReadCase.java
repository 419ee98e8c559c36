package io.eventsourcing.test.conformance;

import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One way to read, and a second, simple-minded opinion of what it must find. */
record ReadCase(Start start, boolean backwards, long limit) {

    static final long UNLIMITED = Long.MAX_VALUE;

    /** Where a read starts, seen from some events. */
    enum Start {
        UNSAID,
        ZERO,
        FIRST,
        MIDDLE,
        LAST,
        BEHIND_THE_LAST,
        FAR_AWAY;

        private OptionalLong among(List<Long> positions) {
            long last = positions.get(positions.size() - 1);
            return switch (this) {
                case UNSAID -> OptionalLong.empty();
                case ZERO -> OptionalLong.of(0);
                case FIRST -> OptionalLong.of(positions.get(0));
                case MIDDLE -> OptionalLong.of(positions.get(positions.size() / 2));
                case LAST -> OptionalLong.of(last);
                case BEHIND_THE_LAST -> OptionalLong.of(last + 1);
                case FAR_AWAY -> OptionalLong.of(Long.MAX_VALUE);
            };
        }
    }

    /** Every start, in both directions, with every kind of limit. */
    static final class All implements ArgumentsProvider {

        private static final long[] LIMITS = {0, 1, 2, 3, 10, UNLIMITED};

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            return Stream.of(Start.values())
                    .flatMap(start -> Stream.of(false, true)
                            .flatMap(backwards -> LongStream.of(LIMITS)
                                    .mapToObj(limit -> Arguments.of(new ReadCase(start, backwards, limit)))));
        }
    }

    /** @param positions of the events that the start is seen from */
    ReadOptions options(List<Long> positions) {
        ReadOptions direction = backwards ? ReadOptions.backwards() : ReadOptions.forwards();
        OptionalLong from = start.among(positions);
        ReadOptions started = from.isPresent() ? direction.from(from.getAsLong()) : direction;
        return limit == UNLIMITED ? started : started.limit(limit);
    }

    /** What a read of a stream must find: the position given is included in both directions. */
    List<RecordedEvent> ofStream(List<RecordedEvent> stream, OptionalLong from) {
        return select(
                stream,
                event -> isIn(event, from, RecordedEvent::streamPosition) || isAt(event.streamPosition(), from));
    }

    /** What a read of all must find: the position given is included forwards and excluded backwards. */
    List<RecordedEvent> ofAll(List<RecordedEvent> all, OptionalLong from) {
        return select(
                all,
                event -> isIn(event, from, RecordedEvent::commitPosition)
                        || !backwards && isAt(event.commitPosition(), from));
    }

    private boolean isIn(RecordedEvent event, OptionalLong from, ToLongFunction<RecordedEvent> position) {
        return from.isEmpty()
                || (backwards
                        ? position.applyAsLong(event) < from.getAsLong()
                        : position.applyAsLong(event) > from.getAsLong());
    }

    private static boolean isAt(long position, OptionalLong from) {
        return from.isPresent() && from.getAsLong() == position;
    }

    private List<RecordedEvent> select(List<RecordedEvent> events, Predicate<RecordedEvent> condition) {
        List<RecordedEvent> selected = new ArrayList<>(events);
        if (backwards) {
            Collections.reverse(selected);
        }
        return selected.stream().filter(condition).limit(limit).toList();
    }

    @Override
    public String toString() {
        return "from " + start.name().toLowerCase(Locale.ROOT) + (backwards ? " backwards" : " forwards")
                + (limit == UNLIMITED ? "" : ", at most " + limit);
    }
}
