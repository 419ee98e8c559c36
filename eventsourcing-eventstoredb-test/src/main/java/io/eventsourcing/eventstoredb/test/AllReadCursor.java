package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A counted read of $all. Forwards it starts with the event at the position, backwards with the one before it. */
final class AllReadCursor implements ReadCursor {

    private final EventLog log;
    private final ReadRequest request;
    private final Deque<LogRecord> events = new ArrayDeque<>();
    private long position;
    private long remaining;
    private boolean ended;

    AllReadCursor(EventLog log, ReadRequest request, long from) {
        this.log = log;
        this.request = request;
        position = from;
        remaining = request.count();
    }

    @Override
    public @Nullable ReadResp next() {
        while (events.isEmpty() && !ended()) {
            take(request.backwards() ? log.readAllBackwards(position, PAGE) : log.readAllForwards(position, PAGE));
        }
        if (ended()) {
            return null;
        }
        remaining--;
        return request.messages().event(events.remove());
    }

    private void take(AllPage page) {
        page.events().stream().filter(request.filter().wanted()).forEach(events::add);
        position = page.next();
        ended = page.end();
    }

    @Override
    public boolean ended() {
        return remaining == 0 || ended && events.isEmpty();
    }

    @Override
    public boolean follows() {
        return false;
    }
}
