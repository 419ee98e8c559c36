package io.eventsourcing.eventql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function of EventQL.
 *
 * @param parameters of which kinds; the last ones can be left out
 * @param required how many can't
 * @param body called with arguments that are of these kinds; where one is not, or null, the function is null
 */
record Function(String name, List<Kind> parameters, int required, Kind result, Body body) {

    @FunctionalInterface
    interface Body {
        @Nullable
        Object value(List<?> arguments, Row row);
    }

    private static final Map<String, Function> ALL = Stream.of(
                    NumberFunctions.ALL, TextFunctions.ALL, TimeFunctions.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toMap(Function::name, function -> function));

    static final String RAND = "RAND";
    static final String STARTSWITH = "STARTSWITH";

    /** All of them must be given. */
    static Function of(String name, List<Kind> parameters, Kind result, Body body) {
        return new Function(name, parameters, parameters.size(), result, body);
    }

    static @Nullable Function named(String name) {
        return ALL.get(name.toUpperCase(Locale.ROOT));
    }

    static Stream<String> names() {
        return ALL.keySet().stream();
    }
}
