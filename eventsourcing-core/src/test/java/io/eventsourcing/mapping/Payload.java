package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a method stores and reads as the payload of its event. The method is looked at, and never called. */
record Payload(EventShape shape, JacksonEventMapper mapper) {

    static final String TYPE = "Dog.TrickAdded";

    /** Of the method of this name, of which there is one. */
    static Payload of(Class<?> declaring, String method) {
        return of(declaring, method, null);
    }

    /** With a record in place of the arguments. */
    static Payload of(Class<?> declaring, String method, @Nullable Class<? extends Record> recordType) {
        Method found = Arrays.stream(declaring.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        List<EventShape.Parameter> parameters = IntStream.range(0, found.getParameterCount())
                .mapToObj(i -> new EventShape.Parameter(
                        found.getParameters()[i].getName(), found.getGenericParameterTypes()[i]))
                .toList();
        String origin = declaring.getSimpleName() + "." + method + "(…)";
        EventShape shape = new EventShape(TYPE, origin, declaring, declaring, parameters, recordType);
        return new Payload(shape, new JacksonEventMapper());
    }

    String write(@Nullable Object... arguments) {
        return new String(mapper.encode(shape, arguments), StandardCharsets.UTF_8);
    }

    Object[] read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    Object[] read(byte[] data) {
        return mapper.decode(shape, event(data, new byte[0]));
    }

    Object[] writeAndRead(@Nullable Object... arguments) {
        return read(mapper.encode(shape, arguments));
    }

    static RecordedEvent event(byte[] data, byte[] metadata) {
        return new RecordedEvent(StreamName.of("Dog-1"), 0, 1, UUID.randomUUID(), TYPE, data, metadata, Instant.EPOCH);
    }
}
