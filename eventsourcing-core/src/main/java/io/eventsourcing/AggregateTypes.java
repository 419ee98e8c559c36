package io.eventsourcing;

import io.eventsourcing.mapping.EventFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The aggregate classes of one application. What is stored names them by their names, so two can't share one. Thread-safe.
 */
final class AggregateTypes {

    private final EventFormat format;
    private final Map<Class<?>, AggregateType<?>> byClass = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> byName = new ConcurrentHashMap<>();

    AggregateTypes(EventFormat format) {
        this.format = format;
    }

    /** @throws AggregateDefinitionException if the class can't work, or shares its name */
    @SuppressWarnings("unchecked")
    <A extends Aggregate> AggregateType<A> of(Class<A> aggregateClass) {
        AggregateType<?> known = byClass.get(aggregateClass);
        return (AggregateType<A>) (known != null ? known : add(AggregateType.of(aggregateClass)));
    }

    private AggregateType<?> add(AggregateType<?> type) {
        for (String name : type.names()) {
            Class<?> other = byName.putIfAbsent(name, type.aggregateClass());
            if (other != null && other != type.aggregateClass()) {
                throw new AggregateDefinitionException(other.getName() + " and "
                        + type.aggregateClass().getName() + " would both be stored as '" + name
                        + "': give one of them an @AggregateName of its own");
            }
        }
        type.events().forEach(event -> format.check(event.shape()));
        byClass.put(type.aggregateClass(), type);
        return type;
    }
}
