package io.eventsourcing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Access to constructors and methods of aggregates, whatever their visibility. */
final class Reflection {

    private Reflection() {}

    /** The class and its superclasses below {@link Aggregate}. */
    static List<Class<?>> hierarchy(Class<?> type) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Aggregate.class; each = each.getSuperclass()) {
            types.add(each);
        }
        return types;
    }

    /** The interfaces of the class and its superclasses, and theirs. */
    static Set<Class<?>> interfaces(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        Stream.concat(Arrays.stream(type.getInterfaces()), Stream.ofNullable(type.getSuperclass()))
                .forEach(each -> {
                    types.addAll(interfaces(each));
                    if (each.isInterface()) {
                        types.add(each);
                    }
                });
        return types;
    }

    /** Runs exactly this constructor or method, also if a subclass overrides it. Varargs are one array. */
    static MethodHandle handle(Executable member) {
        Class<?> declaring = member.getDeclaringClass();
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(declaring, MethodHandles.lookup());
            MethodHandle handle = member instanceof Constructor<?> constructor
                    ? lookup.unreflectConstructor(constructor)
                    : method(lookup, (Method) member);
            return handle.asFixedArity();
        } catch (IllegalAccessException e) {
            throw new AggregateDefinitionException(
                    describe(member) + " can't be reached: open its package to io.eventsourcing.core in module-info",
                    e);
        }
    }

    private static MethodHandle method(MethodHandles.Lookup lookup, Method method) throws IllegalAccessException {
        return Modifier.isStatic(method.getModifiers())
                ? lookup.unreflect(method)
                : lookup.unreflectSpecial(method, method.getDeclaringClass());
    }

    /** As {@code (Object target, Object[] arguments) -> Object}; a constructor or static method ignores the target. */
    static MethodHandle spread(MethodHandle handle, int arguments) {
        boolean hasTarget = handle.type().parameterCount() > arguments;
        MethodHandle generic = handle.asType(handle.type().generic()).asSpreader(Object[].class, arguments);
        return hasTarget ? generic : MethodHandles.dropArguments(generic, 0, Object.class);
    }

    /** Calls what {@link #spread} made. Checked exceptions pass through as they are. */
    static @Nullable Object call(MethodHandle spread, @Nullable Object target, Object[] arguments) {
        try {
            return (Object) spread.invokeExact(target, arguments);
        } catch (Throwable e) {
            throw Reflection.<RuntimeException>sneak(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneak(Throwable e) throws E {
        throw (E) e;
    }

    /** For messages: {@code Dog.addTrick(String)}, {@code Dog(String)}. */
    static String describe(Executable member) {
        String name = member.getDeclaringClass().getSimpleName()
                + (member instanceof Constructor ? "" : "." + member.getName());
        return Arrays.stream(member.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
