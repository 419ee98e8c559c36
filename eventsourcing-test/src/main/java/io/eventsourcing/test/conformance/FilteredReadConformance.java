package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.reversed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.Bound;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.ReadOptions.IfMissing;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A read finds what all of its conditions hold for, and nothing else. */
public interface FilteredReadConformance extends ConformanceSuite {

    /** How many combinations of conditions are tried. */
    int QUERIES = 60;

    @Test
    default void boundsOfAReadOfAllIncludeOrExcludeTheirPositions() {
        List<RecordedEvent> all = TestTree.of(store()).events();
        Bound second = Bound.inclusive(all.get(1).commitPosition());
        Bound afterSecond = Bound.exclusive(all.get(1).commitPosition());
        Bound fifth = Bound.inclusive(all.get(4).commitPosition());
        Bound beforeFifth = Bound.exclusive(all.get(4).commitPosition());
        for (ReadOptions options : List.of(ReadOptions.forwards(), ReadOptions.backwards())) {
            reads(options.lower(second).upper(fifth), all.subList(1, 5));
            reads(options.lower(afterSecond).upper(fifth), all.subList(2, 5));
            reads(options.lower(second).upper(beforeFifth), all.subList(1, 4));
            reads(options.lower(afterSecond).upper(beforeFifth), all.subList(2, 4));
            reads(options.lower(fifth).upper(second), List.of());
            reads(options.lower(second).upper(second), all.subList(1, 2));
        }
    }

    private void reads(ReadOptions options, List<RecordedEvent> expected) {
        assertThat(store().readAll(options).toList())
                .containsExactlyElementsOf(options.isBackwards() ? reversed(expected) : expected);
    }

    @Test
    default void boundsOfAReadOfAStreamIncludeOrExcludeTheirPositions() {
        TestStream stream = TestStream.of(store(), 7);
        List<RecordedEvent> all = stream.read();
        ReadOptions forwards = ReadOptions.forwards();
        assertThat(read(stream, forwards.lower(Bound.inclusive(2)).upper(Bound.exclusive(3))))
                .containsExactlyElementsOf(all.subList(2, 3));
        assertThat(read(stream, forwards.lower(Bound.exclusive(2)).upper(Bound.inclusive(5))))
                .containsExactlyElementsOf(all.subList(3, 6));
        assertThat(read(
                        stream,
                        ReadOptions.backwards()
                                .lower(Bound.exclusive(0))
                                .upper(Bound.exclusive(5))
                                .limit(2)))
                .containsExactly(all.get(4), all.get(3));
        assertThat(read(stream, forwards.upper(Bound.exclusive(0)))).isEmpty();
        assertThat(read(stream, forwards.from(3).lower(Bound.inclusive(1)).upper(Bound.inclusive(4))))
                .containsExactlyElementsOf(all.subList(3, 5));
    }

    private List<RecordedEvent> read(TestStream stream, ReadOptions options) {
        return store().read(stream.name(), options).toList();
    }

    @Test
    default void readByTypeFindsTheseTypesOnly() {
        TestTree tree = TestTree.of(store());
        ReadOptions options = ReadOptions.forwards().types(tree.type(0), tree.type(2));
        assertThat(tree.read(options))
                .containsExactlyElementsOf(tree.events().stream()
                        .filter(event -> !event.type().equals(tree.type(1)))
                        .toList())
                .hasSize(9);
        assertThat(tree.read(ReadOptions.forwards().types(tree.type(7)))).isEmpty();
    }

    @Test
    default void treeHasItsRootAndWhatIsUnderIt() {
        TestTree tree = TestTree.of(store());
        assertThat(tree.read(ReadOptions.forwards().streams(StreamFilter.tree(tree.root()))))
                .extracting(RecordedEvent::stream)
                .hasSize(8)
                .containsOnly(tree.stream(""), tree.stream("/one"), tree.stream("/one/leaf"), tree.stream("/%"));
        assertThat(tree.read(ReadOptions.forwards().streams(StreamFilter.tree(tree.root() + "/one"))))
                .extracting(RecordedEvent::stream)
                .containsExactly(
                        tree.stream("/one"), tree.stream("/one/leaf"), tree.stream("/one"), tree.stream("/one/leaf"));
        assertThat(tree.read(ReadOptions.forwards().streams(StreamFilter.tree(tree.root() + "/none"))))
                .isEmpty();
    }

