package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.jdbc.KnownHeads.Head;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which appends of a batch may be written in one round trip. */
class PlacedAppendTest {

    private static final int MAX_EVENTS = 150;

    private final StreamName dog = StreamName.of("Dog-1");
    private final StreamName cat = StreamName.of("Cat-1");
    private final KnownHeads heads = new KnownHeads();

    private static NewEvent event(String... tags) {
        return new NewEvent(UUID.randomUUID(), "Dog.Barked", new byte[0], new byte[0], Instant.EPOCH, Set.of(tags));
    }

    private static AppendRequest request(
            StreamName stream, ExpectedPosition expected, List<NewEvent> events, AppendCondition... conditions) {
        return new AppendRequest("", List.of(new StreamAppend(stream, expected, events)), List.of(conditions));
    }

    private AppendRequest anywhere(StreamName stream) {
        return request(stream, ExpectedPosition.any(), List.of(event()));
    }

    private static AppendCondition nothing(String... tags) {
        return AppendCondition.noMatch(EventQuery.tagged(tags));
    }

    private List<AppendRequest> placed(AppendRequest... requests) {
        return PlacedAppend.of(List.of(requests), heads, MAX_EVENTS).stream()
                .map(PlacedAppend::request)
                .toList();
    }

    /** A stream of so many events, of which all ids are known. */
    private UUID[] know(StreamName stream, int events) {
        UUID[] ids = Stream.generate(UUID::randomUUID).limit(events).toArray(UUID[]::new);
        heads.saw(new StreamKey("", stream), new Head(1, events - 1, LatestIds.of(ids)));
        return ids;
    }

    @Test
    void whatNamesItsPlaceIsPlaced() {
        AppendRequest begins = request(dog, ExpectedPosition.noStream(), List.of(event()));
        AppendRequest follows = request(cat, ExpectedPosition.exactly(3), List.of(event("tail")), nothing("tail"));

        assertThat(placed(begins, follows)).containsExactly(begins, follows);
    }

    @Test
    void whatOtherEventsDecideIsNotPlaced() {
        assertThat(placed(
                        request(dog, ExpectedPosition.noStream(), List.of()),
                        request(dog, ExpectedPosition.streamExists(), List.of(event())),
                        request(
                                dog,
                                ExpectedPosition.noStream(),
                                Stream.generate(() -> event())
                                        .limit(MAX_EVENTS + 1)
                                        .toList()),
                        request(
                                dog,
                                ExpectedPosition.noStream(),
                                List.of(event()),
                                AppendCondition.noMatch(EventQuery.ofTypes("A"))),
                        request(
                                dog,
                                ExpectedPosition.noStream(),
                                List.of(event()),
                                new AppendCondition.StreamState(cat, ExpectedPosition.streamExists()))))
                .isEmpty();
    }

    @Test
    void secondAppendToAStreamDependsOnTheFirst() {
        AppendRequest first = request(dog, ExpectedPosition.exactly(0), List.of(event()));

        assertThat(placed(first, request(dog, ExpectedPosition.exactly(0), List.of(event()))))
                .containsExactly(first);
    }

    @Test
    void eventsOfOneIdAreNotTakenForEachOther() {
        NewEvent event = event();
        AppendRequest first = request(dog, ExpectedPosition.exactly(0), List.of(event));

        assertThat(placed(first, request(cat, ExpectedPosition.exactly(0), List.of(event))))
                .containsExactly(first);
    }

    @Test
    void conditionThatAnEarlierAppendMayBreakIsLeft() {
        AppendRequest both = request(dog, ExpectedPosition.noStream(), List.of(event("a", "b")), nothing("c"));
        AppendRequest other =
                request(StreamName.of("Cow-1"), ExpectedPosition.noStream(), List.of(event()), nothing("a", "c"));

        assertThat(placed(both, request(cat, ExpectedPosition.noStream(), List.of(event()), nothing("a")), other))
                .containsExactly(both, other);
    }

    @Test
    void anyPlaceIsKnownFromTheStreamsEnd() {
        AppendRequest request = anywhere(dog);
        assertThat(placed(request)).isEmpty();

        know(dog, 3);
        assertThat(placed(request)).containsExactly(request);
    }

    @Test
    void severalThatNameNoPlaceAreLeftTogether() {
        know(dog, 3);

        assertThat(placed(anywhere(dog), anywhere(dog))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 149})
    void whatMayBeThereAlreadyIsLeft(int number) {
        UUID id = know(dog, 150)[number];
        NewEvent repeated = new NewEvent(id, "Dog.Barked", new byte[0], new byte[0], Instant.EPOCH);

        assertThat(placed(request(dog, ExpectedPosition.any(), List.of(event(), repeated))))
                .isEmpty();
    }

    /** So many more could be repeated, and nobody knows their ids. */
    @Test
    void whatReachesFartherBackThanAnybodyKnowsIsLeft() {
        know(dog, 1000);
        List<NewEvent> hundred = Stream.generate(() -> event()).limit(100).toList();

        assertThat(placed(request(dog, ExpectedPosition.any(), hundred))).hasSize(1);
        assertThat(placed(request(
                        dog,
                        ExpectedPosition.any(),
                        Stream.concat(hundred.stream(), Stream.of(event())).toList())))
                .isEmpty();
    }

    @Test
    void whoOnlyReadsForgetsNothing() {
        UUID[] ids = know(dog, 150);
        heads.saw(new StreamKey("", dog), new Head(1, 149, LatestIds.of(ids[149])));

        assertThat(placed(anywhere(dog))).hasSize(1);
    }
}
