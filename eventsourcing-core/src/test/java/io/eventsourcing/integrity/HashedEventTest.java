package io.eventsourcing.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashedEventTest {

    private static final String ZEROS = "0".repeat(64);
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.123456Z");

    /** The five that EventSourcingDB's makers have published, each the predecessor of the next one. */
    static Stream<Arguments> published() {
        return Stream.of(
                vector(0, "2023-01-02T13:37:00.0001Z", "/users/anne", "registered", "{\"username\":\"anne\"}"),
                vector(1, "2023-01-02T13:37:00.0002Z", "/users/anne", "loggedIn", "{\"username\":\"anne\"}"),
                vector(2, "2023-01-02T13:37:01.0001Z", "/users/arno", "registered", "{\"username\":\"arno\"}"),
                vector(3, "2023-01-02T13:37:01.0002Z", "/users/arno", "loggedIn", "{\"username\":\"arno\"}"),
                vector(4, "2023-01-02T13:37:02.0001Z", "/users", "foo", "{}"));
    }

    private static final List<String> PUBLISHED = List.of(
            "b6ae7a219468eeb110cf20151d9a8dc091ed40390a1411e36c183bf6a804900f",
            "a97f96c1a2b61ea7fa1f6249079f624a244f783357e5b0b8e27b32b363a04263",
            "64d040f3bcf26b3a17f3172ddf56443cffa7f10fcd407eada39f2484bba36dea",
            "f8fa12a86ccc776c94ad95802ed1fc1d182a17dbeed9846381711f062a5d2a47",
            "084d451c2a2606c85577a5aec38d28837d3db41f590106c85426b535bb03a705");

    private static Arguments vector(int number, String time, String subject, String type, String data) {
        HashedEvent event = new HashedEvent(
                String.valueOf(number + 1),
                String.valueOf(number),
                number == 0 ? ZEROS : PUBLISHED.get(number - 1),
                time,
                "tag:thenativeweb.io,2023:test",
                subject,
                "io.thenativeweb.test." + type,
                "application/json",
                data.getBytes(UTF_8));
        return Arguments.of(event, PUBLISHED.get(number));
    }

    @ParameterizedTest
    @MethodSource("published")
    void hashIsThePublishedOne(HashedEvent event, String published) {
        assertThat(event.hash()).isEqualTo(published);
    }

    private static RecordedEvent event(String stream, String type, String data, String metadata, String... tags) {
        return new RecordedEvent(
                StreamName.of(stream),
                3,
                42,
                ID,
                type,
                data.getBytes(UTF_8),
                metadata.getBytes(UTF_8),
                TIME,
                Set.of(tags));
    }

    private static RecordedEvent event() {
        return event("Dog-1", "Dog.TrickAdded", "{\"trick\":\"sit\"}", "{\"user\":\"ann\"}", "dog:1", "trick");
    }

    private static String hash(RecordedEvent event) {
        return HashedEvent.of(event, ZEROS).hash();
    }

    /** So that no release computes it otherwise: what is sealed would seem broken. */
    @Test
    void eventOfOursHasTheHashThatItAlwaysHad() {
        assertThat(HashedEvent.of(event(), ZEROS).contentType())
                .isEqualTo("application/json; stream-position=3; commit-position=42"
                        + "; metadata=574747fc19acac80e835cb1f1a4790662bf79bcf80f079ccd5c7e70e9686d86b"
                        + "; tags=0191e679512d251319afa4e018a7f5b1cda98ad1fc4d83562bb50a6b1d25f21a");
        assertThat(hash(event())).isEqualTo("260c433766adad49907190e5c3f982aa2c4db1c82f2e202e218f36528d7dbd2f");
    }

    @Test
    void everyPartOfAnEventCounts() {
        RecordedEvent one = event();
        List<RecordedEvent> others = List.of(
                event("Dog-2", "Dog.TrickAdded", "{\"trick\":\"sit\"}", "{\"user\":\"ann\"}", "dog:1", "trick"),
                event("Dog-1", "Dog.TrickAdded2", "{\"trick\":\"sit\"}", "{\"user\":\"ann\"}", "dog:1", "trick"),
                event("Dog-1", "Dog.TrickAdded", "{\"trick\": \"sit\"}", "{\"user\":\"ann\"}", "dog:1", "trick"),
                event("Dog-1", "Dog.TrickAdded", "{\"trick\":\"sit\"}", "{\"user\":\"bob\"}", "dog:1", "trick"),
                event("Dog-1", "Dog.TrickAdded", "{\"trick\":\"sit\"}", "{\"user\":\"ann\"}", "dog:1"),
                event("Dog-1", "Dog.TrickAdded", "{\"trick\":\"sit\"}", "{\"user\":\"ann\"}", "dog:1trick"),
                moved(one, 4, 42, ID, TIME),
                moved(one, 3, 43, ID, TIME),
                moved(one, 3, 42, UUID.randomUUID(), TIME),
                moved(one, 3, 42, ID, TIME.plusNanos(1_000)));

        assertThat(others)
                .extracting(HashedEventTest::hash)
                .doesNotContain(hash(one))
                .doesNotHaveDuplicates();
        assertThat(HashedEvent.of(one, PUBLISHED.get(0)).hash()).isNotEqualTo(hash(one));
        assertThat(hash(event())).isEqualTo(hash(one));
    }

    private static RecordedEvent moved(RecordedEvent event, long position, long commitPosition, UUID id, Instant time) {
        return new RecordedEvent(
                event.stream(),
                position,
                commitPosition,
                id,
                event.type(),
                event.data(),
                event.metadata(),
                time,
                event.tags());
    }

    /** Between the names there is a bar. */
    @Test
    void namesWithBarsAreNotTakenForOthers() {
        assertThat(hash(event("a|b", "c", "", ""))).isNotEqualTo(hash(event("a", "b|c", "", "")));
        assertThat(hash(event("a|b", "c", "", ""))).isNotEqualTo(hash(event("a%7Cb", "c", "", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-03T04:05:06.1234Z",
                "2026-02-03T04:05:06.12Z",
                "2026-02-03T04:05:06Z",
                "2026-02-03T04:05:00.000001Z",
                "2026-02-03T04:00:00Z"
            })
    void timeHasNoZerosAtItsEnd(String time) {
        assertThat(HashedEvent.of(moved(event(), 0, 1, ID, Instant.parse(time)), ZEROS)
                        .time())
                .isEqualTo(time);
    }
}
