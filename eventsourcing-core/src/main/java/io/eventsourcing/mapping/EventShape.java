package io.eventsourcing.mapping;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the payload of one event type looks like: named arguments, or a record made of them. Immutable; there is one for
 * each event of an aggregate class, so two are equal only if they are the same.
 */
public final class EventShape {

    /** One argument. */
    public record Parameter(String name, Type type) {}

    private final String eventType;
    private final String origin;
    private final Class<?> aggregateClass;
    private final Class<?> declaringClass;
    private final List<Parameter> parameters;
    private final @Nullable Class<? extends Record> recordType;

    /**
     * @param eventType the type's full name, such as {@code Dog.TrickAdded}
     * @param origin the constructor or method that the event comes from, for messages
     * @param aggregateClass the class whose event this is; it says what type variables of its superclasses stand for
     * @param declaringClass the class that declares the constructor or method: the aggregate class or a superclass
     * @param parameters in the order of the arguments
     * @param recordType the record that is written in place of the arguments, or null. It is either the only argument
     *     itself, or has one component for each parameter, of the same name
     */
    public EventShape(
            String eventType,
            String origin,
            Class<?> aggregateClass,
            Class<?> declaringClass,
            List<Parameter> parameters,
            @Nullable Class<? extends Record> recordType) {
        this.eventType = eventType;
        this.origin = origin;
        this.aggregateClass = aggregateClass;
        this.declaringClass = declaringClass;
        this.parameters = List.copyOf(parameters);
        this.recordType = recordType;
    }

    public String eventType() {
        return eventType;
    }

    public String origin() {
        return origin;
    }

    Class<?> aggregateClass() {
        return aggregateClass;
    }

    Class<?> declaringClass() {
        return declaringClass;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public @Nullable Class<? extends Record> recordType() {
        return recordType;
    }

    /** Whether the record is itself the only argument, and not made of the arguments. */
    public boolean isRecordArgument() {
        return recordType != null
                && parameters.size() == 1
                && rawClass(parameters.get(0).type()) == recordType;
    }

    private static Type rawClass(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    @Override
    public String toString() {
        return eventType + parameters;
    }
}
