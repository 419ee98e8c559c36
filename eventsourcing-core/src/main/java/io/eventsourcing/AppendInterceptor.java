package io.eventsourcing;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.StreamAppend;
import java.util.List;
import java.util.function.Supplier;

/** Does something whenever aggregates are saved, around the append. Thread-safe. */
@FunctionalInterface
public interface AppendInterceptor {

    /**
     * Stores events, and does what is to be done besides.
     *
     * @param store where to; of one tenant, if that is whose events they are
     * @param appends what is to be stored
     * @param append stores it; to be called once. Whatever it throws is to be passed on
     * @return what it returns
     */
    List<AppendResult> append(EventStore store, List<StreamAppend> appends, Supplier<List<AppendResult>> append);
}
