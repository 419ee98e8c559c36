package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which events of $all a client wants to see.
 *
 * @param checkpointInterval after how many events looked at a subscription is told its place; 0 for never
 * @param isOfTypes whether it is about event types
 */
record EventFilter(Predicate<LogRecord> wanted, long checkpointInterval, boolean isOfTypes) {

    static final EventFilter NONE = new EventFilter(event -> true, 0, false);

    private static final int DEFAULT_WINDOW = 32;

    static EventFilter of(FilterOptions options) {
        return new EventFilter(
                wanted(options), window(options) * options.getCheckpointIntervalMultiplier(), options.hasEventType());
    }

    private static Predicate<LogRecord> wanted(FilterOptions options) {
        return switch (options.getFilterCase()) {
            case STREAM_IDENTIFIER -> matching(LogRecord::stream, options.getStreamIdentifier());
            case EVENT_TYPE -> matching(LogRecord::type, options.getEventType());
            case FILTER_NOT_SET -> throw Refusals.invalid("'" + options + "' is not a valid filter");
        };
    }

    /** A regular expression may match anywhere in the name, as on the real server. */
    private static Predicate<LogRecord> matching(
            Function<LogRecord, String> name, FilterOptions.Expression expression) {
        if (expression.getRegex().isEmpty()) {
            List<String> prefixes = List.copyOf(expression.getPrefixList());
            return event -> prefixes.stream().anyMatch(name.apply(event)::startsWith);
        }
        Predicate<String> matches = pattern(expression.getRegex()).asPredicate();
        return event -> matches.test(name.apply(event));
    }

    private static Pattern pattern(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw Refusals.unexpected();
        }
    }

    private static long window(FilterOptions options) {
        return switch (options.getWindowCase()) {
            case MAX -> Integer.toUnsignedLong(options.getMax());
            case COUNT -> DEFAULT_WINDOW;
            case WINDOW_NOT_SET -> throw Refusals.invalid("'None' is not a valid window");
        };
    }
}
