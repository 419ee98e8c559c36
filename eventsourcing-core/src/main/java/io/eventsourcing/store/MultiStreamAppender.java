package io.eventsourcing.store;

import java.util.List;

/** Adds events to several streams at once. */
public interface MultiStreamAppender {

    /**
     * As {@link EventAppender#append}, for all of the streams or for none.
     *
     * @return one result for each append, in their order
     * @throws IllegalArgumentException if a stream is named twice
     */
    List<AppendResult> append(List<StreamAppend> appends);
}
