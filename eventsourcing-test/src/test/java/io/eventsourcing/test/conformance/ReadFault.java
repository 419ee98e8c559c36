package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Mistakes that backends make with the conditions of reads and with what reads return, and a test that each of them fails. */
enum ReadFault {
    READS_EVERYTHING("readByTypeFindsTheseTypesOnly", () -> new WrongPages.Choosing((filter, event) -> true)),
    IGNORES_THE_UPPER_BOUND("boundsOfAReadOfAllIncludeOrExcludeTheirPositions", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            return super.page(all, filter, new Span(span.first(), Long.MAX_VALUE, span.backwards()), count);
        }
    }),
    IGNORES_THE_LOWER_BOUND("anyConditionsCanBeCombined", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            return super.page(all, filter, span.backwards() ? new Span(0, span.last(), true) : span, count);
        }
    }),
    TAKES_EXCLUSIVE_BOUNDS_FOR_INCLUSIVE_ONES(
            "boundsOfAReadOfAStreamIncludeOrExcludeTheirPositions", () -> new WrongStore() {
                @Override
                public EventSequence read(StreamName stream, ReadOptions options) {
                    return PagedEvents.ofStream(options, (filter, span, count) -> {
                        List<RecordedEvent> events =
                                right.read(stream, ReadOptions.forwards()).toList();
                        return WrongPages.right(
                                events,
                                filter,
                                new Span(Math.max(0, span.first() - 1), span.last(), span.backwards()),
                                count);
                    });
                }
            }),
    COUNTS_BEFORE_IT_CHOOSES("readByTypeFindsTheseTypesOnly", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            List<RecordedEvent> fetched = super.page(all, EventFilter.everything(), span, Math.min(count, 10))
                    .events();
            return EventPage.last(fetched.stream().filter(filter::matches).toList());
        }
    }),
    ENDS_WHERE_A_PAGE_FINDS_NOTHING("fewEventsAmongThousandsAreFoundFromBothEnds", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            EventPage looked = super.page(all, EventFilter.everything(), span, 2_000);
            EventPage page = super.page(looked.events(), filter, new Span(0, Long.MAX_VALUE, false), count);
            return page.events().isEmpty() ? page : super.page(all, filter, span, count);
        }
    }),
    SKIPS_AN_EVENT_BETWEEN_TWO_PAGES("readByTypeFindsTheseTypesOnly", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            EventPage page = super.page(all, filter, span, Math.min(count, 2));
            OptionalLong behind = page.lookedUpTo();
            return new EventPage(page.events(), behind.isPresent() ? OptionalLong.of(behind.getAsLong() + 1) : behind);
        }
    }),
    READS_FORWARDS_ONLY("readFromTheLatestEventOfATypeBeginsWithIt", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            return super.page(all, filter, new Span(span.first(), span.last(), false), count);
        }
    }),
    TAKES_A_TREE_FOR_A_PREFIX(
            "treeHasItsRootAndWhatIsUnderIt",
            () -> new WrongPages.Choosing((filter, event) -> event.stream()
                    .value()
                    .startsWith(filter.streams().name().orElse(filter.streams().prefix())))),
    FORGETS_THE_ROOT_OF_A_TREE(
            "treeHasItsRootAndWhatIsUnderIt",
            () -> new WrongPages.Choosing((filter, event) ->
                    event.stream().value().startsWith(filter.streams().prefix()))),
    TAKES_A_PREFIX_FOR_A_PATTERN(
            "prefixIsComparedCharacterByCharacter",
            () -> new WrongPages.Choosing((filter, event) ->
                    event.stream().value().matches(filter.streams().prefix().replace("%", ".*") + ".*"))),
    IGNORES_CASE_IN_A_PREFIX(
            "prefixIsComparedCharacterByCharacter",
            () -> new WrongPages.Choosing((filter, event) -> event.stream()
                    .value()
                    .regionMatches(
                            true,
                            0,
                            filter.streams().prefix(),
                            0,
                            filter.streams().prefix().length()))),
    LEAVES_OUT_WHAT_HAPPENED_AT_THE_INSTANT(
            "readAsOfAnInstantFindsWhatHadHappenedByThen",
            () -> new WrongPages.Choosing((filter, event) -> filter.matches(event)
                    && filter.asOf().filter(event.timestamp()::equals).isEmpty())),
    ENDS_AT_THE_FIRST_EVENT_THAT_IS_LATER("readAsOfAnInstantFindsWhatHadHappenedByThen", () -> new WrongPages() {
        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            List<RecordedEvent> early = all.stream()
                    .takeWhile(event ->
                            filter.asOf().filter(event.timestamp()::isAfter).isEmpty())
                    .toList();
            return super.page(early, filter, span, count);
        }
    }),
    CHOOSES_STREAMS_IN_A_STREAM("readOfOneStreamRefusesToChooseStreams", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return readAll(options);
        }
    }),
    MISSES_WHAT_IS_RARE_IN_A_STREAM("fewEventsAmongThousandsOfAStreamAreFoundFromBothEnds", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return PagedEvents.ofStream(options, (filter, span, count) -> {
                List<RecordedEvent> events =
                        right.read(stream, ReadOptions.forwards()).toList();
                return EventPage.last(WrongPages.right(events, filter, span, count).events().stream()
                        .filter(event -> filter.isEverything() || event.streamPosition() < 10_000)
                        .toList());
            });
        }
    }),
    COMBINES_CONDITIONS_OF_A_STREAM_WRONGLY("anyConditionsCanBeCombinedInAStream", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return new View(right.read(stream, options), event -> event.streamPosition() != 4, event -> event);
        }
    }),
    FINDS_EVERYTHING_WHEN_THE_LATEST_IS_MISSING(
            "readFromTheLatestEventOfATypeThatIsMissingFindsNothingOrEverything", () -> new WrongStore() {
                @Override
                public EventSequence readAll(ReadOptions options) {
                    List<RecordedEvent> found = right.readAll(options).toList();
                    return found.isEmpty() ? right.readAll(ReadOptions.forwards()) : new ListedEvents(found);
                }
            }),
    LEAVES_STREAMS_OUT_OF_THE_TREE_OF_EVERYTHING("treeOfEverythingHasStreamsOfAnyName", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(
                    right.readAll(options), event -> event.stream().value().startsWith("/"), event -> event);
        }
    }),
    COUNTS_PAST_THE_LAST_POSITION("lastPositionIsThatOfTheNewestEvent", () -> new WrongStore() {
        @Override
        public OptionalLong lastPosition() {
            return OptionalLong.of(right.lastPosition().orElse(0) + 1);
        }
    }),
    ENDS_QUIETLY_WHEN_IT_IS_CLOSED(
            "readThatIsClosedByAnotherThreadIsBrokenOff", () -> new WrongSequences(WrongSequences.Quiet::new)),
    ENDS_A_STREAM_QUIETLY("javaStreamOfAllEventsCanBeClosedEarly", () -> new WrongSequences(WrongSequences.Quiet::new)),
    IS_BROKEN_OFF_BEHIND_ITS_END(
            "readThatHasReachedItsEndIsCompleteAlsoWhenItIsClosed",
            () -> new WrongSequences(WrongSequences.BrokenOff::new)),
    IGNORES_DEMAND("publisherPassesOnAsManyEventsAsItIsAskedFor", () -> new WrongSequences(WrongSequences.Hasty::new)),
    IGNORES_CANCELLATION(
            "publisherThatIsCancelledPassesOnNothingMore", () -> new WrongSequences(WrongSequences.Hasty::new)),
    COMPLETES_WHEN_IT_IS_CLOSED(
            "publisherOfAReadThatIsClosedEndsWithAFailure", () -> new WrongSequences(WrongSequences.Hasty::new)),
    SHARES_ITS_EVENTS_AMONG_SUBSCRIBERS(
            "publisherHasOneSubscriber", () -> new WrongSequences(WrongSequences.Hasty::new));

    private final String test;
    private final Supplier<EventStore> store;

    ReadFault(String test, Supplier<EventStore> store) {
        this.test = test;
        this.store = store;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    EventStore newStore() {
        return store.get();
    }
}
