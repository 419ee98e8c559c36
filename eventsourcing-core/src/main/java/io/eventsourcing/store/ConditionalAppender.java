package io.eventsourcing.store;

import java.util.List;

/** Adds events only if something is true of the whole store, and keeps the tags of events, on which that may depend. */
public interface ConditionalAppender extends MultiStreamAppender {

    /**
     * As {@link MultiStreamAppender#append(List)}, if all of the conditions are true at that moment: no other append can
     * come between the look and the write. An append that repeats an earlier one succeeds without a look at them, since
     * they were true then.
     *
     * @return one result for each append, in their order
     * @throws ConditionNotMetException naming the first condition that isn't true; nothing was written
     * @throws VersionConflictException if a stream that is appended to isn't as expected; nothing was written
     */
    List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions);
}
