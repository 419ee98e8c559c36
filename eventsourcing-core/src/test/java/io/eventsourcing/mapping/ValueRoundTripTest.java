package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value comes back as it was, to the last nanosecond and digit. */
class ValueRoundTripTest {

    enum Size {
        SMALL,
        LARGE {
            @Override
            int weight() {
                return 2;
            }
        };

        int weight() {
            return 1;
        }

        @Override
        public String toString() {
            return "the " + name().toLowerCase(Locale.ROOT) + " one";
        }
    }

    /** One method for each type. */
    @SuppressWarnings("unused")
    private interface Types {
        void booleans(boolean value);

        void bytes(byte value);

        void shorts(short value);

        void ints(int value);

        void longs(long value);

        void floats(float value);

        void doubles(double value);

        void chars(char value);

        void boxed(Long value);

        void boxedDouble(Double value);

        void boxedChar(Character value);

        void text(String value);

        void characters(CharSequence value);

        void uuid(UUID value);

        void bigDecimal(BigDecimal value);

        void bigInteger(BigInteger value);

        void size(Size value);

        void instant(Instant value);

        void localDate(LocalDate value);

        void localTime(LocalTime value);

        void localDateTime(LocalDateTime value);

        void offsetTime(OffsetTime value);

        void offsetDateTime(OffsetDateTime value);

        void zonedDateTime(ZonedDateTime value);

        void zoneId(ZoneId value);

        void zoneOffset(ZoneOffset value);

        void duration(Duration value);

        void period(Period value);

        void year(Year value);

        void yearMonth(YearMonth value);

        void monthDay(MonthDay value);

        void month(Month value);

        void dayOfWeek(DayOfWeek value);

        void locale(Locale value);

        void currency(Currency value);

        void uri(URI value);
    }

    static Stream<Arguments> values() {
        return Stream.of(numbers(), texts(), times(), dates(), others()).flatMap(values -> values);
    }

