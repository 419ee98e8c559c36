package io.eventsourcing;

import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.snapshot.StateComparison;
import io.eventsourcing.snapshot.StateShape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of an aggregate class: the fields of the class and its superclasses, also private and final ones. Objects are
 * made without running a constructor of theirs, as Java's serialization does, since a constructor may be an event. Immutable.
 */
final class AggregateState<A extends Aggregate> {

    /** No field has such a name by the rules for names. */
    private static final String CREATED_ON = "#createdOn";

    private static final String MODIFIED_ON = "#modifiedOn";

    private final Class<A> aggregateClass;
    private final List<Field> fields;
    private final List<Field> transientFields;
    private final Constructor<?> constructor;
    private final EventShape shape;

    private AggregateState(Class<A> aggregateClass) {
        this.aggregateClass = aggregateClass;
        List<Field> all = Reflection.hierarchy(aggregateClass).stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .toList();
        all.forEach(AggregateState::open);
        this.fields = all.stream()
                .filter(field -> !Modifier.isTransient(field.getModifiers()))
                .toList();
        this.transientFields = all.stream()
                .filter(field -> Modifier.isTransient(field.getModifiers()))
                .toList();
        this.constructor = withoutOwnConstructor(aggregateClass);
        this.shape = new EventShape(
                aggregateClass.getSimpleName() + " snapshot",
                "the fields of " + aggregateClass.getName(),
                aggregateClass,
                aggregateClass,
                parameters(),
                null);
    }

    /** @throws AggregateDefinitionException if fields can't be reached */
    static <A extends Aggregate> AggregateState<A> of(Class<A> aggregateClass) {
        return new AggregateState<>(aggregateClass);
    }

    private static void open(Field field) {
        try {
            field.setAccessible(true);
        } catch (RuntimeException e) {
            throw new AggregateDefinitionException(
                    field.getDeclaringClass().getName() + "." + field.getName()
                            + " can't be reached: open its package to io.eventsourcing.core in module-info",
                    e);
        }
    }

    /** Runs the constructor of {@link Aggregate} alone. By reflection, since compilers warn of the class that can do it. */
    private static Constructor<?> withoutOwnConstructor(Class<?> aggregateClass) {
        try {
            Class<?> factory = MethodHandles.lookup().findClass("sun.reflect.ReflectionFactory");
            MethodHandle make = MethodHandles.publicLookup()
                    .unreflect(factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class));
            Object instance = factory.getMethod("getReflectionFactory").invoke(null);
            return (Constructor<?>) make.invoke(instance, aggregateClass, Aggregate.class.getDeclaredConstructor());
        } catch (Throwable e) {
            throw new AggregateDefinitionException(
                    "Objects of " + aggregateClass.getName()
                            + " can't be made from snapshots: this Java has no module jdk.unsupported",
                    e);
        }
    }

    private List<EventShape.Parameter> parameters() {
        List<EventShape.Parameter> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            String name = names.add(field.getName())
                    ? field.getName()
                    : field.getDeclaringClass().getName() + "." + field.getName();
            parameters.add(new EventShape.Parameter(name, field.getGenericType(), field.getDeclaringClass()));
        }
        parameters.add(new EventShape.Parameter(CREATED_ON, Instant.class));
        parameters.add(new EventShape.Parameter(MODIFIED_ON, Instant.class));
        return parameters;
    }

    EventShape shape() {
        return shape;
    }

    /** Adds all by which the state's form can change. */
    StateShape describe(StateShape description) {
        SnapshotRevision revision = aggregateClass.getAnnotation(SnapshotRevision.class);
        description
                .with("revision " + (revision == null ? 1 : revision.value()))
                .with(fields);
        Reflection.hierarchy(aggregateClass).stream()
                .map(Class::getGenericSuperclass)
                .forEach(superclass -> description.with(superclass.getTypeName()));
        return description;
    }

    Object[] values(Aggregate aggregate) {
        Stream<@Nullable Object> own = fields.stream().map(field -> get(field, aggregate));
        return Stream.concat(own, Stream.of(aggregate.createdOn(), aggregate.modifiedOn()))
                .toArray();
    }

    private static @Nullable Object get(Field field, Aggregate aggregate) {
        try {
            return field.get(aggregate);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An object in which these values are, at a version. Whoever calls this has said that it is a replay. */
    A make(Object[] values, long version) throws ReflectiveOperationException {
        A aggregate = aggregateClass.cast(constructor.newInstance());
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).set(aggregate, values[i]);
        }
        aggregate.restored(version, (Instant) values[fields.size()], (Instant) values[fields.size() + 1]);
        return aggregate;
    }

    /** A field that isn't stored, and has a value that would be lost. */
    Optional<String> lost(Aggregate aggregate) {
        return transientFields.stream()
                .filter(field -> !isEmpty(get(field, aggregate)))
                .map(field -> aggregateClass.getSimpleName() + "." + field.getName()
                        + " is transient, so its value would be lost")
                .findFirst();
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals(false)
                || value instanceof Number number && number.doubleValue() == 0
                || value.equals('\0');
    }

    /** What values would not be what they were; empty if nothing. */
    Optional<String> difference(Object[] before, Object[] after) {
        // all in one, since two fields can hold the same object
        return StateComparison.difference(aggregateClass.getSimpleName(), Arrays.asList(before), Arrays.asList(after))
                .map(difference -> named(difference));
    }

    private String named(String difference) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            String index = aggregateClass.getSimpleName() + "[" + i + "]";
            if (difference.startsWith(index)) {
                return aggregateClass.getSimpleName() + "." + fields.get(i).getName()
                        + difference.substring(index.length());
            }
        }
        return difference;
    }
}
