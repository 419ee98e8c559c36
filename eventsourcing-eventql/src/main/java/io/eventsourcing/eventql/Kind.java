package io.eventsourcing.eventql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value is. Values of different kinds are sorted in this order. */
enum Kind {
    NULL("null", Void.class),
    BOOLEAN("a boolean", Boolean.class),
    NUMBER("a number", BigDecimal.class),
    STRING("a string", String.class),
    DATE("a date", LocalDate.class),
    TIME("a time", LocalTime.class),
    DATETIME("a datetime", Instant.class),
    ARRAY("an array", List.class),
    RECORD("a record", Map.class),
    /** Of an expression: only its rows will tell. */
    ANY("any value", Object.class);

    private final String description;
    private final Class<?> representation;

    Kind(String description, Class<?> representation) {
        this.description = description;
        this.representation = representation;
    }

    static Kind of(@Nullable Object value) {
        if (value == null) {
            return NULL;
        }
        for (Kind kind : values()) {
            if (kind.representation.isInstance(value)) {
                return kind;
            }
        }
        throw new IllegalStateException("No value of EventQL: " + value.getClass());
    }

    boolean isTemporal() {
        return this == DATE || this == TIME || this == DATETIME;
    }

    /** Whether only a row can tell that an expression is not of this kind. */
    boolean mayBe(Kind expected) {
        return this == expected
                || this == ANY
                || this == NULL
                || expected == ANY
                || (this == STRING || this == DATETIME) && expected.isTemporal();
    }

    @Override
    public String toString() {
        return description;
    }
}
