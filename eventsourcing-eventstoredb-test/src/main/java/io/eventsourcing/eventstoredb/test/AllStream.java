package io.eventsourcing.eventstoredb.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every record of a log, in order of position. Not thread-safe: the log's lock guards it. */
final class AllStream {

    private final List<LogRecord> records = new ArrayList<>();

    void add(LogRecord added) {
        records.add(added);
    }

    /** Where the next record will start. */
    long end() {
        return records.isEmpty() ? 0 : last().end();
    }

    /** {@link EventLog#BEFORE_START} if the log is empty. */
    long lastPosition() {
        return records.isEmpty() ? EventLog.BEFORE_START : last().position();
    }

    private LogRecord last() {
        return records.get(records.size() - 1);
    }

    boolean isRecordStart(long position) {
        int index = firstIndexFrom(position);
        return index < records.size() && records.get(index).position() == position;
    }

    /** The events from a position on, that position included. */
    AllPage forwards(long from, int count) {
        int start = firstIndexFrom(from);
        int end = (int) Math.min((long) start + count, records.size());
        long next = start < end ? records.get(end - 1).end() : from;
        return new AllPage(visible(records.subList(start, end)), next, end == records.size());
    }

    /** The events before a position, that position excluded, latest first. */
    AllPage backwards(long before, int count) {
        int end = firstIndexFrom(before);
        int start = Math.max(0, end - count);
        List<LogRecord> page = new ArrayList<>(visible(records.subList(start, end)));
        Collections.reverse(page);
        return new AllPage(page, start < end ? records.get(start).position() : before, start == 0);
    }

    private static List<LogRecord> visible(List<LogRecord> page) {
        return page.stream().filter(event -> !event.hidden()).toList();
    }

    private int firstIndexFrom(long position) {
        int low = 0;
        int high = records.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (records.get(middle).position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
