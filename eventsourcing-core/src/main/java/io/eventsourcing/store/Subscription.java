package io.eventsourcing.store;

import java.util.Optional;

/** Follows the events of all streams until it, or its store, is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** What is to happen with the events. */
    @FunctionalInterface
    interface Listener {

        /**
         * Takes an event. It may take its time, and may close the subscription.
         *
         * @param event others may get the same object, so its arrays are not to be changed
         * @throws Exception to get the same event again later
         */
        void onEvent(RecordedEvent event) throws Exception;
    }

    /**
     * The commit position of the last event that the listener has taken. As long as there is none, the one behind which
     * the subscription began.
     */
    long position();

    /** False when it was closed. One whose listener throws, or whose store can't be read, is running. */
    boolean isRunning();

    /** Why it doesn't get on: what was thrown last. Empty as soon as it gets on again. */
    Optional<Throwable> failure();

    /**
     * Ends it: when this has returned, no call of the listener begins any more. A call that has begun is waited for, for a
     * second at most, unless this is called from within it. Does nothing when called again.
     */
    @Override
    void close();
}
