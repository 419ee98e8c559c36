package io.eventsourcing;

import org.jspecify.annotations.Nullable;

/** Says whose call it is, so that one {@link Application} serves all tenants. Thread-safe. */
@FunctionalInterface
public interface CurrentTenant {

    /**
     * The id of the tenant that the calling thread works for. Asked anew each time that something is loaded or saved; null
     * or empty makes that fail.
     */
    @Nullable
    String id();
}
