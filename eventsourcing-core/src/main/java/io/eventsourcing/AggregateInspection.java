package io.eventsourcing;

import io.eventsourcing.weaving.Weaver;
import io.eventsourcing.weaving.Woven;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an aggregate class, and finds what can't work in it before anything happens. */
final class AggregateInspection {

    private static final String INITIAL_VERSION = "INITIAL_VERSION";
    private static final long DEFAULT_INITIAL_VERSION = 1;
    private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}_.]{0,99}");

    private AggregateInspection() {}

    /** The name of today first, then those that it had once. */
    static List<String> names(Class<?> type) {
        AggregateName given = type.getDeclaredAnnotation(AggregateName.class);
        return given == null
                ? List.of(requireName(type.getSimpleName(), type))
                : Stream.concat(Stream.of(given.value()), Arrays.stream(given.formerly()))
                        .map(name -> requireName(name, type))
                        .distinct()
                        .toList();
    }

    private static String requireName(String name, Class<?> type) {
        if (!NAME.matcher(name).matches()) {
            throw new AggregateDefinitionException("'" + name + "' can't be the name of the aggregate " + type.getName()
                    + ": give it an @AggregateName of letters, digits, _ and . that starts with a letter");
        }
        return name;
    }

    static long initialVersion(Class<?> type) {
        for (Class<?> each : Reflection.hierarchy(type)) {
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(INITIAL_VERSION)) {
                    return initialVersion(field);
                }
            }
        }
        return DEFAULT_INITIAL_VERSION;
    }

    private static long initialVersion(Field field) {
        int needed = Modifier.PUBLIC | Modifier.STATIC | Modifier.FINAL;
        boolean number = field.getType() == int.class || field.getType() == long.class;
        if ((field.getModifiers() & needed) == needed && number) {
            try {
                field.setAccessible(true); // the class itself need not be public
                long version = field.getLong(null);
                if (version >= 0) {
                    return version;
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AggregateDefinitionException(field.getDeclaringClass().getName()
                + ".INITIAL_VERSION must be a public static final int or long of 0 or more");
    }

    /** The constructors of the class itself, then the methods of it and its superclasses. */
    static List<EventDefinition> events(Class<?> type, String aggregateName) {
        Map<String, EventDefinition> events = new LinkedHashMap<>();
        for (Executable member : members(type)) {
            EventDefinition event = EventDefinition.of(type, aggregateName, member);
            EventDefinition earlier = events.putIfAbsent(event.name(), event);
            if (earlier != null && !overrides(earlier.member(), member)) {
                throw new AggregateDefinitionException(
                        "Two events of " + type.getName() + " have the name '" + event.name()
                                + "': " + earlier.shape().origin() + " and "
                                + event.shape().origin()
                                + ". Give one of them another, as in @Event(\"" + event.name() + "2\")");
            }
        }
        if (events.values().stream().noneMatch(EventDefinition::isCreation)) {
            throw new AggregateDefinitionException(type.getName() + " has no constructor with @Event: give the one that"
                    + " makes a new " + type.getSimpleName() + " an event, as in @Event(\"Registered\")");
        }
        return new ArrayList<>(events.values());
    }

    private static List<Executable> members(Class<?> type) {
        Stream<Executable> constructors = Arrays.stream(type.getDeclaredConstructors());
        Stream<Executable> methods = Stream.concat(
                        Reflection.hierarchy(type).stream(), Reflection.interfaces(type).stream())
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()));
        return Stream.concat(constructors, methods)
                .filter(member -> member.isAnnotationPresent(Event.class) && !member.isSynthetic())
                .peek(AggregateInspection::requireBody)
                .toList();
    }

    private static void requireBody(Executable member) {
        if (Modifier.isStatic(member.getModifiers())
                || Modifier.isAbstract(member.getModifiers())
                || member.getDeclaringClass().isInterface()) {
            throw new AggregateDefinitionException("@Event on " + Reflection.describe(member)
                    + ", which is static, abstract or in an interface: an event changes an aggregate, so move it to a constructor or to a"
                    + " method with a body");
        }
    }

    /** Where a type variable of the superclass has become a type, the compiler has left a bridge with the old one. */
    private static boolean overrides(Executable sub, Executable overridden) {
        return !Modifier.isPrivate(overridden.getModifiers())
                && Reflection.hierarchy(sub.getDeclaringClass()).stream()
                        .takeWhile(type -> type != overridden.getDeclaringClass())
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> method.isBridge() || method.equals(sub))
                        .anyMatch(method -> method.getName().equals(sub.getName())
                                && method.getName().equals(overridden.getName())
                                && Arrays.equals(method.getParameterTypes(), overridden.getParameterTypes()));
    }

    static void requireWoven(Class<?> type) {
        for (Class<?> each : Reflection.hierarchy(type)) {
            boolean declares = Stream.<Executable>concat(
                            Arrays.stream(each.getDeclaredConstructors()), Arrays.stream(each.getDeclaredMethods()))
                    .anyMatch(member -> member.isAnnotationPresent(Event.class));
            if (declares && each.getDeclaredAnnotation(Woven.class) == null) {
                throw new AggregateDefinitionException(each.getName()
                        + " isn't woven, so its events would not be recorded: "
                        + Weaver.unwovenBecause() + ". Use one of these: the byte-buddy-maven-plugin, with the goals"
                        + " transform (and transform-test for aggregates in test sources); or"
                        + " -javaagent:byte-buddy-agent.jar on the command line; or a JVM that may attach an agent to"
                        + " itself");
            }
        }
    }
}
