package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A counted read of one stream. */
final class StreamReadCursor implements ReadCursor {

    private final EventLog log;
    private final ReadRequest request;
    private final Deque<ReadResp> messages = new ArrayDeque<>();
    private long revision;
    private long remaining;
    private boolean ended;
    private boolean anyEvent;

    /** @param from the revision to start at, included; {@link Long#MAX_VALUE} for the end */
    StreamReadCursor(EventLog log, ReadRequest request, long from) {
        this.log = log;
        this.request = request;
        revision = from;
        remaining = request.count();
        ended = remaining == 0;
    }

    @Override
    public @Nullable ReadResp next() {
        while (messages.isEmpty() && !ended) {
            take(read((int) Math.min(PAGE, remaining)));
        }
        return messages.poll();
    }

    private StreamPage read(int count) {
        return request.backwards()
                ? log.readBackwards(request.stream(), revision, count)
                : log.readForwards(request.stream(), revision, count);
    }

    private void take(StreamPage page) {
        if (page instanceof StreamPage.Tombstoned) {
            throw Refusals.streamDeleted(request.stream());
        }
        if (page instanceof StreamPage.Events events) {
            take(events);
        } else {
            messages.add(request.messages().streamNotFound(request.stream()));
            ended = true;
        }
    }

    private void take(StreamPage.Events page) {
        anyEvent |= !page.events().isEmpty();
        if (!request.backwards() && !anyEvent && page.next() != revision && request.wantsStreamPositions()) {
            messages.add(request.messages().firstStreamPosition(page.next()));
        }
        page.events().forEach(event -> messages.add(request.messages().event(event)));
        remaining -= page.events().size();
        revision = page.next();
        ended = page.end() || remaining == 0;
        if (ended && request.wantsStreamPositions()) {
            messages.add(request.messages().lastStreamPosition(page.last()));
        }
    }

    @Override
    public boolean ended() {
        return ended && messages.isEmpty();
    }

    @Override
    public boolean follows() {
        return false;
    }
}
