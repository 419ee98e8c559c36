package io.eventsourcing.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.schema.Catalog.Book;
import io.eventsourcing.schema.Catalog.Circle;
import io.eventsourcing.schema.Catalog.Isbn;
import io.eventsourcing.schema.Catalog.Size;
import io.eventsourcing.schema.Catalog.Tree;
import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.ReadOptions;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A schema that is made of an event accepts whatever is written for it, and not everything. */
class GeneratedSchemasTest {

    private final MemoryEventStore store = new MemoryEventStore();
    private final SchemaValidation validation = SchemaValidation.of(store);
    private final EventSourcing eventSourcing =
            EventSourcing.builder(store).validator(validation).build();

    @BeforeEach
    void register() {
        validation.registerAll(eventSourcing, eventSourcing.schemas(Catalog.class));
    }

    static Stream<Consumer<Catalog>> events() {
        Tree tree = new Tree("root", List.of(new Tree("leaf", List.of()), new Tree("null", null)));
        Book full = new Book(new Isbn("1"), "Dogs", "A life", 300, Optional.of(Size.LARGE), new byte[] {1, -1}, tree);
        Book empty = new Book(null, null, null, 0, Optional.empty(), null, null);
        Instant now = Instant.parse("2026-02-03T04:05:06.123456Z");
        return Stream.of(
                all -> all.numbers(
                        (byte) -1,
                        (short) 2,
                        3,
                        Long.MAX_VALUE,
                        0.5f,
                        1e300,
                        4,
                        -0.0,
                        BigInteger.TEN.pow(400),
                        BigDecimal.ONE),
                all -> all.numbers(
                        (byte) 0, (short) 0, 0, 0, Float.NaN, Double.NEGATIVE_INFINITY, null, Double.NaN, null, null),
                all -> all.numbers((byte) 0, (short) 0, 0, 0, 0, 0, 0, null, BigInteger.ZERO, new BigDecimal("1E+400")),
                all -> all.texts(
                        true,
                        'x',
                        "\u0000\uD83D\uDC15",
                        UUID.randomUUID(),
                        URI.create("/a"),
                        Locale.GERMAN,
                        Size.LARGE,
                        DayOfWeek.MONDAY,
                        new char[] {'a', 'b'},
                        new byte[] {1, 2},
                        new Isbn("x")),
                all -> all.texts(false, '\0', null, null, null, null, null, null, null, null, null),
                all -> all.texts(
                        false,
                        'a',
                        "",
                        null,
                        null,
                        Locale.ROOT,
                        Size.SMALL,
                        null,
                        new char[0],
                        new byte[0],
                        new Isbn(null)),
                all -> all.times(
                        now,
                        LocalDate.EPOCH,
                        LocalTime.MIDNIGHT,
                        LocalDateTime.MAX,
                        now.atOffset(ZoneOffset.UTC),
                        now.atZone(ZoneId.of("Europe/Berlin")),
                        Duration.ofNanos(1),
                        Period.ofDays(3),
                        Year.of(2026),
                        YearMonth.of(2026, 2)),
                all -> all.times(null, null, null, null, null, null, null, null, null, null),
                all -> all.many(
                        Arrays.asList("a", null),
                        Set.of(1, 2),
                        Map.of("one", full, "two", empty),
                        Map.of(UUID.randomUUID(), List.of(Size.SMALL)),
                        new int[] {1},
                        new String[][] {{"a", null}, null, {}},
                        Optional.of("x"),
                        OptionalInt.of(3),
                        List.of(Optional.empty(), Optional.of(new Isbn("1")))),
                all -> all.many(null, null, null, null, null, null, Optional.empty(), OptionalInt.empty(), null),
                all -> all.many(
                        List.of(),
                        Set.of(),
                        Collections.singletonMap("x", null),
                        Collections.singletonMap(UUID.randomUUID(), null),
                        new int[0],
                        new String[0][],
                        null,
                        null,
                        List.of()),
                all -> all.add(full),
                all -> all.add(empty),
                all -> all.draw(new Circle(1), List.of(new Circle(2))),
                all -> all.draw(null, null));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whateverIsWrittenIsAccepted(Consumer<Catalog> event) {
        Catalog catalog = new Catalog();
        event.accept(catalog);
        eventSourcing.save(catalog);
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(2);
        store.schemas()
                .all()
                .forEach(schema ->
                        assertThat(validation.violations(eventSourcing, schema)).isEmpty());
    }

    @Test
    void everyEventHasASchema() {
        assertThat(store.schemas().all())
                .extracting(EventSchema::type)
                .containsExactly(
                        "Catalog.Added",
                        "Catalog.Drawn",
                        "Catalog.Many",
                        "Catalog.Numbers",
                        "Catalog.Opened",
                        "Catalog.Texts",
                        "Catalog.Times");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Catalog.Numbers | {}",
                "Catalog.Opened | []",
                "Catalog.Drawn | {\"shape\":null}",
                "Catalog.Added | {}",
                "Catalog.Added | {\"isbn\":1,\"the-title\":\"\",\"pages\":\"1\",\"size\":null,\"cover\":null,\"chapters\":null}",
                "Catalog.Added | {\"isbn\":\"\",\"the-title\":\"\",\"pages\":1,\"size\":null,\"cover\":null,\"chapters\":null}",
                "Catalog.Added | {\"isbn\":\"\",\"the-title\":\"\",\"pages\":\"1\",\"size\":\"HUGE\",\"cover\":null,\"chapters\":null}",
                "Catalog.Added | {\"isbn\":\"\",\"the-title\":\"\",\"pages\":\"1\",\"size\":null,\"cover\":null,\"chapters\":{\"name\":3}}"
            })
    void whatCannotBeWrittenIsRefused(String type, String json) {
        assertThatThrownBy(() -> validation.validate(type, 1, json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SchemaViolationException.class);
    }

    @Test
    void registeringAgainDoesNothing() {
        validation.registerAll(eventSourcing, eventSourcing.schemas(Catalog.class));
        assertThat(store.schemas().all()).hasSize(7);
    }
}
