package io.eventsourcing.mapping;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.jdk.JDKKeySerializers;

/** Finds out before the first event whether values of a type could be read again. */
final class StorableTypes {

    /** Jackson reads something for these, but not what was written. */
    private static final Set<Class<?>> VAGUE = Set.of(Object.class, Serializable.class, Number.class, Iterable.class);

    private final JsonMapper mapper;
    private final Set<JavaType> visited = new HashSet<>();

    StorableTypes(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** The type of a parameter, with what the aggregate class says of its superclass's type variables. */
    static JavaType resolve(JsonMapper mapper, EventShape shape, EventShape.Parameter parameter) {
        Class<?> declaringClass =
                parameter.declaringClass() == null ? shape.declaringClass() : parameter.declaringClass();
        JavaType declaring = mapper.constructType(shape.aggregateClass()).findSuperType(declaringClass);
        return mapper.getTypeFactory().resolveMemberType(parameter.type(), declaring.getBindings());
    }

    /** Why values of the type, or something inside them, can't be read; empty if they can. */
    Optional<String> objection(JavaType type) {
        if (!visited.add(type)) {
            return Optional.empty();
        }
        if (VAGUE.contains(type.getRawClass())) {
            return Optional.of(type.getRawClass().getName() + " doesn't say what to read");
        }
        if (type.isContainerType() || type.isReferenceType()) {
            return contentObjection(type);
        }
        try {
            return objection(type, mapper._deserializationContext().findRootValueDeserializer(type));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.of(type.getRawClass().getName() + " can't be read from JSON: " + firstLine(e));
        }
    }

    private Optional<String> contentObjection(JavaType type) {
        Optional<String> key = type.isMapLikeType() ? keyObjection(type.getKeyType()) : Optional.empty();
        return key.or(() -> type.getContentType() == null ? Optional.empty() : objection(type.getContentType()));
    }

    private Optional<String> keyObjection(JavaType key) {
        try {
            mapper._deserializationContext().findKeyDeserializer(key, null);
            if (!isWrittenByItsText(key)) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            // the same as a key that can be read but would not be what was written
        }
        return Optional.of(key.getRawClass().getName()
                + " can't be the key of a JSON object (@JsonValue would say how to write it)");
    }

    /** A class of the JDK has a text that it can be made of; a record's text, {@code Name[value=x]}, is none. */
    private boolean isWrittenByItsText(JavaType key) {
        return key.hasRawClass(Object.class)
                || !isOfTheJdk(key)
                        && mapper._serializationContext().findKeySerializer(key, null)
                                instanceof JDKKeySerializers.Default;
    }

    private static boolean isOfTheJdk(JavaType type) {
        String name = type.getRawClass().getName();
        return name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("jdk.");
    }

    private Optional<String> objection(JavaType type, ValueDeserializer<Object> deserializer) {
        if (deserializer instanceof AbstractDeserializer) {
            return Optional.of(type.getRawClass().getName()
                    + " is abstract, and nothing says which class to read (@JsonTypeInfo would)");
        }
        if (deserializer instanceof BeanDeserializerBase bean) {
            return beanObjection(type, bean);
        }
        return Optional.empty();
    }

    private Optional<String> beanObjection(JavaType type, BeanDeserializerBase bean) {
        String name = type.getRawClass().getName();
        if (isOfTheJdk(type)) {
            return Optional.of(name + " is no value that JSON could hold");
        }
        if (!canBeMade(type, bean.getValueInstantiator())) {
            return Optional.of(name + " has no constructor that JSON could call (a record has one)");
        }
        for (Iterator<SettableBeanProperty> properties = bean.properties(); properties.hasNext(); ) {
            SettableBeanProperty property = properties.next();
            Optional<String> objection = objection(property.getType());
            if (objection.isPresent()) {
                return objection.map(
                        text -> text + ", in " + type.getRawClass().getSimpleName() + "." + property.getName());
            }
        }
        return Optional.empty();
    }

    /** A constructor that takes a single number or text is of use only for what isn't written as an object. */
    private boolean canBeMade(JavaType type, ValueInstantiator creator) {
        return creator.canCreateUsingDefault()
                || creator.canCreateFromObjectWith()
                || creator.canCreateUsingDelegate()
                || creator.canCreateUsingArrayDelegate()
                || creator.canInstantiate()
                        && !(mapper._serializationContext().findValueSerializer(type) instanceof BeanSerializerBase);
    }

    private static String firstLine(Exception e) {
        return e instanceof JacksonException jackson ? jackson.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
