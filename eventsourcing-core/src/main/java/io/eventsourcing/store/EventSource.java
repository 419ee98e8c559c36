package io.eventsourcing.store;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Where a publisher gets its events from. Polled by one thread at a time. */
interface EventSource {

    /**
     * The next event; null if there is none now.
     *
     * @throws java.util.concurrent.CancellationException if this was closed before its end
     */
    @Nullable
    RecordedEvent poll();

    /** Whether there will be no more, when there is none. */
    boolean isEnded();

    /** What to do when there may be something to poll where there was nothing. */
    void onChange(Runnable action);

    void close();

    /** A read: its next event is fetched, so that none is there only at its end. */
    static EventSource of(EventSequence events) {
        return new EventSource() {
            private @Nullable Iterator<RecordedEvent> iterator;

            @Override
            public @Nullable RecordedEvent poll() {
                if (iterator == null) {
                    iterator = events.iterator();
                }
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public boolean isEnded() {
                return true;
            }

            @Override
            public void onChange(Runnable action) {}

            @Override
            public void close() {
                events.close();
            }
        };
    }
}
