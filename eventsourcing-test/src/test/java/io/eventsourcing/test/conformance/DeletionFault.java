package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Mistakes that backends make when they delete streams, or list what they have, and a test that each of them fails. */
enum DeletionFault {
    DELETES_WHATEVER_IS_EXPECTED("deletionIsRefusedByAStreamThatIsElsewhere", () -> new WrongStore() {
        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            right.delete(stream, ExpectedPosition.any());
        }
    }),
    COMPLAINS_OF_A_MISSING_STREAM("deletionOfAMissingStreamDoesNothing", () -> new WrongStore() {
        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            right.append(stream, ExpectedPosition.streamExists(), List.of());
            right.delete(stream, expected);
        }
    }),
    STILL_SAYS_THE_POSITION("deletedStreamHasNoEvents", () -> new WrongStore() {
        @Override
        public StreamPosition position(StreamName stream) {
            return StreamPosition.of(right.readAll(ReadOptions.forwards()).stream()
                            .filter(event -> event.stream().equals(stream))
                            .count()
                    - 1);
        }
    }),
    TAKES_WHAT_WAS_DELETED_FOR_AN_EXISTING_STREAM("deletedStreamDoesNotExist", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            boolean exists = expected instanceof ExpectedPosition.StreamExists
                    && right.readAll(ReadOptions.forwards()).stream()
                            .anyMatch(event -> event.stream().equals(stream));
            return right.append(stream, exists ? ExpectedPosition.any() : expected, events);
        }
    }),
    HIDES_DELETED_EVENTS_FROM_FOLLOWERS("deletedEventsStayInTheReadOfAll", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(
                    right.readAll(options),
                    event -> right.position(event.stream()).exists(),
                    event -> event);
        }
    }),
    TOMBSTONES_AS_IT_DELETES("tombstonedStreamHasNoEventsAndRefusesAppends", () -> new WrongStore() {
        @Override
        public void tombstone(StreamName stream, ExpectedPosition expected) {
            right.delete(stream, expected);
        }
    }),
    TOMBSTONES_WHAT_IS_MISSING("tombstoneOfAMissingStreamDoesNothing", LooksFirst::new),
    LOOKS_FOR_TOMBSTONES_BEFORE_IT_LOCKS("nothingIsAppendedBehindATombstone", LooksFirst::new),
    DELETES_A_MOMENT_LATER("appendIsDeletedOrComesBehindTheDeletion", () -> new WrongStore() {
        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            new Thread(() -> {
                        LockSupport.parkNanos(1_000_000);
                        right.delete(stream, expected);
                    })
                    .start();
        }
    }),
    LOOKS_AT_THE_POSITION_BEFORE_IT_DELETES("deletionThatExpectsAPositionLosesNoEvent", () -> new WrongStore() {
        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            if (!expected.isMetBy(right.position(stream))) {
                throw new VersionConflictException(stream, expected, right.position(stream));
            }
            LockSupport.parkNanos(20_000_000);
            right.delete(stream, ExpectedPosition.any());
        }
    }),
    TAKES_A_TREE_FOR_A_PREFIX("streamsOfATreeAreListed", () -> new WrongStore() {
        @Override
        public Stream<StreamName> streams(StreamFilter filter) {
            String root = filter.name().orElse(filter.prefix());
            return right.streams(StreamFilter.all())
                    .filter(stream -> stream.value().startsWith(root));
        }
    }),
    FORGETS_PAGES("manyStreamsAreEachListedOnce", () -> new WrongStore() {
        @Override
        public Stream<StreamName> streams(StreamFilter filter) {
            return right.streams(filter).limit(1_000);
        }
    }),
    LISTS_DELETED_STREAMS("deletedStreamsAreNotListed", () -> new WrongStore() {
        @Override
        public Stream<StreamName> streams(StreamFilter filter) {
            return right.readAll(ReadOptions.forwards()).stream()
                    .map(event -> event.stream())
                    .filter(filter::matches)
                    .distinct();
        }
    }),
    COUNTS_THE_LAST_USE_FIRST("eventTypesAreCounted", () -> new WrongStore() {
        @Override
        public List<EventType> eventTypes() {
            return right.eventTypes().stream()
                    .map(type -> new EventType(type.name(), type.count(), type.last(), type.last()))
                    .toList();
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    DeletionFault(String test, Supplier<EventStore> store) {
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

    /** Two steps, and a moment in between. */
    private static final class LooksFirst extends WrongStore {

        private final Set<StreamName> tombstoned = ConcurrentHashMap.newKeySet();

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            if (tombstoned.contains(stream)) {
                throw new StreamTombstonedException(stream);
            }
            LockSupport.parkNanos(1_000_000);
            return right.append(stream, expected, events);
        }

        @Override
        public void tombstone(StreamName stream, ExpectedPosition expected) {
            tombstoned.add(stream);
            right.delete(stream, expected);
        }
    }
}
