package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.NewEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What keeps a condition true until the append that depends on it is written: whoever appends an event holds each of its
 * tags together with others, and whoever depends on there being none holds one tag of the query alone. Since an event that
 * matches has all tags of the query, they meet. Where the query says types, the tag is held for these types only; where it
 * says no tag, this doesn't help, see {@link AppendRequest#needsToBeAlone}.
 *
 * @param exclusive keys, in the order in which everybody takes them, and whether they are held alone
 */
record TagLocks(SortedMap<Integer, Boolean> exclusive) {

    static TagLocks of(Collection<AppendRequest> requests) {
        SortedMap<Integer, Boolean> locks = new TreeMap<>();
        requests.forEach(request -> add(locks, request));
        return new TagLocks(locks);
    }

    private static void add(Map<Integer, Boolean> locks, AppendRequest request) {
        request.events().forEach(event -> share(locks, request.tenant(), event));
        request.items().forEach(item -> hold(locks, request.tenant(), item));
    }

    private static void share(Map<Integer, Boolean> locks, String tenant, NewEvent event) {
        for (String tag : event.tags()) {
            locks.putIfAbsent(key(tenant, "", tag), false);
            locks.putIfAbsent(key(tenant, event.type(), tag), false);
        }
    }

    private static void hold(Map<Integer, Boolean> locks, String tenant, EventQuery.Item item) {
        Set<String> types = item.types().isEmpty() ? Set.of("") : item.types();
        item.tags().stream().limit(1).forEach(tag -> types.forEach(type -> locks.put(key(tenant, type, tag), true)));
    }

    /** Two with one key only wait for each other more often. */
    private static int key(String tenant, String type, String tag) {
        return 31 * (31 * tenant.hashCode() + type.hashCode()) + tag.hashCode();
    }

    boolean isEmpty() {
        return exclusive.isEmpty();
    }
}
