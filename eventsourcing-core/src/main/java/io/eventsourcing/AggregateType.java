package io.eventsourcing;

import io.eventsourcing.store.StreamName;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of an aggregate class: its name, its events, its first version. Made once for each class; immutable. */
final class AggregateType<A extends Aggregate> {

    private static final ClassValue<AggregateType<?>> TYPES = new ClassValue<>() {
        @Override
        protected AggregateType<?> computeValue(Class<?> type) {
            Aggregate.weaveFirst(); // a program may well begin by loading one
            return new AggregateType<>(type.asSubclass(Aggregate.class));
        }
    };

    private final Class<A> aggregateClass;
    /** The name of today first, then those that it had once. */
    private final List<String> names;

    private final long initialVersion;
    private final Map<String, EventDefinition> byType = new LinkedHashMap<>();
    /** The types of today and those that the events had once. */
    private final Map<String, EventDefinition> byStoredType = new HashMap<>();

    private final Map<String, EventDefinition> byWovenName = new HashMap<>();
    private final Map<Class<?>, List<EventDefinition>> byRecord = new HashMap<>();
    private final @Nullable IdFactory idFactory;

    private AggregateType(Class<A> aggregateClass) {
        if (Modifier.isAbstract(aggregateClass.getModifiers())) {
            throw new AggregateDefinitionException(
                    aggregateClass.getName() + " is abstract: load and save its concrete subclasses");
        }
        this.aggregateClass = aggregateClass;
        this.names = AggregateInspection.names(aggregateClass);
        this.initialVersion = AggregateInspection.initialVersion(aggregateClass);
        for (EventDefinition event : AggregateInspection.events(aggregateClass, name())) {
            byType.put(event.type(), event);
            addStoredTypes(event);
            byWovenName.put(event.wovenName(), event);
            Class<?> describing = event.describingRecord();
            if (describing != null && !event.isCreation()) {
                byRecord.computeIfAbsent(describing, type -> new ArrayList<>(1)).add(event);
            }
        }
        this.idFactory = IdFactory.of(aggregateClass);
        if (idFactory != null) {
            events().stream().filter(EventDefinition::isCreation).forEach(idFactory::check);
        }
        AggregateInspection.requireWoven(aggregateClass);
    }

    private void addStoredTypes(EventDefinition event) {
        for (String eventName : event.names()) {
            for (String aggregateName : names) {
                EventDefinition other = byStoredType.putIfAbsent(aggregateName + "." + eventName, event);
                if (other != null && other != event) {
                    throw new AggregateDefinitionException("Two events of " + aggregateClass.getName() + " are or were"
                            + " called '" + eventName + "': " + other.shape().origin() + " and "
                            + event.shape().origin() + ", so nothing says which of them is stored");
                }
            }
        }
    }

    /** @throws AggregateDefinitionException if the class is written in a way that can't work */
    @SuppressWarnings("unchecked")
    static <A extends Aggregate> AggregateType<A> of(Class<A> aggregateClass) {
        return (AggregateType<A>) TYPES.get(aggregateClass);
    }

    Class<A> aggregateClass() {
        return aggregateClass;
    }

    String name() {
        return names.get(0);
    }

    List<String> names() {
        return names;
    }

    /** Where the aggregate may be stored: one stream for each of its names. */
    List<StreamName> streams(UUID id) {
        return names.size() == 1
                ? List.of(StreamName.of(name(), id))
                : names.stream().map(name -> StreamName.of(name, id)).toList();
    }

    long initialVersion() {
        return initialVersion;
    }

    Collection<EventDefinition> events() {
        return byType.values();
    }

    /** @return null for a constructor of a superclass, which is no event of this class */
    @Nullable
    EventDefinition eventOf(String wovenName) {
        return byWovenName.get(wovenName);
    }

    /** @return null if this class has no such event */
    @Nullable
    EventDefinition eventOfType(String eventType) {
        return byType.get(eventType);
    }

    /** @return null if nothing was ever stored under this type, as far as the class says */
    @Nullable
    EventDefinition eventStoredAs(String storedType) {
        return byStoredType.get(storedType);
    }

    EventDefinition eventOf(Record event) {
        List<EventDefinition> described = byRecord.getOrDefault(event.getClass(), List.of());
        if (described.size() == 1) {
            return described.get(0);
        }
        String record = event.getClass().getName();
        throw new AggregateDefinitionException(
                described.isEmpty()
                        ? aggregateClass.getName() + " has no @Event method that takes " + record
                                + " or has it as its type: add one, or call the method itself"
                        : record + " could mean several events of " + aggregateClass.getName() + ", "
                                + described.stream().map(EventDefinition::name).collect(Collectors.joining(", "))
                                + ": call the method itself");
    }

    /** For messages. */
    String eventNames() {
        return byType.keySet().stream().collect(Collectors.joining(", "));
    }

    /** The id of the aggregate whose constructor is running. */
    UUID newId() {
        if (idFactory == null) {
            return Ids.next();
        }
        Creation.Start start = Creation.takeStart(aggregateClass);
        EventDefinition creation = start == null ? null : eventOf(start.constructor());
        return start == null || creation == null ? Ids.next() : idFactory.create(creation, start.arguments());
    }
}
