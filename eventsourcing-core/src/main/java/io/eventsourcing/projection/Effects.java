package io.eventsourcing.projection;

import io.eventsourcing.Aggregate;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.store.MultiStreamAppender;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What handlers of process managers return. */
final class Effects {

    private Effects() {}

    /** Whether a method may return this. */
    static boolean canBe(Class<?> returned) {
        return returned == void.class
                || Aggregate.class.isAssignableFrom(returned)
                || Optional.class == returned
                || Collection.class.isAssignableFrom(returned)
                || Stream.class.isAssignableFrom(returned)
                || Object[].class.isAssignableFrom(returned);
    }

    /**
     * Saves what a handler has returned: all or nothing, where the store can do that.
     *
     * @throws ProjectionDefinitionException if it is something else than aggregates
     */
    static void save(@Nullable Object returned, EventSourcing eventSourcing) {
        Aggregate[] aggregates = aggregates(returned).toArray(Aggregate[]::new);
        if (aggregates.length > 1 && !(eventSourcing.store() instanceof MultiStreamAppender)) {
            for (Aggregate aggregate : aggregates) {
                eventSourcing.save(aggregate);
            }
        } else if (aggregates.length > 0) {
            eventSourcing.save(aggregates);
        }
    }

    private static List<Aggregate> aggregates(@Nullable Object returned) {
        try (Stream<?> all = stream(returned)) {
            return all.map(Effects::aggregate).toList();
        }
    }

    private static Stream<?> stream(@Nullable Object returned) {
        if (returned instanceof Stream<?> stream) {
            return stream;
        }
        if (returned instanceof Optional<?> optional) {
            return optional.stream();
        }
        if (returned instanceof Collection<?> collection) {
            return collection.stream();
        }
        return returned instanceof Object[] array ? Arrays.stream(array) : Stream.ofNullable(returned);
    }

    private static Aggregate aggregate(@Nullable Object returned) {
        if (returned instanceof Aggregate aggregate) {
            return aggregate;
        }
        throw new ProjectionDefinitionException("A handler of a process manager returned "
                + (returned == null
                        ? "null among others"
                        : "a " + returned.getClass().getName())
                + ": let it return aggregates, which are saved, or nothing");
    }
}
