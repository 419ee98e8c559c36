package io.eventsourcing.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Compression;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.Upcaster;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every shape in which the library stores events, as files that are never changed: there are events like them in stores out
 * there. If this fails, change the code. What is random, or left to another library, can't be compared, but must be read.
 */
class StoredShapesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/eventsourcing/test/golden");
    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

    enum Form {
        PLAIN(builder -> builder),
        CORRELATION_ID(builder -> builder.metadata(() -> Metadata.ofCorrelationId("c-1"))),
        CAUSATION_ID(builder -> builder.metadata(() -> Metadata.none().withCausationId("b-1"))),
        OWN_METADATA(builder -> builder.metadata(() -> Metadata.none().with("user", "Änn \""))),
        COMPRESSED(builder -> builder.compression(Compression.ZSTD)),
        ENCRYPTED(builder -> builder.cipherKeys(KEYS)),
        COMPRESSED_AND_ENCRYPTED(
                builder -> builder.compression(Compression.ZSTD).cipherKeys(KEYS));

        private final UnaryOperator<EventSourcingBuilder> configuration;

        Form(UnaryOperator<EventSourcingBuilder> configuration) {
            this.configuration = configuration;
        }

        GoldenEvents golden() {
            return GoldenEvents.in(FOLDER)
                    .with(builder -> configuration.apply(
                            builder.upcasters(Upcaster.from("Golden.Revised", 1).change(data -> {}))));
        }

        String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static Golden golden() {
        Golden golden = new Golden();
        golden.numbers((byte) -1, (short) 2, 3, 1L << 60, 0.1f, 1e300, true, 'ü', new BigDecimal("1.10"), null);
        golden.texts("Füchslein 🦊 \"\\\n</", Golden.Size.LARGE, ID, Optional.of("x"), Optional.empty(), null);
        golden.times(
                TIME, LocalDate.of(2026, 2, 3), TIME.atZone(ZoneId.of("Asia/Tokyo")), Duration.ofMillis(90_061_001));
        golden.collections(List.of(1, 2), Map.of("a", new Golden.Point(1, 0.5)), new byte[] {0, -1}, 5, 6);
        golden.move("Main Street", LocalDate.of(2026, 2, 3), List.of(new Golden.Point(1, 2.5)));
        golden.say(new Golden.Text("hello ".repeat(100)));
        golden.revise("again");
        return golden;
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"PLAIN", "CORRELATION_ID", "CAUSATION_ID", "OWN_METADATA"})
    void whatIsStoredIsTheSameToTheByte(Form form) {
        form.golden().assertStoredAs(form.file(), golden());
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatWasEverStoredIsRead(Form form) {
        form.golden().writeIfAsked(form.file(), golden());

        assertThat(form.golden().load(form.file(), Golden.class).calls).isEqualTo(golden().calls);
    }

    private static GoldenPerson person() {
        GoldenPerson person = new GoldenPerson("Ann", "Annie", 33, "DE");
        person.confess("I ate it");
        return person;
    }

    private static GoldenEvents goldenOf(GoldenKey key) {
        return GoldenEvents.in(FOLDER).with(builder -> builder.cipherKeys(KEYS).subjectKeys(key));
    }

    @Test
    void personalDataThatWasEverStoredIsReadUntilItIsForgotten() {
        GoldenKey key = new GoldenKey(FOLDER.resolve("subject-key.txt"));
        goldenOf(key).writeIfAsked("personal", person());

        assertThat(goldenOf(key).load("personal", GoldenPerson.class).calls).isEqualTo(person().calls);
        key.forget("whoever");
        assertThat(goldenOf(key).load("personal", GoldenPerson.class).calls).containsExactly("nullnobody0DE");
    }
}
