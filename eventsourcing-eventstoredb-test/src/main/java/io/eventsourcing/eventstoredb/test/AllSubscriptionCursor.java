package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to $all: the confirmation, what is there, that it has caught up, and what comes. With a filter it is
 * also told its place, each time it has looked at so many events, and before it has caught up.
 */
final class AllSubscriptionCursor implements ReadCursor {

    private final EventLog log;
    private final ReadRequest request;
    private final Deque<ReadResp> messages = new ArrayDeque<>();
    private long last;
    private long next;
    private long considered;
    private long told = EventLog.BEFORE_START;
    private boolean begun;
    private boolean caughtUp;

    /** @param after the position after which it starts; {@link EventLog#BEFORE_START} for the start */
    AllSubscriptionCursor(EventLog log, ReadRequest request, long after) {
        this.log = log;
        this.request = request;
        last = after;
        next = Math.max(after, 0);
        messages.add(request.messages().confirmation());
    }

    @Override
    public @Nullable ReadResp next() {
        if (messages.isEmpty() && !begun) {
            begin();
        }
        boolean more = true;
        while (messages.isEmpty() && more) {
            more = take(log.readAllForwards(next, PAGE));
        }
        return messages.poll();
    }

    /** A position behind the log is waited for; one inside it must be that of an event. */
    private void begin() {
        begun = true;
        if (last >= log.lastPosition()) {
            catchUp();
        } else if (last > EventLog.BEFORE_START && !log.isRecordStart(last)) {
            throw Refusals.invalidPosition();
        }
    }

    /** @return whether there may be more right now */
    private boolean take(AllPage page) {
        page.events().stream().filter(event -> event.position() > last).forEach(this::consider);
        next = page.next();
        if (!page.end()) {
            return true;
        }
        if (!caughtUp) {
            tellPlace();
            catchUp();
        }
        return false;
    }

    private void consider(LogRecord event) {
        last = event.position();
        considered++;
        if (request.filter().wanted().test(event)) {
            messages.add(request.messages().event(event));
        }
        if (filtered() && considered % request.filter().checkpointInterval() == 0) {
            tellPlace();
        }
    }

    private void tellPlace() {
        if (filtered() && last > told) {
            messages.add(request.messages().checkpoint(last));
            told = last;
        }
    }

    private boolean filtered() {
        return request.filter().checkpointInterval() > 0;
    }

    private void catchUp() {
        if (request.tellsThatCaughtUp()) {
            messages.add(request.messages().caughtUpWithAll(last));
        }
        caughtUp = true;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public boolean follows() {
        return true;
    }
}
