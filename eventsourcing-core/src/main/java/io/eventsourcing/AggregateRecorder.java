package io.eventsourcing;

import io.eventsourcing.weaving.CommandRecorder;

/** Hands what woven code reports to the aggregate that it concerns. */
final class AggregateRecorder implements CommandRecorder {

    @Override
    public void creating(Class<?> declaringType, String constructor, Object[] arguments) {
        Creation.starting(declaringType, constructor, arguments);
    }

    @Override
    public void created(Object object, String constructor, Object[] arguments) {
        Aggregate aggregate = (Aggregate) object;
        EventDefinition event = aggregate.type().eventOf(constructor);
        if (event != null) { // null in a superclass: the event is the constructor of the object's own class
            aggregate.created(event, arguments);
        }
    }

    @Override
    public boolean begin(Object aggregate) {
        return ((Aggregate) aggregate).begin();
    }

    @Override
    public void completed(Object object, String method, Object[] arguments) {
        Aggregate aggregate = (Aggregate) object;
        aggregate.end();
        EventDefinition event = aggregate.type().eventOf(method);
        if (event == null) {
            throw new IllegalStateException(method + " was woven, but is no event of " + aggregate);
        }
        aggregate.record(event, arguments);
    }

    @Override
    public void failed(Object aggregate) {
        ((Aggregate) aggregate).end();
    }
}
