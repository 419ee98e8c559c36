package io.eventsourcing.projection;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.EventSourcingException;
import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a class says by annotations. Not thread-safe. */
final class AnnotatedProjection {

    private static final Map<Class<?>, Function<EventContext, Object>> SURROUNDINGS = Map.of(
            EventContext.class, context -> context,
            StreamName.class, EventContext::stream,
            Metadata.class, EventContext::metadata,
            Timeouts.class, EventContext::timeouts);

    private static final Map<Class<?>, Function<EventContext, Object>> OF_TIMEOUTS = Map.of(
            TimeoutContext.class, TimeoutContext::new,
            StreamName.class, EventContext::stream,
            Timeouts.class, EventContext::timeouts);

    private final Class<?> type;
    private final Object target;

    AnnotatedProjection(Class<?> type, Object target) {
        this.type = type;
        this.target = target;
    }

    ProjectionDefinition definition() {
        Projection projection = type.getAnnotation(Projection.class);
        ProcessManager process = type.getAnnotation(ProcessManager.class);
        if ((projection == null) == (process == null)) {
            throw new ProjectionDefinitionException(type.getName() + " is "
                    + (projection == null ? "no projection" : "a projection and a process manager")
                    + ": give it @Projection(\"the name\"), or @ProcessManager(\"the name\") if it saves aggregates");
        }
        return projection != null
                ? definition(
                        ProjectionDefinition.named(projection.value()).tables(projection.tables()),
                        projection.streams())
                : definition(
                        ProjectionDefinition.process(
                                Objects.requireNonNull(process).value()),
                        process.streams());
    }

    private ProjectionDefinition definition(ProjectionDefinition.Builder builder, String streams) {
        if (!streams.isEmpty()) {
            builder.streams(StreamFilter.prefix(streams));
        }
        methods(EventHandler.class).forEach(method -> add(method, builder));
        methods(TimeoutHandler.class).forEach(method -> builder.timeout(timeoutHandler(method), describe(method)));
        reset().ifPresent(builder::onReset);
        return builder.build();
    }

    private void add(Method method, ProjectionDefinition.Builder builder) {
        HandlerDefinition handler = handler(method);
        builder.handler(handler, describe(method));
        if (method.getAnnotation(EventHandler.class).sideEffects()) {
            builder.sideEffects(handler.type());
        }
    }

    private Optional<Runnable> reset() {
        List<Method> found = methods(ResetHandler.class);
        if (found.size() > 1) {
            throw new ProjectionDefinitionException(
                    type.getName() + " has " + found.size() + " methods with @ResetHandler: leave one");
        }
        return found.stream().findFirst().map(this::reset);
    }

    private Runnable reset(Method method) {
        requireReachable(method);
        if (method.getParameterCount() > 0) {
            throw new ProjectionDefinitionException(describe(method)
                    + " has @ResetHandler and parameters, and nothing could be handed to it: leave them out");
        }
        open(method);
        return () -> reset(method, new @Nullable Object[0]);
    }

    private void reset(Method method, @Nullable Object[] nothing) {
        try {
            call(method, nothing);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EventSourcingException(describe(method) + " failed", e);
        }
    }

