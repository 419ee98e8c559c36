package io.eventsourcing.snapshot;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * A short text for what state looks like: the names and types of fields, and of the fields of the classes that they hold, as
 * far as those aren't Java's own. It is another one as soon as any of that changes. For one thread.
 */
public final class StateShape {

    private static final int BYTES = 16;

    private final StringBuilder description = new StringBuilder();
    private final Set<Class<?>> described = new HashSet<>();

    /** Something that changes the shape, whatever the types say. */
    public StateShape with(String what) {
        description.append(what).append('\n');
        return this;
    }

    /** In the order of their names. */
    public StateShape with(Collection<Field> fields) {
        fields.stream()
                .sorted(Comparator.comparing(Field::getName)
                        .thenComparing(field -> field.getDeclaringClass().getName()))
                .forEach(this::field);
        return this;
    }

    public StateShape with(Type type) {
        type(type);
        return with("");
    }

    private void field(Field field) {
        description.append(field.getName()).append(':');
        type(field.getGenericType());
        description.append('\n');
    }

    private void type(Type type) {
        description.append(type.getTypeName()).append(' ');
        if (type instanceof Class<?> plain) {
            inside(plain.isArray() ? plain.getComponentType() : plain);
        } else if (type instanceof ParameterizedType generic) {
            type(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::type);
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::type);
        } else if (type instanceof GenericArrayType array) {
            type(array.getGenericComponentType());
        }
    }

    private void inside(Class<?> type) {
        if (type.isPrimitive() || isOfTheJdk(type) || !described.add(type)) {
            return;
        }
        if (type.isEnum()) {
            description.append(Arrays.toString(type.getEnumConstants()));
            return;
        }
        description.append("{\n");
        with(Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList());
        if (type.getGenericSuperclass() != null) {
            type(type.getGenericSuperclass());
        }
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::type);
        }
        description.append("}\n");
    }

    static boolean isOfTheJdk(Class<?> type) {
        return type.getClassLoader() == null
                || Objects.equals(type.getClassLoader(), ClassLoader.getPlatformClassLoader());
    }

    /** 32 hexadecimal digits. */
    public String text() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(description.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
