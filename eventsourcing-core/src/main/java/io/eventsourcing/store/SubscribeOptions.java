package io.eventsourcing.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What to follow, and where to begin. Immutable; each method returns a changed copy. */
public final class SubscribeOptions {

    /** What a subscription is to do that begins with the latest event of a type, when there is none. */
    public enum IfMissing {
        WAIT_FOR_EVENT,
        READ_EVERYTHING
    }

    record Latest(String type, IfMissing ifMissing) {}

    /** @param now whether it begins at the end, wherever that is when it is subscribed with */
    private record Start(long after, boolean now, Optional<Latest> latest) {

        static Start behind(long position) {
            return new Start(position, false, Optional.empty());
        }
    }

    private static final SubscribeOptions BEGINNING = of(Start.behind(0));

    private final Start start;
    private final EventFilter filter;
    private final String name;

    private SubscribeOptions(Start start, EventFilter filter, String name) {
        this.start = start;
        this.filter = filter;
        this.name = name;
    }

    private static SubscribeOptions of(Start start) {
        return new SubscribeOptions(start, EventFilter.everything(), "a subscription");
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
        return of(Start.behind(commitPosition));
    }

    /**
     * With the first event that is appended from now on. Where the end is, the store is asked for when one subscribes; while
     * others append, events that are a little older may come too.
     */
    public static SubscribeOptions fromNow() {
        return of(new Start(0, true, Optional.empty()));
    }

    /** With the newest event of a type among the streams that are followed; its type need not be one of {@link #types}. */
    public static SubscribeOptions fromLatest(String type, IfMissing ifMissing) {
        EventFilter.everything().type(type);
        return of(new Start(0, false, Optional.of(new Latest(type, Objects.requireNonNull(ifMissing, "ifMissing")))));
    }

    /** What the log calls the subscription. It need not be unique. */
    public SubscribeOptions named(String subscription) {
        return new SubscribeOptions(start, filter, Objects.requireNonNull(subscription, "name"));
    }

    /** Leaves out events of other types. */
    public SubscribeOptions types(String... types) {
        return types(new LinkedHashSet<>(List.of(types)));
    }

    /**
     * Leaves out events of other types.
     *
     * @throws IllegalArgumentException if there are none
     */
    public SubscribeOptions types(Set<String> types) {
        return new SubscribeOptions(start, filter.types(types), name);
    }

    /** Leaves out events of other streams. */
    public SubscribeOptions streams(StreamFilter streams) {
        return new SubscribeOptions(start, filter.streams(streams), name);
    }

    /** Leaves out events of other tenants. */
    SubscribeOptions ofTenant(String tenant) {
        return new SubscribeOptions(start, filter.tenant(tenant), name);
    }

    /** The same, behind a position. */
    SubscribeOptions beginningBehind(long position) {
        return new SubscribeOptions(Start.behind(position), filter, name);
    }

    /** 0 for the beginning, and if it depends on what the store holds. */
    public long after() {
        return start.after;
    }

    public String name() {
        return name;
    }

    boolean isFromNow() {
        return start.now;
    }

    Optional<Latest> latest() {
        return start.latest;
    }

    EventFilter filter() {
        return filter;
    }
}
