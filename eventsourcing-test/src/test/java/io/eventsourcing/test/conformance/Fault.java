package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import io.eventsourcing.test.conformance.WrongStore.Distorting;
import io.eventsourcing.test.conformance.WrongStore.View;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Mistakes that backends make, and a test that each of them fails. */
enum Fault {
    IGNORES_THE_EXPECTED_POSITION("noStreamIsRefusedByAnExistingStream", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return right.append(stream, ExpectedPosition.any(), events);
        }
    }),
    CHECKS_BEFORE_IT_LOCKS("exactlyOneOfManyWritersThatExpectTheSamePositionWins", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            right.append(stream, expected, List.of());
            LockSupport.parkNanos(100_000);
            return right.append(stream, ExpectedPosition.any(), events);
        }
    }),
    REPORTS_NO_ACTUAL_POSITION("exactPositionIsRefusedByAStreamThatIsElsewhere", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            try {
                return right.append(stream, expected, events);
            } catch (VersionConflictException e) {
                throw new VersionConflictException(stream, expected, StreamPosition.NONE);
            }
        }
    }),
    WRITES_EVENT_BY_EVENT("readersSeeWholeAppendsOnly", WritesEventByEvent::new),
    WRITES_UP_TO_THE_FIRST_MISTAKE("batchThatBreaksOffInTheMiddleLeavesNothing", WritesEventByEvent::new),
    WRITES_STREAM_BY_STREAM("oneConflictRefusesTheAppendToAllStreams", () -> new WrongStore() {
        @Override
        public List<AppendResult> append(List<StreamAppend> appends) {
            return appends.stream()
                    .map(append -> right.append(append.stream(), append.expected(), append.events()))
                    .toList();
        }
    }),
    TAKES_AN_EMPTY_APPEND_FOR_NOTHING("emptyAppendStillChecksTheExpectation", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return events.isEmpty()
                    ? new AppendResult(stream, position(stream), 0)
                    : right.append(stream, expected, events);
        }
    }),
    FORGETS_WHAT_WAS_APPENDED("repeatedAppendWritesNothingAndHasTheFirstResult", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            right.append(stream, expected, List.of());
            return right.append(stream, expected, events);
        }
    }),
    REPEATS_WITHOUT_THE_FIRST_RESULT("appendIsRecognisedAfterOthers", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            AppendResult result = right.append(stream, expected, events);
            return events.isEmpty() ? result : new AppendResult(stream, position(stream), result.commitPosition());
        }
    }),
    KEEPS_THE_ARRAYS_OF_THE_CALLER("changingWhatWasAppendedDoesNotChangeTheStore", AliasesArrays::new),
    HANDS_OUT_ITS_OWN_ARRAYS("changingWhatWasReadDoesNotChangeTheStore", AliasesArrays::new),
    CONVERTS_BYTES_TO_TEXT(
            "dataComesBackToTheByte",
            () -> new Distorting(event -> withData(
                    event, new String(event.data(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)))),
    STRIPS_PAYLOADS(
            "metadataComesBackToTheByte",
            () -> new Distorting(event -> withMetadata(
                    event,
                    new String(event.metadata(), StandardCharsets.ISO_8859_1)
                            .strip()
                            .getBytes(StandardCharsets.ISO_8859_1)))),
    CUTS_TIMESTAMPS_TO_MILLISECONDS(
            "timestampIsKeptInMicroseconds",
            () -> new Distorting(event -> new RecordedEvent(
                    event.stream(),
                    event.streamPosition(),
                    event.commitPosition(),
                    event.id(),
                    event.type(),
                    event.data(),
                    event.metadata(),
                    event.timestamp().truncatedTo(ChronoUnit.MILLIS)))),
    IGNORES_CASE("streamsWithSimilarNamesAreTwo", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return right.append(folded(stream), expected, events);
        }

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return right.read(folded(stream), options);
        }

        @Override
        public StreamPosition position(StreamName stream) {
            return right.position(folded(stream));
        }
    }),
    INCLUDES_THE_POSITION_BACKWARDS("positionBelongsToTheReadForwardsAndNotToTheReadBackwards", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            boolean spoilt = options.isBackwards() && options.from().isPresent();
            return right.readAll(spoilt ? options.from(options.from().getAsLong() + 1) : options);
        }
    }),
    EXCLUDES_THE_POSITION_IN_A_STREAM("readOfAStreamFindsWhatItShould", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            boolean spoilt = !options.isBackwards() && options.from().orElse(Long.MAX_VALUE) < Long.MAX_VALUE;
            return right.read(stream, spoilt ? options.from(options.from().getAsLong() + 1) : options);
        }
    }),
    TAKES_LIMIT_ZERO_FOR_NO_LIMIT("readOfAllFindsWhatItShould", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return right.readAll(options.limit() == 0 ? options.limit(Long.MAX_VALUE) : options);
        }
    }),
    READS_ONE_PAGE_ONLY("readOfMoreThanTenThousandEventsFindsEachOnce", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return right.read(stream, options.limit(Math.min(options.limit(), 4096)));
        }
    }),
    CAN_BE_ITERATED_TWICE("readCanBeIteratedOnce", () -> new WrongStore() {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return new ListedEvents(right.read(stream, options).toList());
        }
    }),
    IGNORES_CLOSE("closingBreaksAReadOfAllOffAndCanBeRepeated", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new ListedEvents(right.readAll(options).toList());
        }
    }),
    SHOWS_THE_NEWEST_EVENT_LATE("acknowledgedAppendIsInTheNextRead", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            long last = TestEvents.lastCommitPosition(right);
            return new View(right.readAll(options), event -> event.commitPosition() < last, event -> event);
        }
    }),
    STARTS_ONE_EVENT_TOO_EARLY("followerThatStartsInTheMiddleOfAnAppendSeesTheRestOfIt", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return right.readAll(options.from(Math.max(0, options.from().orElse(0) - 1)));
        }
    }),
    SHOWS_EVENTS_OUT_OF_ORDER("followersSeeEveryEventOnceAndInOneOrder", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            long last = TestEvents.lastCommitPosition(right);
            return new View(
                    right.readAll(options),
                    event -> event.commitPosition() % 2 == 0 || event.commitPosition() < last - 3,
                    event -> event);
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    Fault(String test, Supplier<EventStore> store) {
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

    private static StreamName folded(StreamName stream) {
        return StreamName.of(stream.value().toLowerCase(Locale.ROOT));
    }

    private static RecordedEvent withData(RecordedEvent event, byte[] data) {
        return with(event, data, event.metadata());
    }

    private static RecordedEvent withMetadata(RecordedEvent event, byte[] metadata) {
        return with(event, event.data(), metadata);
    }

    private static RecordedEvent with(RecordedEvent event, byte[] data, byte[] metadata) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                data,
                metadata,
                event.timestamp());
    }

    private static final class WritesEventByEvent extends WrongStore {

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            AppendResult result = right.append(stream, expected, events.subList(0, Math.min(1, events.size())));
            for (NewEvent event : events.subList(Math.min(1, events.size()), events.size())) {
                LockSupport.parkNanos(100_000);
                result = right.append(stream, ExpectedPosition.any(), List.of(event));
            }
            return result;
        }
    }

    private static final class AliasesArrays extends WrongStore {

        private final Map<UUID, NewEvent> kept = new ConcurrentHashMap<>();

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            events.forEach(event -> kept.put(event.id(), event));
            return right.append(stream, expected, events);
        }

        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return new View(right.read(stream, options), event -> true, event -> {
                NewEvent alias = Objects.requireNonNull(kept.get(event.id()));
                return with(event, alias.data(), alias.metadata());
            });
        }
    }
}
