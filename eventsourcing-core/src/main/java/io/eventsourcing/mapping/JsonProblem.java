package io.eventsourcing.mapping;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what is wrong with stored JSON, and where, without showing any of it: Jackson's own messages quote values, and
 * those may be secret or about people, while messages end up in logs.
 */
final class JsonProblem {

    private JsonProblem() {}

    static String describe(JacksonException e) {
        String place = place(e);
        return place.isEmpty() ? kind(e) : kind(e) + ", at " + place;
    }

    private static String kind(JacksonException e) {
        if (e instanceof ValueInstantiationException refused && e.getCause() != null) {
            return refused.getType().getRawClass().getName() + " refuses the stored value with a "
                    + e.getCause().getClass().getName();
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return noValueOf(mismatch.getTargetType());
        }
        if (e instanceof InputCoercionException coercion && coercion.getTargetType() != null) {
            return noValueOf(coercion.getTargetType());
        }
        return e instanceof StreamReadException
                ? "it is no valid JSON from byte " + e.getLocation().getByteOffset() + " on"
                : "it doesn't fit (" + e.getClass().getName() + ")";
    }

    private static String noValueOf(Class<?> type) {
        return type == ArgumentsCodec.Arguments.class
                ? "it is not one JSON object, and nothing behind it"
                : "there is no value of " + type.getTypeName();
    }

    /** The path from the argument down; the key of a map is part of the payload, so there it ends. */
    private static String place(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (isMap(step.from())) {
                return path.append("[…]").toString();
            }
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static boolean isMap(Object from) {
        return from instanceof Map || from instanceof Class<?> type && Map.class.isAssignableFrom(type);
    }
}
