package io.eventsourcing.store;

import java.util.Objects;

/** Where to begin to follow. Immutable; each method returns a changed copy. */
public final class SubscribeOptions {

    private static final SubscribeOptions BEGINNING = new SubscribeOptions(0, "a subscription");

    private final long after;
    private final String name;

    private SubscribeOptions(long after, String name) {
        this.after = after;
        this.name = name;
    }

    /** With the first event of the store. */
    public static SubscribeOptions fromBeginning() {
        return BEGINNING;
    }

    /**
     * With the first event behind a commit position: the one that was processed last, or 0.
     *
     * @param commitPosition 0 or more; it need not exist
     */
    public static SubscribeOptions after(long commitPosition) {
        if (commitPosition < 0) {
            throw new IllegalArgumentException("A commit position is 0 or more, not " + commitPosition);
        }
        return new SubscribeOptions(commitPosition, BEGINNING.name);
    }

    /** What the log calls the subscription. It need not be unique. */
    public SubscribeOptions named(String subscription) {
        return new SubscribeOptions(after, Objects.requireNonNull(subscription, "name"));
    }

    /** 0 for the beginning. */
    public long after() {
        return after;
    }

    public String name() {
        return name;
    }
}
