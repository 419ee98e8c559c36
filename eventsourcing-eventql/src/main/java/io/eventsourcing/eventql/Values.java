package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How values compare. */
final class Values {

    /** For sorting: by kind, and those of one kind as they compare. */
    static final Comparator<@Nullable Object> ORDER = Values::order;

    private Values() {}

    static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    static boolean areEqual(@Nullable Object left, @Nullable Object right) {
        Kind kind = common(left, right);
        return Objects.equals(aligned(kind, left), aligned(kind, right));
    }

    /** Nothing if they can't be compared, which null can't be with anything. */
    static OptionalInt compare(@Nullable Object left, @Nullable Object right) {
        Kind kind = common(left, right);
        Object first = aligned(kind, left);
        Object second = aligned(kind, right);
        boolean comparable = first != null && second != null && Kind.of(first) == Kind.of(second);
        return comparable && !(first instanceof List) && !(first instanceof Map)
                ? OptionalInt.of(order(first, second))
                : OptionalInt.empty();
    }

    /** A datetime compares with dates and times, and a text with each of them. */
    private static Kind common(@Nullable Object left, @Nullable Object right) {
        Kind first = Kind.of(left);
        Kind second = Kind.of(right);
        if (first.isTemporal() && second.isTemporal()) {
            return first == Kind.DATETIME ? second : first;
        }
        if (first.isTemporal() && second == Kind.STRING) {
            return first;
        }
        return second.isTemporal() && first == Kind.STRING ? second : Kind.ANY;
    }

    private static @Nullable Object aligned(Kind kind, @Nullable Object value) {
        if (kind == Kind.ANY) {
            return value;
        }
        Object aligned = Times.as(kind, value);
        return aligned == null ? value : aligned;
    }

    private static int order(@Nullable Object left, @Nullable Object right) {
        Kind kind = Kind.of(left);
        int kinds = kind.compareTo(Kind.of(right));
        if (kinds != 0 || left == null || right == null) {
            return kinds;
        }
        return switch (kind) {
            case BOOLEAN -> ((Boolean) left).compareTo((Boolean) right);
            case NUMBER -> ((BigDecimal) left).compareTo((BigDecimal) right);
            case STRING -> codePoints((String) left, (String) right);
            case DATE -> ((LocalDate) left).compareTo((LocalDate) right);
            case TIME -> ((LocalTime) left).compareTo((LocalTime) right);
            case DATETIME -> ((Instant) left).compareTo((Instant) right);
            case ARRAY -> elements(((List<?>) left).iterator(), ((List<?>) right).iterator());
            default -> records((Map<?, ?>) left, (Map<?, ?>) right);
        };
    }

    /** As databases compare UTF-8, which {@link String#compareTo} doesn't behind U+FFFF. */
    private static int codePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char first = left.charAt(i);
            char second = right.charAt(i);
            if (first != second) {
                boolean sameHalf = Character.isSurrogate(first) == Character.isSurrogate(second);
                return sameHalf ? first - second : Character.isSurrogate(first) ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    private static int elements(Iterator<?> left, Iterator<?> right) {
        while (left.hasNext() && right.hasNext()) {
            int order = order(left.next(), right.next());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int records(Map<?, ?> left, Map<?, ?> right) {
        Map<Object, Object> first = new TreeMap<>(left);
        Map<Object, Object> second = new TreeMap<>(right);
        int names = elements(first.keySet().iterator(), second.keySet().iterator());
        return names != 0
                ? names
                : elements(first.values().iterator(), second.values().iterator());
    }
}
