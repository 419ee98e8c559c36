package io.eventsourcing.test;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event as a specification compares it and talks about it. */
record SpokenEvent(String name, Map<String, @Nullable Object> arguments) {

    /** Arrays, which varargs are, are compared by what they hold. */
    boolean isSameAs(SpokenEvent other) {
        return name.equals(other.name)
                && arguments.keySet().equals(other.arguments.keySet())
                && arguments.entrySet().stream()
                        .allMatch(argument ->
                                Objects.deepEquals(argument.getValue(), other.arguments.get(argument.getKey())));
    }

    @Override
    public String toString() {
        return text(SpokenEvent::value);
    }

    /** Also says of which types the arguments are: for events that differ in nothing else. */
    String withTypes() {
        return text(value ->
                value(value) + (value == null ? "" : " (" + value.getClass().getName() + ")"));
    }

    private String text(Function<@Nullable Object, String> text) {
        return arguments.entrySet().stream()
                .map(argument -> argument.getKey() + "=" + text.apply(argument.getValue()))
                .collect(Collectors.joining(", ", name + "(", ")"));
    }

    private static String value(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return "\"" + text + "\"";
        }
        String inArray = Arrays.deepToString(new @Nullable Object[] {value});
        return inArray.substring(1, inArray.length() - 1);
    }
}
