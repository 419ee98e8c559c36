package io.eventsourcing.jdbc;

/**
 * How appends outside of transactions have been combined since the store was opened.
 *
 * @param appends how many have been written, or refused
 * @param batches in how many turns; appends by batches is how many were written together
 * @param waiting how many wait for their turn at this moment
 */
public record AppendStatistics(long appends, long batches, int waiting) {

    AppendStatistics plus(AppendStatistics other) {
        return new AppendStatistics(appends + other.appends, batches + other.batches, waiting + other.waiting);
    }
}
