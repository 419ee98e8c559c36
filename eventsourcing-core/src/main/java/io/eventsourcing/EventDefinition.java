package io.eventsourcing;

import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.weaving.Weaver;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One constructor or method that carries {@link Event}, as an event of one aggregate class. Immutable. */
final class EventDefinition {

    private final String name;
    private final Executable member;
    private final EventShape shape;
    private final MethodHandle handle;

    /** Read what a record holds, in the order of the parameters; empty if the record is no collection of arguments. */
    private final List<MethodHandle> components;

    private EventDefinition(String name, Executable member, EventShape shape) {
        this.name = name;
        this.member = member;
        this.shape = shape;
        this.handle = Reflection.spread(Reflection.handle(member), member.getParameterCount());
        this.components = shape.recordType() == null || shape.isRecordArgument()
                ? List.of()
                : components(shape.recordType(), shape.parameters());
    }

    static EventDefinition of(Class<?> aggregateClass, String aggregateName, Executable member) {
        Class<? extends Record> recordType = recordType(member);
        String name = name(member, recordType);
        List<EventShape.Parameter> parameters = parameters(member);
        EventShape shape = new EventShape(
                requireStorable(aggregateName + "." + name, member),
                Reflection.describe(member),
                aggregateClass,
                member.getDeclaringClass(),
                parameters,
                recordType);
        if (recordType != null && !shape.isRecordArgument()) {
            requireSameComponents(member, recordType);
        }
        return new EventDefinition(name, member, withAnnotations(shape, member));
    }

    private static EventShape withAnnotations(EventShape shape, Executable member) {
        int revision = member.getAnnotation(Event.class).revision();
        if (revision < 1) {
            throw new AggregateDefinitionException(
                    "The revision of " + Reflection.describe(member) + " is 1 or more, not " + revision);
        }
        return shape.withRevision(revision).withPersonal(PersonalInspection.of(member, shape));
    }

    private static @Nullable Class<? extends Record> recordType(Executable member) {
        Event event = member.getAnnotation(Event.class);
        if (event.type() != Record.class) {
            return event.type();
        }
        Class<?>[] types = member.getParameterTypes();
        return event.value().isEmpty() && types.length == 1 && types[0].isRecord()
                ? types[0].asSubclass(Record.class)
                : null;
    }

    private static String name(Executable member, @Nullable Class<? extends Record> recordType) {
        String given = member.getAnnotation(Event.class).value();
        if (!given.isEmpty()) {
            return given;
        }
        if (recordType != null) {
            return recordType.getSimpleName();
        }
        if (member instanceof Constructor) {
            throw new AggregateDefinitionException("The event of the constructor " + Reflection.describe(member)
                    + " needs a name: @Event(\"Registered\"), or a record: @Event(type = Registered.class)");
        }
        String method = member.getName();
        return method.substring(0, method.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT)
                + method.substring(method.offsetByCodePoints(0, 1));
    }

    private static String requireStorable(String eventType, Executable member) {
        if (eventType.length() > NewEvent.MAX_TYPE_LENGTH || eventType.chars().anyMatch(Character::isISOControl)) {
            throw new AggregateDefinitionException("'" + eventType + "' can't be the type of the event "
                    + Reflection.describe(member)
                    + ": give it a name without control characters, so short that the type"
                    + " has at most " + NewEvent.MAX_TYPE_LENGTH + " characters");
        }
        return eventType;
    }

    private static List<EventShape.Parameter> parameters(Executable member) {
        Parameter[] parameters = member.getParameters();
        Type[] types = member.getGenericParameterTypes();
        List<EventShape.Parameter> shapes = new ArrayList<>(parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].isImplicit() || parameters[i].isSynthetic() || types.length != parameters.length) {
                throw new AggregateDefinitionException(
                        member.getDeclaringClass().getName()
                                + " is an inner class, which can't be made again without the object around it: make it static");
            }
            if (!parameters[i].isNamePresent()) {
                throw new AggregateDefinitionException("The parameters of " + Reflection.describe(member)
                        + " have no names in the class file, and names are what events are stored under: compile with"
                        + " -parameters (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>)");
            }
            shapes.add(new EventShape.Parameter(parameters[i].getName(), types[i]));
        }
        return shapes;
    }

    private static void requireSameComponents(Executable member, Class<? extends Record> recordType) {
        Map<String, Type> components = Arrays.stream(recordType.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
        Map<String, Type> parameters = Arrays.stream(member.getParameters())
                .collect(Collectors.toMap(Parameter::getName, Parameter::getParameterizedType));
        if (!components.equals(parameters)) {
            throw new AggregateDefinitionException("The parameters of " + Reflection.describe(member)
                    + " must be the components of " + recordType.getSimpleName() + ", by name and type, or this record"
                    + " alone: the parameters are " + parameters + ", the components " + components);
        }
    }

    /** In its aggregate: {@code TrickAdded}. */
    String name() {
        return name;
    }

    /** The name and those that it had once. */
    List<String> names() {
        return Stream.concat(
                        Stream.of(name),
                        Arrays.stream(member.getAnnotation(Event.class).formerly()))
                .toList();
    }

    /** In the store: {@code Dog.TrickAdded}. */
    String type() {
        return shape.eventType();
    }

    EventShape shape() {
        return shape;
    }

    boolean isCreation() {
        return member instanceof Constructor;
    }

    Executable member() {
        return member;
    }

    Class<?>[] parameterTypes() {
        return member.getParameterTypes();
    }

    /** The name by which woven code knows it. */
    String wovenName() {
        return Weaver.nameOf(member);
    }

    /** Runs the constructor. */
    Object construct(Object[] arguments) {
        Object made = Reflection.call(handle, null, arguments);
        if (made == null) {
            throw new IllegalStateException("A constructor returns an object");
        }
        return made;
    }

    /** Runs the method: recorded or not, as the aggregate's state says. */
    void run(Aggregate aggregate, Object[] arguments) {
        Reflection.call(handle, aggregate, arguments);
    }

    /** The record that says all of this event: the only argument, or its components are the arguments. Null if none. */
    @Nullable
    Class<?> describingRecord() {
        Class<?>[] types = member.getParameterTypes();
        return shape.recordType() == null && types.length == 1 && types[0].isRecord() ? types[0] : shape.recordType();
    }

    /** Runs the method with what a record holds. */
    void trigger(Aggregate aggregate, Record event) {
        boolean isSpread = components.size() == member.getParameterCount();
        run(aggregate, isSpread ? arguments(event) : new Object[] {event});
    }

    private Object[] arguments(Record event) {
        return components.stream()
                .map(component -> Reflection.call(component, event, new Object[0]))
                .toArray();
    }

    private static List<MethodHandle> components(
            Class<? extends Record> recordType, List<EventShape.Parameter> parameters) {
        Map<String, Method> accessors = Arrays.stream(recordType.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getAccessor));
        return parameters.stream()
                .map(parameter -> Objects.requireNonNull(accessors.get(parameter.name())))
                .map(accessor -> Reflection.spread(Reflection.handle(accessor), 0))
                .toList();
    }
}
