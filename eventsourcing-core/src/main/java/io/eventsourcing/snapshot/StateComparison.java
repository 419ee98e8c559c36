package io.eventsourcing.snapshot;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether state that was written and read again is what it was: field by field through all that it holds, also
 * where a class says nothing about equality. So what a format silently leaves out, sorts in another way or makes of another
 * class is found when a snapshot is taken, and not when it is missed. For one thread.
 */
public final class StateComparison {

    /** What was met on one side already, and what it was compared with. */
    private final Map<Object, Object> compared = new IdentityHashMap<>();

    private StateComparison() {}

    /** Where the two differ, or could behave in different ways; empty if they are alike. */
    public static Optional<String> difference(String name, @Nullable Object before, @Nullable Object after) {
        return Optional.ofNullable(new StateComparison().compare(name, before, after));
    }

    private @Nullable String compare(String path, @Nullable Object before, @Nullable Object after) {
        if (before == null || after == null) {
            return before == after ? null : path + " would be " + (after == null ? "null" : "there");
        }
        if (before instanceof List<?> list && after instanceof List<?> other) {
            return shared(path, before, after, () -> elements(path, list, other));
        }
        if (before instanceof Map<?, ?> map && after instanceof Map<?, ?> other) {
            return shared(path, before, after, () -> maps(path, map, other));
        }
        if (before instanceof Set<?> set && after instanceof Set<?> other) {
            return shared(path, before, after, () -> sets(path, set, other));
        }
        if (isQueueByInsertion(before) && isQueueByInsertion(after)) {
            return shared(path, before, after, () -> elements(path, (Collection<?>) before, (Collection<?>) after));
        }
        if (before.getClass() != after.getClass()) {
            return path + " is a " + before.getClass().getName() + ", and would be a "
                    + after.getClass().getName();
        }
        if (before.getClass().isArray()) {
            return shared(path, before, after, () -> arrays(path, before, after));
        }
        if (before instanceof Optional<?> optional) {
            return compare(path, optional.orElse(null), ((Optional<?>) after).orElse(null));
        }
        if (before instanceof Collection<?> collection && isOrderedAlike(before, after)) {
            return shared(path, before, after, () -> elements(path, collection, (Collection<?>) after));
        }
        if (before instanceof Enum<?> || StateShape.isOfTheJdk(before.getClass())) {
            return before.equals(after) ? null : path + " would be another value";
        }
        return shared(path, before, after, () -> fields(path, before, after));
    }

    private interface Comparing {
        @Nullable
        String run();
    }

    /** One object in two places would become two, unless it can't change. */
    private @Nullable String shared(String path, Object before, Object after, Comparing comparing) {
        Object other = compared.putIfAbsent(before, after);
        if (other == null) {
            return comparing.run();
        }
        return other == after || before instanceof Record || isImmutable(before)
                ? null
                : path + " is in two places, and would be two objects";
    }

    private static boolean isQueueByInsertion(Object object) {
        return object.getClass() == ArrayDeque.class || object.getClass() == LinkedList.class;
    }

    private static boolean isImmutable(Object object) {
        return object.getClass().getName().startsWith("java.util.ImmutableCollections$");
    }

    private @Nullable String elements(String path, Collection<?> before, Collection<?> after) {
        if (before.size() != after.size()) {
            return path + " would have another size";
        }
        Iterator<?> others = after.iterator();
        int index = 0;
        for (Object each : before) {
            String difference = compare(path + "[" + index++ + "]", each, others.next());
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String arrays(String path, Object before, Object after) {
        if (Array.getLength(before) != Array.getLength(after)) {
            return path + " would have another length";
        }
        for (int i = 0; i < Array.getLength(before); i++) {
            String difference = compare(path + "[" + i + "]", Array.get(before, i), Array.get(after, i));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private @Nullable String sets(String path, Set<?> before, Set<?> after) {
        if (ordersItself(before) && !isOrderedAlike(before, after)) {
            return path + " is a " + before.getClass().getName() + ", whose order would be lost";
        }
        return before.equals(after) ? null : path + " would have other elements";
    }

    private @Nullable String maps(String path, Map<?, ?> before, Map<?, ?> after) {
        if (ordersItself(before) && !isOrderedAlike(before, after)) {
            return path + " is a " + before.getClass().getName() + ", whose order would be lost";
        }
        if (!before.keySet().equals(after.keySet())) {
            return path + " would have other keys";
        }
        for (Map.Entry<?, ?> entry : before.entrySet()) {
            String difference = compare(path + "[" + entry.getKey() + "]", entry.getValue(), after.get(entry.getKey()));
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** Any of Java's other than those whose order is that of insertion, or none. */
    private static boolean ordersItself(Object collection) {
        String type = collection.getClass().getName();
        return !List.of(
                                "java.util.HashSet",
                                "java.util.LinkedHashSet",
                                "java.util.HashMap",
                                "java.util.LinkedHashMap",
                                "java.util.concurrent.ConcurrentHashMap")
                        .contains(type)
                && !type.startsWith("java.util.ImmutableCollections$")
                && !type.startsWith("java.util.Collections$Empty")
                && !type.startsWith("java.util.Collections$Singleton");
    }

    private static boolean isOrderedAlike(Object before, Object after) {
        return before.getClass() == after.getClass() && Objects.equals(comparator(before), comparator(after));
    }

    private static @Nullable Comparator<?> comparator(Object collection) {
        if (collection instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (collection instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return collection instanceof SortedMap<?, ?> map ? map.comparator() : null;
    }

    private @Nullable String fields(String path, Object before, Object after) {
        for (Class<?> type = before.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                String difference = Modifier.isStatic(field.getModifiers())
                        ? null
                        : compare(path + "." + field.getName(), value(field, before), value(field, after));
                if (difference != null) {
                    return difference;
                }
            }
        }
        return null;
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
