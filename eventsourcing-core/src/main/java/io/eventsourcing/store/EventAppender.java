package io.eventsourcing.store;

import java.util.List;

/** Adds events to one stream. */
public interface EventAppender {

    /**
     * Appends all of the events, in order, or none. Where the store can take part in a transaction of the caller's, the
     * append joins it.
     *
     * <p>Appending the same events (by id) again at the same place changes nothing and returns the first result. With
     * {@link ExpectedPosition#any()} and {@link ExpectedPosition#streamExists()}, which name no place, the stream's last
     * events are compared.
     *
     * @param events may be empty: then only the expectation is checked
     * @throws VersionConflictException if the stream isn't in the expected state; nothing was written
     * @throws AppendOutcomeUnknownException if the store may or may not have written them; the same call may be repeated
     * @throws StoreUnavailableException if the store can't be reached; nothing was written
     */
    AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events);
}
