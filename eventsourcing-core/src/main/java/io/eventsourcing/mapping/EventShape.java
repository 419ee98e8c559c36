package io.eventsourcing.mapping;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the payload of one event type looks like: named arguments, or a record made of them. Immutable; there is one for
 * each event of an aggregate class, so two are equal only if they are the same.
 */
public final class EventShape {

    /**
     * One argument.
     *
     * @param declaringClass the class whose type variables are in the type; null for that of the shape
     */
    public record Parameter(
            String name, Type type, @Nullable Class<?> declaringClass) {

        /** In a constructor or method of the shape's declaring class. */
        public Parameter(String name, Type type) {
            this(name, type, null);
        }
    }

    private final String eventType;
    private final String origin;
    private final Class<?> aggregateClass;
    private final Class<?> declaringClass;
    private final List<Parameter> parameters;
    private final @Nullable Class<? extends Record> recordType;
    private final int revision;
    private final List<PersonalField> personal;

    /**
     * In revision 1, with nothing personal.
     *
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
        this(eventType, origin, aggregateClass, declaringClass, parameters, recordType, 1, List.of());
    }

    private EventShape(
            String eventType,
            String origin,
            Class<?> aggregateClass,
            Class<?> declaringClass,
            List<Parameter> parameters,
            @Nullable Class<? extends Record> recordType,
            int revision,
            List<PersonalField> personal) {
        this.eventType = eventType;
        this.origin = origin;
        this.aggregateClass = aggregateClass;
        this.declaringClass = declaringClass;
        this.parameters = List.copyOf(parameters);
        this.recordType = recordType;
        this.revision = revision;
        this.personal = List.copyOf(personal);
    }

    /** @throws IllegalArgumentException if the revision is less than 1 */
    public EventShape withRevision(int newRevision) {
        return copy(new EventRevision(eventType, newRevision).revision(), personal);
    }

    public EventShape withPersonal(List<PersonalField> fields) {
        return copy(revision, fields);
    }

    private EventShape copy(int newRevision, List<PersonalField> fields) {
        return new EventShape(
                eventType, origin, aggregateClass, declaringClass, parameters, recordType, newRevision, fields);
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

    /** Which form of the type's payload this is. */
    public int revision() {
        return revision;
    }

    /** What is stored so that it can be forgotten; empty for most events. */
    public List<PersonalField> personal() {
        return personal;
    }

    /** What the payload is made of: the parameters, or the components of the record. */
    List<Parameter> fields() {
        return recordType == null
                ? parameters
                : Arrays.stream(recordType.getRecordComponents())
                        .map(component -> new Parameter(component.getName(), component.getGenericType()))
                        .toList();
    }

    /** The field of this name, which there is. */
    Parameter field(String name) {
        return fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this + " has no " + name));
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