    /** Those of superclasses too, unless a subclass overrides them. The order doesn't matter, but is always the same. */
    private List<Method> methods(Class<? extends Annotation> annotation) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> !method.isBridge() && !method.isSynthetic())
                    .sorted(Comparator.comparing(Method::toGenericString))
                    .forEach(method ->
                            methods.putIfAbsent(method.getName() + List.of(method.getParameterTypes()), method));
        }
        return methods.values().stream()
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
    }

    private HandlerDefinition handler(Method method) {
        requireCallable(method);
        if (List.of(method.getParameterTypes()).contains(Timeouts.class)
                && methods(TimeoutHandler.class).isEmpty()) {
            throw new ProjectionDefinitionException(describe(method)
                    + " asks for timeouts that nothing would carry out: give its class, a @ProcessManager, a method with"
                    + " @TimeoutHandler");
        }
        List<Parameter> payload = payload(method, SURROUNDINGS);
        List<String> types = types(method, payload);
        EventShape shape = payload.isEmpty() ? null : shape(method, types.get(0), payload);
        return new HandlerDefinition(types, shape, invocation(method, SURROUNDINGS));
    }

    private HandlerDefinition timeoutHandler(Method method) {
        requireCallable(method);
        String name = method.getAnnotation(TimeoutHandler.class).value();
        List<Class<?>> payload = payload(method, OF_TIMEOUTS).stream()
                .<Class<?>>map(Parameter::getType)
                .toList();
        if (payload.size() > 1 || !payload.stream().allMatch(one -> one.isRecord() || one == String.class)) {
            throw new ProjectionDefinitionException(describe(method)
                    + " has parameters that no timeout has: it can have a record or a String, which is the payload, a"
                    + " TimeoutContext, Timeouts and a StreamName");
        }
        EventShape shape = payload.isEmpty() ? null : RequestedTimeouts.shape(name, payload.get(0), describe(method));
        return new HandlerDefinition(List.of(name), shape, invocation(method, OF_TIMEOUTS));
    }

    private static List<Parameter> payload(Method method, Map<Class<?>, ?> surroundings) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> !surroundings.containsKey(parameter.getType()))
                .toList();
    }

    private void requireCallable(Method method) {
        requireReachable(method);
        requireReturnType(method);
    }

    private static void requireReachable(Method method) {
        if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            throw new ProjectionDefinitionException(describe(method)
                    + " is private or static, and would be called beside a proxy that manages transactions:"
                    + " make it an ordinary method");
        }
    }

    private void requireReturnType(Method method) {
        boolean saves = type.isAnnotationPresent(ProcessManager.class);
        if (saves && !Effects.canBe(method.getReturnType())) {
            throw new ProjectionDefinitionException(describe(method) + " returns "
                    + method.getReturnType().getSimpleName()
                    + ", and what a process manager returns is saved: return an aggregate, an Optional, a Collection, a"
                    + " Stream or an array of some, or nothing");
        }
        if (!saves && Aggregate.class.isAssignableFrom(method.getReturnType())) {
            throw new ProjectionDefinitionException(describe(method)
                    + " returns an aggregate, which nobody would save: make its class a @ProcessManager");
        }
    }

    private static List<String> types(Method method, List<Parameter> payload) {
        List<String> given = List.of(method.getAnnotation(EventHandler.class).value());
        if (!given.isEmpty()) {
            return given;
        }
        Class<?> record = payload.size() == 1 ? payload.get(0).getType() : Object.class;
        Class<?> aggregate = record.isRecord() ? record.getEnclosingClass() : null;
        if (aggregate == null || !Aggregate.class.isAssignableFrom(aggregate)) {
            throw new ProjectionDefinitionException(
                    describe(method) + " doesn't say which event it handles:"
                            + " give @EventHandler(\"Dog.TrickAdded\"), or one parameter that is a record declared in an aggregate");
        }
        return List.of(name(aggregate) + "." + record.getSimpleName());
    }

    private static String name(Class<?> aggregate) {
        AggregateName given = aggregate.getDeclaredAnnotation(AggregateName.class);
        return given != null ? given.value() : aggregate.getSimpleName();
    }

    private EventShape shape(Method method, String eventType, List<Parameter> payload) {
        Class<?> first = payload.get(0).getType();
        boolean isRecord = payload.size() == 1 && first.isRecord();
        List<EventShape.Parameter> parameters = payload.stream()
                .map(parameter -> new EventShape.Parameter(name(method, parameter), parameter.getParameterizedType()))
                .toList();
        return new EventShape(
                eventType,
                describe(method),
                type,
                method.getDeclaringClass(),
                parameters,
                isRecord ? first.asSubclass(Record.class) : null);
    }

    private static String name(Method method, Parameter parameter) {
        if (!parameter.isNamePresent()) {
            throw new ProjectionDefinitionException("The parameters of " + describe(method)
                    + " have no names in the class file, and names are what the event's arguments are found by: compile"
                    + " with -parameters (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>)");
        }
        return parameter.getName();
    }

    private HandlerDefinition.Invocation invocation(
            Method method, Map<Class<?>, Function<EventContext, Object>> surroundings) {
        List<@Nullable Function<EventContext, Object>> sources = new ArrayList<>();
        Arrays.stream(method.getParameterTypes()).map(surroundings::get).forEach(sources::add);
        open(method);
        return (arguments, context) -> call(method, arguments(sources, arguments, context));
    }

    private static void open(Method method) {
        try {
            method.setAccessible(true);
        } catch (RuntimeException e) {
            throw new ProjectionDefinitionException(
                    describe(method) + " can't be reached: open its package to io.eventsourcing.core in module-info",
                    e);
        }
    }

    private static @Nullable Object[] arguments(
            List<@Nullable Function<EventContext, Object>> sources, Object[] payload, EventContext context) {
        @Nullable Object[] arguments = new @Nullable Object[sources.size()];
        int next = 0;
        for (int i = 0; i < arguments.length; i++) {
            Function<EventContext, Object> source = sources.get(i);
            arguments[i] = source != null ? source.apply(context) : payload[next++];
        }
        return arguments;
    }

    private @Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            throw thrown == null ? e : thrown;
        }
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
