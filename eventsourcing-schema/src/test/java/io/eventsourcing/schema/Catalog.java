package io.eventsourcing.schema;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** An aggregate whose events have whatever can be in one. */
@AggregateName("Catalog")
final class Catalog extends Aggregate {

    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "very large";
            }
        }
    }

    record Isbn(@JsonValue String text) {}

    record Tree(String name, List<Tree> children) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
    sealed interface Shape permits Circle {}

    record Circle(double radius) implements Shape {}

    record Book(
            Isbn isbn,
            @JsonProperty("the-title") String title,
            @JsonInclude(JsonInclude.Include.NON_NULL) String subtitle,
            @JsonFormat(shape = JsonFormat.Shape.STRING) int pages,
            Optional<Size> size,
            byte[] cover,
            Tree chapters) {}

    @Event("Opened")
    Catalog() {}

    @Event("Numbers")
    void numbers(
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            Integer boxed,
            Double real,
            BigInteger big,
            BigDecimal exact) {}

    @Event("Texts")
    void texts(
            boolean flag,
            char letter,
            String text,
            UUID id,
            URI uri,
            Locale locale,
            Size size,
            DayOfWeek day,
            char[] letters,
            byte[] bytes,
            Isbn isbn) {}

    @Event("Times")
    void times(
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime dateTime,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            Period period,
            Year year,
            YearMonth month) {}

    @Event("Many")
    void many(
            List<String> list,
            Set<Integer> set,
            Map<String, Book> books,
            Map<UUID, List<Size>> sizes,
            int[] ints,
            String[][] table,
            Optional<String> optional,
            OptionalInt number,
            List<Optional<Isbn>> isbns) {}

    @Event("Added")
    void add(Book book) {}

    @Event("Drawn")
    void draw(Shape shape, List<Shape> shapes) {}
}