    @Test
    default void treeOfEverythingHasStreamsOfAnyName() {
        TestTree tree = TestTree.of(store());
        TestStream other = TestStream.of(store(), 1);
        List<RecordedEvent> all = tree.events();
        assertThat(tree.read(ReadOptions.forwards()
                        .lower(Bound.exclusive(tree.before()))
                        .streams(StreamFilter.tree("/"))))
                .containsExactlyElementsOf(all)
                .endsWith(other.read().get(0));
    }

    @Test
    default void prefixIsComparedCharacterByCharacter() {
        TestTree tree = TestTree.of(store());
        assertThat(tree.read(ReadOptions.forwards().streams(StreamFilter.prefix(tree.root() + "/%"))))
                .extracting(RecordedEvent::stream)
                .containsExactly(tree.stream("/%"), tree.stream("/%"));
        assertThat(tree.read(ReadOptions.backwards().streams(StreamFilter.prefix(tree.root()))))
                .containsExactlyElementsOf(reversed(tree.events()));
        assertThat(tree.read(ReadOptions.forwards()
                        .streams(StreamFilter.prefix(tree.root().toUpperCase(Locale.ROOT) + "/"))))
                .isEmpty();
    }

    @Test
    default void readFromTheLatestEventOfATypeBeginsWithIt() {
        TestTree tree = TestTree.of(store());
        List<RecordedEvent> all = tree.events();
        ReadOptions latest = ReadOptions.forwards().fromLatest(tree.type(2), IfMissing.READ_NOTHING);
        assertThat(tree.read(latest)).containsExactlyElementsOf(all.subList(11, 14));
        assertThat(tree.read(ReadOptions.backwards().fromLatest(tree.type(2), IfMissing.READ_NOTHING)))
                .containsExactlyElementsOf(reversed(all.subList(11, 14)));
        assertThat(tree.read(latest.types(tree.type(0)))).containsExactly(all.get(12));
        assertThat(tree.read(latest.streams(StreamFilter.tree(tree.root() + "/one"))))
                .containsExactly(all.get(8), all.get(10));
        assertThat(tree.read(latest.upper(Bound.exclusive(all.get(11).commitPosition()))))
                .containsExactlyElementsOf(all.subList(8, 11));
        assertThat(store().read(tree.stream("/one"), latest).toList()).containsExactly(all.get(8));
    }

    @Test
    default void readFromTheLatestEventOfATypeThatIsMissingFindsNothingOrEverything() {
        TestTree tree = TestTree.of(store());
        ReadOptions options = ReadOptions.forwards().streams(StreamFilter.tree(tree.root() + "/one"));
        assertThat(tree.read(options.fromLatest(tree.type(9), IfMissing.READ_NOTHING)))
                .isEmpty();
        assertThat(tree.read(options.fromLatest(tree.type(9), IfMissing.READ_EVERYTHING)))
                .hasSize(4);
        assertThat(store().read(
                                tree.stream("/%"),
                                ReadOptions.backwards().fromLatest(tree.type(9), IfMissing.READ_EVERYTHING))
                        .toList())
                .hasSize(2);
    }

    /** What happened before can have been appended later. */
    @Test
    default void readAsOfAnInstantFindsWhatHadHappenedByThen() {
        TestTree tree = TestTree.of(store());
        Instant instant = TestEvents.TIME.plusSeconds(6);
        List<RecordedEvent> happened = tree.events().stream()
                .filter(event -> !event.timestamp().isAfter(instant))
                .toList();
        ReadOptions asOf =
                ReadOptions.forwards().lower(Bound.exclusive(tree.before())).asOf(instant);
        assertThat(tree.read(asOf)).containsExactlyElementsOf(happened).hasSize(7);
        assertThat(tree.read(asOf.asOf(instant.plusNanos(999)))).containsExactlyElementsOf(happened);
        assertThat(tree.read(asOf.asOf(instant.minusNanos(1)))).hasSize(6);
        assertThat(tree.read(asOf.asOf(Instant.MAX))).hasSize(14);
        assertThat(tree.read(asOf.asOf(Instant.MIN))).isEmpty();
        assertThat(store().read(tree.stream("/one"), ReadOptions.forwards().asOf(instant))
                        .toList())
                .containsExactlyElementsOf(happened.stream()
                        .filter(event -> event.stream().equals(tree.stream("/one")))
                        .toList())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void anyConditionsCanBeCombined(long seed) {
        TestTree tree = TestTree.of(store());
        List<RecordedEvent> all = store().readAll(ReadOptions.forwards()).toList();
        Query.Choice choice = tree.choice(
                tree.events().stream().map(RecordedEvent::commitPosition).toList());
        Random random = new Random(seed);
        for (int i = 0; i < QUERIES; i++) {
            Query query = choice.next(random);
            assertThat(tree.read(query.options()))
                    .as("%s", query)
                    .containsExactlyElementsOf(query.of(all, RecordedEvent::commitPosition));
        }
    }

    @Test
    default void anyConditionsCanBeCombinedInAStream() {
        TestTree tree = new TestTree(store());
        for (int i = 0; i < 9; i++) {
            tree.append("", i % 4, TestEvents.TIME.plusSeconds(i * 5 % 9));
        }
        tree.isIntact();
        List<RecordedEvent> all = tree.events();
        Query.Choice every = tree.choice(LongStream.range(0, 9).boxed().toList());
        Query.Choice choice =
                new Query.Choice(every.positions(), List.of(StreamFilter.all()), every.types(), every.instants());
        Random random = new Random(4);
        for (int i = 0; i < QUERIES; i++) {
            Query query = choice.next(random);
            assertThat(store().read(tree.stream(""), query.options()).toList())
                    .as("%s", query)
                    .containsExactlyElementsOf(query.of(all, RecordedEvent::streamPosition));
        }
    }

    @Test
    default void readOfOneStreamRefusesToChooseStreams() {
        TestTree tree = TestTree.of(store());
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        store().read(tree.stream(""), ReadOptions.forwards().streams(StreamFilter.tree(tree.root()))))
                .withMessageContaining(tree.root())
                .withMessageContaining("readAll");
    }

