package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command did.
 *
 * @param live the aggregate whose command it was; null if its constructor threw
 * @param replayed the same, loaded from the store afterwards; null if it isn't there
 * @param events those that the command recorded
 * @param thrown null if the command returned
 */
record Outcome<A extends Aggregate>(
        EventCatalog catalog,
        @Nullable A live,
        @Nullable A replayed,
        List<SpokenEvent> events,
        @Nullable Throwable thrown) {}
