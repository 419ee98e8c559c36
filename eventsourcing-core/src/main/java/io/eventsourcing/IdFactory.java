package io.eventsourcing;

import io.eventsourcing.mapping.EventShape;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A class's {@code static UUID createId(…)}, which makes an id of some of the arguments of its constructors. */
final class IdFactory {

    private static final String NAME = "createId";

    private static final ClassValue<Optional<Method>> METHODS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return Reflection.hierarchy(type).stream()
                    .map(IdFactory::declaredIn)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    };

    private static Optional<Method> declaredIn(Class<?> type) {
        List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(NAME) && !method.isSynthetic())
                .toList();
        if (methods.size() > 1) {
            throw new AggregateDefinitionException(
                    type.getName() + " has several methods createId, and nothing says which"
                            + " of them makes the ids of new aggregates: keep one, and rename the others");
        }
        return methods.stream().findFirst();
    }

    private final Method method;
    private final MethodHandle handle;

    private IdFactory(Method method) {
        this.method = method;
        this.handle = Reflection.spread(Reflection.handle(method), method.getParameterCount());
    }

    static boolean isDeclaredFor(Class<?> type) {
        return METHODS.get(type).isPresent();
    }

    /** @return null if the class has none */
    static @Nullable IdFactory of(Class<?> type) {
        Method method = METHODS.get(type).orElse(null);
        if (method == null) {
            return null;
        }
        if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != UUID.class) {
            throw new AggregateDefinitionException(Reflection.describe(method)
                    + " must be static and return a UUID, since it makes the ids of new aggregates");
        }
        return new IdFactory(method);
    }

    /** Finds out whether the constructor of an event has the arguments that this needs. */
    void check(EventDefinition creation) {
        indexes(creation);
    }

    UUID create(EventDefinition creation, Object[] arguments) {
        Object[] needed = Arrays.stream(indexes(creation))
                .mapToObj(index -> arguments[index])
                .toArray();
        UUID id = (UUID) Reflection.call(handle, null, needed);
        if (id == null) {
            throw new IllegalStateException(Reflection.describe(method) + " returned null");
        }
        return id;
    }

    private int[] indexes(EventDefinition creation) {
        List<String> names = creation.shape().parameters().stream()
                .map(EventShape.Parameter::name)
                .toList();
        Class<?>[] types = creation.parameterTypes();
        return Arrays.stream(method.getParameters())
                .mapToInt(parameter -> {
                    int index = names.indexOf(parameter.getName());
                    if (index < 0 || types[index] != parameter.getType()) {
                        throw new AggregateDefinitionException(Reflection.describe(method) + " takes '" + parameter
                                + "', which is no parameter of "
                                + creation.shape().origin()
                                + ". It gets arguments of that constructor, by name and type");
                    }
                    return index;
                })
                .toArray();
    }
}
