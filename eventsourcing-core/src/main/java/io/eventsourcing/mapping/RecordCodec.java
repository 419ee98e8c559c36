package io.eventsourcing.mapping;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** A payload that is written as a record: the record's own JSON annotations count. */
final class RecordCodec implements PayloadCodec {

    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final Conversion conversion;

    /** Between the arguments of the event and the record. */
    private interface Conversion {
        Object toRecord(Object[] arguments) throws Throwable;

        /** @param record null if that is what the JSON says */
        Object[] toArguments(@Nullable Object record) throws Throwable;
    }

    RecordCodec(JsonMapper mapper, EventShape shape, Class<? extends Record> recordType) {
        JavaType type = shape.isRecordArgument()
                ? StorableTypes.resolve(mapper, shape, shape.parameters().get(0))
                : mapper.constructType(recordType);
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type);
        this.conversion = shape.isRecordArgument() ? new Identity() : new ByComponent(shape, recordType);
    }

    @Override
    public byte[] encode(Object[] arguments) {
        return writer.writeValueAsBytes(convert(() -> conversion.toRecord(arguments)));
    }

    @Override
    public Object[] decode(byte[] data) {
        @Nullable Object record = reader.readValue(data);
        return convert(() -> conversion.toArguments(record));
    }

    private interface Step<T> {
        T run() throws Throwable;
    }

    private static <T> T convert(Step<T> step) {
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Identity implements Conversion {

        @Override
        public Object toRecord(Object[] arguments) {
            return arguments[0];
        }

        @Override
        public @Nullable Object[] toArguments(@Nullable Object record) {
            return new @Nullable Object[] {record};
        }
    }

    private static final class ByComponent implements Conversion {

        private final Class<? extends Record> recordType;

        /** Takes the arguments in the order of the event's parameters. */
        private final MethodHandle constructor;

        private final MethodHandle[] accessors;

        ByComponent(EventShape shape, Class<? extends Record> recordType) {
            this.recordType = recordType;
            List<String> names =
                    shape.parameters().stream().map(EventShape.Parameter::name).toList();
            RecordComponent[] components = recordType.getRecordComponents();
            try {
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(recordType, MethodHandles.lookup());
                constructor = inOrderOf(names, components, lookup, recordType);
                accessors = new MethodHandle[components.length];
                for (RecordComponent component : components) {
                    accessors[names.indexOf(component.getName())] = lookup.unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Object.class));
                }
            } catch (IllegalAccessException | NoSuchMethodException e) {
                throw new EventMappingException(recordType.getName() + " isn't open to reflection", e);
            }
        }

        private static MethodHandle inOrderOf(
                List<String> names, RecordComponent[] components, MethodHandles.Lookup lookup, Class<?> recordType)
                throws IllegalAccessException, NoSuchMethodException {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            int[] order = Arrays.stream(components)
                    .mapToInt(component -> names.indexOf(component.getName()))
                    .toArray();
            MethodHandle canonical = lookup.findConstructor(recordType, MethodType.methodType(void.class, types));
            MethodHandle generic = canonical.asType(MethodType.genericMethodType(types.length));
            return MethodHandles.permuteArguments(generic, MethodType.genericMethodType(types.length), order)
                    .asSpreader(Object[].class, types.length);
        }

        @Override
        public Object toRecord(Object[] arguments) throws Throwable {
            return constructor.invokeExact(arguments);
        }

        @Override
        public Object[] toArguments(@Nullable Object record) throws Throwable {
            if (record == null) {
                throw MismatchedInputException.from(null, recordType, "null has no components");
            }
            Object[] arguments = new Object[accessors.length];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = accessors[i].invokeExact(record);
            }
            return arguments;
        }
    }
}
