package io.eventsourcing.benchmarks.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Two ways to do one thing, to be measured in turn.
 *
 * @param ours what is done, in a few words
 * @param reference what it is compared with, in a few words
 */
record Contest(String name, String ours, String reference, List<Row> rows, Opener opener) {

    /** Makes databases and fills them. */
    @FunctionalInterface
    interface Opener {
        Duel open(Arena arena) throws Exception;
    }

    /** A contest by events in a second. */
    static Contest of(String name, String ours, String reference, Goal goal, Opener opener) {
        return new Contest(name, ours, reference, List.of(new Row(name, Figure.PER_SECOND, goal)), opener);
    }

    Contest and(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return new Contest(name, ours, reference, List.copyOf(more), opener);
    }
}
