package io.eventsourcing.store;

import java.util.Objects;
import java.util.Optional;

/**
 * A store that keeps the events of several tenants apart. Each tenant has streams, tags and subjects of its own, whatever
 * names others use. What is done without naming a tenant is done for the default one.
 *
 * <p>The store itself sees the events of all tenants where events of many streams are read or followed, in one order: in
 * {@link AllReader#readAll}, {@link FilteredReader}, subscriptions, and the event types of a {@link Catalogue}. There, {@link
 * RecordedEvent#tenant()} says whose an event is. What names a stream, all that is appended, and what conditions of an append
 * look at, is the default tenant's.
 */
public interface Tenants {

    /** Whose streams those are that no tenant was named for. */
    String DEFAULT = "";

    /** The longest id of a tenant, in characters as Java counts them. */
    int MAX_ID_LENGTH = 100;

    /**
     * The store of one tenant, in all roles of this store but this one: it has nothing of others, and nothing of its reaches
     * them. It costs nothing to make, and holds nothing. Commit positions are those of the whole store. Closing it ends the
     * subscriptions that were begun with it, and nothing else.
     *
     * @param id 1 to {@value #MAX_ID_LENGTH} characters without control characters, not starting or ending with a space; ids
     *     are compared character by character
     * @throws IllegalArgumentException if the id breaks one of the rules; the message says which
     * @throws UnsupportedByStoreException if this is the store of a tenant already
     */
    EventStore forTenant(String id);

    /** The id of the tenant whose store this is; empty if it sees the events of all. */
    Optional<String> tenant();

    /**
     * Checks an id.
     *
     * @return the same
     * @throws IllegalArgumentException if it breaks one of the rules; the message says which
     */
    static String requireId(String id) {
        Objects.requireNonNull(id, "tenant");
        if (id.isEmpty() || id.strip().length() != id.length()) {
            throw new IllegalArgumentException(
                    "The id of a tenant is not empty and has no spaces around it: '" + id + "'");
        }
        PlainText.require("tenant's id", id);
        if (id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "The id of a tenant has at most " + MAX_ID_LENGTH + " characters, this one has " + id.length());
        }
        return id;
    }
}