    private static Stream<Arguments> of(String method, Object... values) {
        return Stream.of(values).map(value -> Arguments.of(method, value));
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                        of("booleans", true, false),
                        of("bytes", Byte.MIN_VALUE, Byte.MAX_VALUE),
                        of("shorts", Short.MIN_VALUE, Short.MAX_VALUE),
                        of("ints", Integer.MIN_VALUE, Integer.MAX_VALUE),
                        of("longs", Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1),
                        of("floats", Float.MIN_VALUE, Float.MAX_VALUE, -0.0f, 0.1f, Float.NaN, Float.NEGATIVE_INFINITY),
                        of("doubles", Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 0.1, Math.PI),
                        of("doubles", Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY),
                        of("boxed", 1L, Long.MAX_VALUE),
                        of("boxedDouble", 1.0, Double.NaN),
                        of("bigDecimal", new BigDecimal("1.10"), new BigDecimal("1E+400"), new BigDecimal("1E-400")),
                        of("bigDecimal", new BigDecimal("0E+5"), new BigDecimal("-0.00"), new BigDecimal("100")),
                        of("bigDecimal", new BigDecimal("1." + "0123456789".repeat(300))),
                        of(
                                "bigInteger",
                                BigInteger.ZERO,
                                BigInteger.TEN.pow(2_000).negate()))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                        of("chars", 'a', '\0', '"', 'ı', '\uD800', Character.MAX_VALUE),
                        of("boxedChar", 'a', '\0'),
                        of("text", "", " ", "\"quoted\" \\ / \b\f\n\r\t", "null", "\0", "a\0b", "\u2028\uFEFF\uFFFF"),
                        of("text", "İstanbul ıi", "🐕 in 犬小屋", "e\u0301 is not é", "👩‍👩‍👧", "\uDBFF\uDFFF"),
                        of("text", "a\uD800", "\uDC00", "\uDC00\uD800", "x".repeat(300_000)),
                        of("characters", "text"))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> times() {
        OffsetDateTime odd =
                OffsetDateTime.of(2024, 2, 29, 23, 59, 59, 1, ZoneOffset.ofHoursMinutesSeconds(-3, -59, -1));
        ZonedDateTime second = ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap();
        return Stream.of(
                        of("instant", Instant.EPOCH, Instant.parse("2024-02-29T12:34:56.123456789Z")),
                        of("instant", Instant.MIN, Instant.MAX, Instant.ofEpochSecond(-1, 1)),
                        of("localTime", LocalTime.MIDNIGHT, LocalTime.MAX, LocalTime.of(12, 30)),
                        of("localDateTime", LocalDateTime.of(2024, 2, 29, 0, 0), LocalDateTime.MIN, LocalDateTime.MAX),
                        of("offsetTime", OffsetTime.of(LocalTime.MAX, ZoneOffset.ofHours(-18)), OffsetTime.MIN),
                        of("offsetDateTime", odd, odd.withOffsetSameLocal(ZoneOffset.ofHoursMinutes(5, 45))),
                        of("offsetDateTime", odd.withOffsetSameLocal(ZoneOffset.UTC), OffsetDateTime.MAX),
                        of(
                                "zonedDateTime",
                                second,
                                second.withEarlierOffsetAtOverlap().plusNanos(1)),
                        of("zonedDateTime", odd.atZoneSameInstant(ZoneId.of("Asia/Kathmandu")), odd.toZonedDateTime()),
                        of(
                                "zonedDateTime",
                                odd.atZoneSameInstant(ZoneId.of("UTC")),
                                odd.atZoneSameInstant(ZoneOffset.UTC)),
                        of(
                                "duration",
                                Duration.ZERO,
                                Duration.ofSeconds(-1, 1),
                                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> dates() {
        return Stream.of(
                        of(
                                "localDate",
                                LocalDate.of(2024, 2, 29),
                                LocalDate.MIN,
                                LocalDate.MAX,
                                LocalDate.of(-1, 1, 1)),
                        of("period", Period.ZERO, Period.of(1, -2, 3), Period.ofWeeks(2), Period.ofMonths(14)),
                        of("year", Year.of(2024), Year.of(-5), Year.of(12_345), Year.of(Year.MAX_VALUE)),
                        of("yearMonth", YearMonth.of(2024, 2), YearMonth.of(-1, 12), YearMonth.of(12_345, 1)),
                        of("monthDay", MonthDay.of(2, 29)),
                        of("month", Month.MAY),
                        of("dayOfWeek", DayOfWeek.SUNDAY),
                        of("zoneId", ZoneId.of("Asia/Kathmandu"), ZoneId.of("UTC+01:00"), ZoneOffset.UTC),
                        of("zoneOffset", ZoneOffset.UTC, ZoneOffset.ofHoursMinutesSeconds(5, 45, 1)))
                .flatMap(values -> values);
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                        of("uuid", UUID.randomUUID(), new UUID(0, 0), new UUID(-1, -1)),
                        of("size", Size.SMALL, Size.LARGE),
                        of("locale", Locale.ROOT, Locale.GERMANY, Locale.forLanguageTag("zh-Hant-TW")),
                        of("currency", Currency.getInstance("CHF")),
                        of("uri", URI.create("https://example.com/a?b=c#d")))
                .flatMap(values -> values);
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackAsItWas(String method, Object value) {
        assertThat(Payload.of(Types.class, method).writeAndRead(value)).containsExactly(value);
    }

    @Test
    void enumIsWrittenByItsNameWhateverItsText() {
        assertThat(Payload.of(Types.class, "size").write(Size.LARGE)).isEqualTo("{\"value\":\"LARGE\"}");
    }

    @Test
    void timeIsWrittenAsText() {
        Instant time = Instant.parse("2024-02-29T12:34:56.123456789Z");

        assertThat(Payload.of(Types.class, "instant").write(time))
                .isEqualTo("{\"value\":\"2024-02-29T12:34:56.123456789Z\"}");
        assertThat(Payload.of(Types.class, "duration").write(Duration.ofMinutes(90)))
                .isEqualTo("{\"value\":\"PT1H30M\"}");
    }

    @Test
    void textIsWrittenInUtf8() {
        assertThat(Payload.of(Types.class, "text").write("ı 犬 🐕")).isEqualTo("{\"value\":\"ı 犬 🐕\"}");
    }

    @Test
    void decimalIsWrittenAsANumber() {
        assertThat(Payload.of(Types.class, "bigDecimal").write(new BigDecimal("1.10")))
                .isEqualTo("{\"value\":1.10}");
    }
}
