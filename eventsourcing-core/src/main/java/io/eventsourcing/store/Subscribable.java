package io.eventsourcing.store;

/** Follows the events of all streams. */
public interface Subscribable {

    /**
     * Passes on the events that are there, then those that come, each when it has been stored for good, in the order of
     * their commit positions, each once, but for those that the options leave out. Returns at once; the listener is called by threads of the store, which are
     * daemons, by one at a time. One that is slow holds up nobody else.
     *
     * <p>An event on which the listener throws is reported in the log, and passed on again after a while, so that none is
     * left out. A store that can't be read is tried again as well.
     *
     * <p>A backend keeps this promise with {@link Subscriptions}.
     *
     * @throws IllegalStateException if the store is closed
     * @throws StoreUnavailableException if the options say to begin now, and the store can't be reached
     */
    Subscription subscribe(SubscribeOptions options, Subscription.Listener listener);

    /**
     * The same events, for whoever rather fetches them: iterating waits for the next one, and a {@linkplain
     * EventSequence#publisher() publisher} passes on as many as are asked for. A few are fetched ahead. They never end by
     * themselves; closing them, or the store, or interrupting a thread that waits ends them with a {@link
     * java.util.concurrent.CancellationException}.
     *
     * @throws IllegalStateException if the store is closed
     * @throws StoreUnavailableException if the options say to begin now, and the store can't be reached
     */
    default EventSequence observe(SubscribeOptions options) {
        return LiveEvents.of(this, options);
    }
}
