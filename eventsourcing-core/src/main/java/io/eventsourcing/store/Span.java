package io.eventsourcing.store;

/**
 * The positions that a read has still to look at, and in which order. For backends. Nothing is left if the first is greater
 * than the last.
 *
 * @param first the lowest one, included
 * @param last the highest one, included; {@link Long#MAX_VALUE} for the end
 * @param backwards whether the highest one comes first
 */
public record Span(long first, long last, boolean backwards) {

    static final Span NOTHING = new Span(1, 0, false);

    boolean isEmpty() {
        return first > last;
    }

    /** What lies behind a position, in this order. */
    Span behind(long position) {
        if (backwards) {
            return new Span(first, Math.min(last, position - 1), true);
        }
        return position == Long.MAX_VALUE ? NOTHING : new Span(Math.max(first, position + 1), last, false);
    }

    /** Without what lies below a position. */
    public Span notBelow(long position) {
        return new Span(Math.max(first, position), last, backwards);
    }
}
