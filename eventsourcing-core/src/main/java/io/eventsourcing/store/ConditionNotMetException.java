package io.eventsourcing.store;

/** An append was refused since something that it depends on wasn't true. Nothing was written. */
public class ConditionNotMetException extends EventStoreException {

    private final transient AppendCondition condition;

    public ConditionNotMetException(AppendCondition condition) {
        super("The append depends on " + condition + ", which isn't so; nothing was written");
        this.condition = condition;
    }

    public AppendCondition condition() {
        return condition;
    }
}