    @Test
    default void fewEventsAmongThousandsAreFoundFromBothEnds() {
        TestTree tree = new TestTree(store());
        List<RecordedEvent> wanted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tree.append("/rare", 0, TestEvents.TIME);
            for (int j = 0; j < 14; j++) {
                store().append(tree.stream("/many" + j % 3), any(), events(500));
            }
        }
        tree.append("/rare", 1, TestEvents.TIME);
        wanted.addAll(store().read(tree.stream("/rare"), ReadOptions.forwards()).toList());
        assertThat(wanted).hasSize(4);
        for (ReadOptions options : List.of(
                ReadOptions.forwards().types(tree.type(0), tree.type(1)),
                ReadOptions.forwards().streams(StreamFilter.tree(tree.root() + "/rare")),
                ReadOptions.forwards().streams(StreamFilter.tree(tree.root())).types(tree.type(0), tree.type(1)))) {
            assertThat(tree.read(options)).containsExactlyElementsOf(wanted);
            assertThat(tree.read(options.limit(3))).containsExactlyElementsOf(wanted.subList(0, 3));
        }
        assertThat(tree.read(ReadOptions.backwards().types(tree.type(0))))
                .containsExactlyElementsOf(reversed(wanted.subList(0, 3)));
        assertThat(tree.read(ReadOptions.forwards().fromLatest(tree.type(0), IfMissing.READ_NOTHING)))
                .hasSize(7_002);
        assertThat(tree.read(ReadOptions.backwards().streams(StreamFilter.prefix(tree.root() + "/many"))))
                .hasSize(21_000);
    }

    @Test
    default void fewEventsAmongThousandsOfAStreamAreFoundFromBothEnds() {
        TestStream stream = TestStream.missing(store());
        List<RecordedEvent> wanted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stream.append(any(), List.of(event("Conformance.Rare")));
            for (int j = 0; j < 23; j++) {
                stream.append(any(), events(500));
            }
        }
        stream.isIntact();
        stream.read().stream()
                .filter(event -> event.type().equals("Conformance.Rare"))
                .forEach(wanted::add);
        assertThat(wanted).hasSize(3);
        assertThat(read(stream, ReadOptions.forwards().types("Conformance.Rare")))
                .containsExactlyElementsOf(wanted);
        assertThat(read(
                        stream,
                        ReadOptions.backwards().types("Conformance.Rare").limit(2)))
                .containsExactly(wanted.get(2), wanted.get(1));
        assertThat(read(stream, ReadOptions.forwards().fromLatest("Conformance.Rare", IfMissing.READ_NOTHING)))
                .hasSize(11_501);
    }

    @Test
    default void lastPositionIsThatOfTheNewestEvent() {
        for (int i = 0; i < 3; i++) {
            long position =
                    store().append(TestEvents.newStream(), any(), events(2)).commitPosition();
            assertThat(store().lastPosition()).hasValue(position);
            assertThat(lastCommitPosition(store())).isEqualTo(position);
        }
    }
}
