package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A subscription to one stream: the confirmation, what is there, that it has caught up, and what comes. */
final class StreamSubscriptionCursor implements ReadCursor {

    private final EventLog log;
    private final ReadRequest request;
    private final Deque<ReadResp> messages = new ArrayDeque<>();
    private long last;
    private boolean caughtUp;
    private boolean tombstoned;

    /** @param after the revision after which it starts */
    StreamSubscriptionCursor(EventLog log, ReadRequest request, long after) {
        this.log = log;
        this.request = request;
        last = after;
        messages.add(request.messages().confirmation());
    }

    @Override
    public @Nullable ReadResp next() {
        if (messages.isEmpty() && tombstoned) {
            throw Refusals.streamDeleted(request.stream());
        }
        boolean more = true;
        while (messages.isEmpty() && more) {
            more = take(log.readForwards(request.stream(), last + 1, PAGE));
        }
        return messages.poll();
    }

    /** @return whether there may be more right now */
    private boolean take(StreamPage page) {
        if (page instanceof StreamPage.Tombstoned end) {
            return takeTombstone(end.tombstone());
        }
        if (page instanceof StreamPage.Events events) {
            events.events().forEach(event -> messages.add(request.messages().event(event)));
            last = Math.max(last, events.next() - 1);
            if (!events.end()) {
                return true;
            }
        }
        catchUp();
        return false;
    }

    /** Who followed when the stream ended is shown its end; who comes later is only told. */
    private boolean takeTombstone(LogRecord tombstone) {
        if (!caughtUp) {
            throw Refusals.streamDeleted(request.stream());
        }
        messages.add(request.messages().event(tombstone));
        tombstoned = true;
        return false;
    }

    private void catchUp() {
        if (!caughtUp && request.tellsThatCaughtUp()) {
            messages.add(request.messages().caughtUpWithStream(last));
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
