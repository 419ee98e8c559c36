package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event of each shape in which the library stores payloads. It remembers what its bodies were called with. */
@AggregateName("Golden")
class Golden extends Aggregate {

    enum Size {
        SMALL,
        LARGE
    }

    record Point(int x, double y) {}

    record Moved(String street, LocalDate since, List<Point> path) {}

    record Text(String text) {}

    final List<String> calls = new ArrayList<>();

    @Event("Made")
    Golden() {}

    @Event("Numbers")
    void numbers(byte a, short b, int c, long d, float e, double f, boolean g, char h, BigDecimal i, Integer j) {
        calls.add("" + a + b + c + d + e + f + g + h + i + j);
    }

    @Event("Texts")
    void texts(
            String text, Size size, UUID uuid, Optional<String> some, Optional<String> none, @Nullable String nothing) {
        calls.add(text + size + uuid + some + none + nothing);
    }

    @Event("Times")
    void times(Instant instant, LocalDate date, ZonedDateTime zoned, Duration duration) {
        calls.add("" + instant + date + zoned + duration);
    }

    @Event("Collections")
    void collections(List<Integer> list, Map<String, Point> map, byte[] bytes, int... numbers) {
        calls.add("" + list + map + HexFormat.of().formatHex(bytes) + List.of(numbers.length));
    }

    @Event(type = Moved.class)
    void move(String street, LocalDate since, List<Point> path) {
        calls.add(street + since + path);
    }

    @Event
    void say(Text text) {
        calls.add(text.text());
    }

    @Event(value = "Revised", revision = 2)
    void revise(String text) {
        calls.add(text);
    }
}
