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

        /**
         * Hears that the subscription, or its store, was closed. Called once, by whoever closes it; a call of {@link #onEvent}
         * that has begun may not have ended. It should throw nothing.
         */
        default void onClose() {}
    }

    /**
     * The commit position up to which the listener has taken every event that the subscription is about: whoever subscribes
     * {@linkplain SubscribeOptions#after behind} it misses none. It moves on over events that the subscription leaves out.
     * Before the first one, it is where the subscription began; 0 as long as that isn't known.
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
