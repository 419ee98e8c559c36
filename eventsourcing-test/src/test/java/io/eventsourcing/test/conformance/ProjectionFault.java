package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import io.eventsourcing.projection.Timeout;
import io.eventsourcing.projection.TimeoutChange;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.VersionConflictException;
import io.eventsourcing.test.conformance.WrongStore.Distorting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Mistakes with checkpoints, leases and parked events, and a test that each of them fails. */
enum ProjectionFault {
    LETS_ANYBODY_MOVE_THE_CHECKPOINT("whatTheOwnerBeforeDoesLeavesNothing", view(NoFencing::new)),
    LETS_A_LATE_BATCH_MOVE_THE_CHECKPOINT("batchThatEndsTooLateLeavesNothing", view(NoFencing::new)),
    LETS_A_FROZEN_NODE_WRITE_TWICE("nodeThatIsFrozenIsReplaced", view(NoFencing::new)),
    MOVES_THE_CHECKPOINT_BEFORE_THE_BATCH(
            "whatABatchWritesIsSeenTogetherWithItsCheckpoint", view(CheckpointFirst::new)),
    KEEPS_THE_CHECKPOINT_OF_A_BATCH_THAT_FAILS("batchThatFailsLeavesNothing", view(CheckpointFirst::new)),
    HANDLES_A_BATCH_AGAIN_THAT_WAS_KEPT("batchThatIsRepeatedLeavesNothing", view(NoFencing::new)),
    MEASURES_LEASES_BY_THE_CLOCK_OF_THE_NODE(
            "leaseIsMeasuredByTheClockOfTheStore", (store, error) -> new LocalClock(store, error)),
    LETS_THE_OWNER_BEFORE_RELEASE_THE_SEGMENT(
            "whatTheOwnerBeforeDoesLeavesNothing", view(store -> new ProjectionStoreView(store) {
                @Override
                public void release(Lease lease) {
                    for (long token = 1; token < 5; token++) {
                        right.release(new Lease(lease.segment(), token, 0));
                    }
                }
            })),
    FORGETS_WHAT_IS_PARKED("streamWhoseEventFailsIsParkedAndTheOthersGoOn", view(store -> new WrongLetters(store) {
        @Override
        public Set<StreamName> streams(String projection) {
            return Set.of();
        }

        @Override
        public List<DeadLetter> ofStream(String projection, StreamName stream, int limit) {
            return letters().ofStream(projection, stream, Math.min(1, limit));
        }
    })),
    FORGETS_WHAT_IS_PARKED_WHEN_THE_OWNER_CHANGES(
            "whatIsParkedStaysSoForTheNextOwner", view(store -> new WrongLetters(store) {
                @Override
                public Set<StreamName> streams(String projection) {
                    return Set.of();
                }
            })),
    SKIPS_WHAT_WAITS_BEHIND_A_PARKED_EVENT(
            "whatIsParkedIsHandledInItsOrderWhenItIsRetried", view(store -> new ProjectionStoreView(store) {
                @Override
                public Lease advance(Lease lease, Duration duration, Batch batch) {
                    return right.advance(lease, duration, () -> {
                        BatchResult result = batch.run();
                        List<DeadLetter> failed = result.parked().stream()
                                .filter(letter -> letter.attempts() > 0)
                                .toList();
                        return new BatchResult(result.position(), failed, result.settled());
                    });
                }
            })),
    HANDLES_PARKED_EVENTS_IN_THE_WRONG_ORDER("whatIsParkedIsFoundByItsStream", view(BackwardLetters::new)),
    RETRIES_IN_THE_WRONG_ORDER("whatIsParkedStaysSoForTheNextOwner", view(BackwardLetters::new)),
    DOES_NOT_SAY_THAT_A_PROJECTION_RESTS(
            "projectionThatIsPausedRestsOnAllNodes", view(store -> new ProjectionStoreView(store) {
                @Override
                public List<ProjectionState> states(Collection<String> projections) {
                    return right.states(projections).stream()
                            .map(state ->
                                    new ProjectionState(state.projection(), false, state.segments(), state.nodes()))
                            .toList();
                }
            })),
    SHOWS_NO_OTHER_NODES("nodesShareTheSegments", view(store -> new ProjectionStoreView(store) {
        private final Set<String> self = ConcurrentHashMap.newKeySet();

        @Override
        public void announce(String node, Collection<String> projections, Duration duration) {
            self.add(node);
            right.announce(node, projections, duration);
        }

        @Override
        public List<ProjectionState> states(Collection<String> projections) {
            return right.states(projections).stream()
                    .map(state -> new ProjectionState(
                            state.projection(), state.paused(), state.segments(), List.copyOf(self)))
                    .toList();
        }
    })),
    LETS_AN_OWNER_OF_ANOTHER_DIVISION_MOVE_THE_CHECKPOINT(
            "ownerOfBeforeIsNoneOfTheSameSegmentLater", view(NoFencing::new)),
    DIVIDES_AT_THE_LOWEST_POSITION(
            "segmentsBecomeOneThoughOneOfThemIsBehind", view(store -> new DividingElsewhere(store) {
                @Override
                long target(List<SegmentState> segments) {
                    return segments.stream()
                            .mapToLong(SegmentState::position)
                            .min()
                            .orElseThrow();
                }
            })),
    DIVIDES_AT_THE_HIGHEST_POSITION(
            "segmentsBecomeOneThoughOneOfThemIsBehind", view(store -> new DividingElsewhere(store) {
                @Override
                long target(List<SegmentState> segments) {
                    return segments.stream()
                            .mapToLong(SegmentState::position)
                            .max()
                            .orElseThrow();
                }
            })),
    LETS_EACH_SEGMENT_GO_ON_BEFORE_A_DIVISION(
            "segmentsMeetWhereTheFirstOfThemIs", view(store -> new ProjectionStoreView(store) {
                @Override
                public boolean divide(String projection) {
                    return right.states(List.of(projection)).stream()
                                            .flatMap(state -> state.segments().stream())
                                            .map(SegmentState::position)
                                            .distinct()
                                            .count()
                                    == 1
                            && right.divide(projection);
                }
            })),
    FORGETS_WHAT_IS_PARKED_WHEN_THE_SEGMENTS_CHANGE(
            "whatIsParkedStaysSoInOtherSegments", view(store -> new WrongLetters(store) {
                @Override
                public Set<StreamName> streams(String projection) {
                    return Set.of();
                }
            })),
    LETS_AN_OWNER_OF_BEFORE_A_RESET_MOVE_THE_CHECKPOINT("ownerOfBeforeAResetLeavesNothing", view(NoFencing::new)),
    LETS_A_BATCH_OF_BEFORE_A_RESET_MOVE_THE_CHECKPOINT("batchThatEndsBehindAResetLeavesNothing", view(NoFencing::new)),
    REPEATS_SIDE_EFFECTS_AFTER_A_RESET(
            "sideEffectsHappenOnceThoughItIsReset", view(store -> new ProjectionStoreView(store) {
                @Override
                public Optional<Lease> acquire(SegmentId segment, String node, Duration duration) {
                    return right.acquire(segment, node, duration)
                            .map(lease -> new Lease(lease.segment(), lease.token(), lease.position()));
                }
            })),
    RESETS_WHAT_WAS_NOT_EMPTIED("resetThatFailsChangesNothing", view(store -> new ProjectionStoreView(store) {
        @Override
        public void reset(String projection, Runnable work) {
            right.reset(projection, () -> {});
            work.run();
        }
    })),
    FORGETS_WHAT_IS_A_REPLAY("sideEffectsHappenOnceThoughItIsReset", view(store -> new ProjectionStoreView(store) {
        @Override
        public Optional<Lease> acquire(SegmentId segment, String node, Duration duration) {
            return right.acquire(segment, node, duration)
                    .map(lease -> new Lease(segment, lease.token(), lease.position()));
        }
    })),
    LETS_A_REBUILD_OVERTAKE_ITS_PROJECTION(
            "rebuildWaitsForAProjectionThatRests", view(store -> new ProjectionStoreView(store) {
                @Override
                public List<ProjectionState> states(Collection<String> projections) {
                    return right.states(projections).stream()
                            .map(state -> projections.size() > 1 ? farther(state) : state)
                            .toList();
                }

                private ProjectionState farther(ProjectionState state) {
                    return new ProjectionState(
                            state.projection(),
                            state.paused(),
                            state.held(),
                            state.wantedSegments(),
                            state.segments().stream()
                                    .map(segment -> new SegmentState(
                                            segment.segment(), Long.MAX_VALUE, segment.limit(), segment.owner()))
                                    .toList(),
                            state.nodes());
                }
            })),
    EXCHANGES_TABLES_IN_A_TRANSACTION_OF_THEIR_OWN(
            "exchangeThatFailsChangesNothing",
            view(store -> rebuilding(store, right -> new RebuildStoreView(right) {
                @Override
                public boolean complete(String projection, Runnable work) {
                    boolean done = right.complete(projection, () -> {});
                    if (done) {
                        work.run();
                    }
                    return done;
                }
            }))),
    COMPLETES_A_REBUILD_WHEREVER_IT_IS(
            "rebuildTakesThePlaceWhereBothAreEquallyFar",
            view(store -> rebuilding(store, right -> new RebuildStoreView(right) {
                @Override
                public boolean complete(String projection, Runnable work) {
                    ProjectionState live = store.states(List.of(projection)).get(0);
                    for (long token = 9; token > 0; token--) {
                        SegmentId first = live.segments().get(0).segment();
                        SegmentId segment = new SegmentId(RebuildStore.nameOf(projection), first.first(), first.last());
                        store.renew(new Lease(segment, token, live.position()), ProjectionSuite.LONG);
                    }
                    return right.complete(projection, work);
                }
            }))),
    FORGETS_THE_TOKENS_OF_A_REBUILD("ownerOfARebuildOfBeforeLeavesNothing", view(NoFencing::new)),
    HOLDS_A_PROJECTION_FOR_EVER(
            "projectionThatIsHeldGoesOnByItself",
            view(store -> rebuilding(store, right -> new RebuildStoreView(right) {
                @Override
                public void hold(String projection, Duration duration) {
                    right.hold(projection, ProjectionSuite.LONG);
                }
            }))),
    GOES_BACK_WHEN_A_LEASE_IS_PROLONGED(
            "prolongingMovesThePositionOnAndNeverBack", view(store -> new ProjectionStoreView(store) {
                @Override
                public boolean renew(Lease lease, Duration duration) {
                    right.advance(
                            new Lease(lease.segment(), lease.token(), Long.MAX_VALUE),
                            duration,
                            () -> BatchResult.at(lease.position()));
                    return true;
                }
            })),
    LOSES_TIMEOUTS("timeoutIsCarriedOutOnce", view(store -> WrongTimeouts.without(store, TimeoutChange.Set.class))),
    LOSES_TIMEOUTS_WHEN_A_NODE_STOPS(
            "timeoutOutlivesTheNode", view(store -> WrongTimeouts.without(store, TimeoutChange.Set.class))),
    NEVER_SAYS_WHEN_A_TIMEOUT_IS_DUE("timeoutIsCarriedOutOnce", view(store -> new WrongTimeouts(store) {
        @Override
        public Optional<Duration> untilNext(SegmentId segment) {
            return Optional.empty();
        }
    })),
    DOES_NOT_CANCEL_TIMEOUTS(
            "timeoutThatIsCancelledIsNotCarriedOut",
            view(store -> WrongTimeouts.without(store, TimeoutChange.Cancelled.class))),
    CARRIES_OUT_TIMEOUTS_AGAIN(
            "timeoutIsCarriedOutOnce", view(store -> WrongTimeouts.without(store, TimeoutChange.Done.class))),
    KEEPS_TIMEOUTS_OF_A_BATCH_THAT_IS_NOT_KEPT("batchThatIsNotKeptChangesNoTimeouts", view(WrongTimeouts::apart)),
    TAKES_A_TIMEOUT_THAT_IS_GONE_FOR_CARRIED_OUT("timeoutThatIsGoneWasNotCarriedOut", view(WrongTimeouts::forgiving)),
    RETRIES_TIMEOUTS_FOR_EVER("timeoutThatFailsIsTriedAgainThenKeptThenRetried", view(WrongTimeouts::retryingForEver)),
    SHOWS_TIMEOUTS_OF_OTHER_SEGMENTS(
            "timeoutsAreThoseOfTheStreamsOfTheirSegment", view(store -> new WrongTimeouts(store) {
                @Override
                public List<Timeout> due(SegmentId segment, int limit) {
                    return super.due(SegmentId.divide(segment.projection(), 1).get(0), limit);
                }
            })),
    STORES_EVENTS_UNDER_OTHER_IDS_FOR_TIMEOUTS("timeoutIsCarriedOutOnceThoughItsRemovalIsLost", OtherIds::new),
    STORES_EVENTS_UNDER_OTHER_IDS("whatIsSavedIsThereOnceThoughTheCheckpointIsLost", OtherIds::new),
    STORES_EVENTS_UNDER_OTHER_IDS_IN_THE_MIDDLE("reactionThatEndedInTheMiddleIsCompleted", OtherIds::new),
    STORES_EVENTS_UNDER_OTHER_IDS_BEFORE_SOMEBODY_ELSE(
            "reactionIsCompletedThoughSomebodyElseHasSavedMeanwhile", OtherIds::new),
    STORES_EVENTS_UNDER_OTHER_IDS_TWICE("aggregateIsChangedTwiceByOneEvent", OtherIds::new),
    STORES_NEW_AGGREGATES_UNDER_OTHER_IDS("newAggregateWithADerivedIdIsMadeOnce", OtherIds::new),
    FORGETS_WHOSE_EVENT_IT_IS(
            "reactionIsThatOfTheTenantWhoseEventItIs",
            () -> new Distorting(event -> seen(event, event.metadata(), Tenants.DEFAULT))),
    FORGETS_WHAT_WAS_SAID_OF_AN_EVENT(
            "whatIsSavedSaysWhyItWas", () -> new Distorting(event -> seen(event, TestEvents.NOTHING, event.tenant()))),
    SAYS_OF_EACH_CONFLICT_THAT_SOMEBODY_HAS_COME_ON("conflictThatNobodyElseHasMadeIsParked", () -> new WrongStore() {
        private final AtomicLong ahead = new AtomicLong();

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            try {
                return super.append(stream, expected, events);
            } catch (VersionConflictException e) {
                throw new VersionConflictException(stream, expected, StreamPosition.of(ahead.incrementAndGet()));
            }
        }
    }),
    SAYS_OF_EACH_CONFLICT_THAT_NOBODY_HAS("raceThatIsLostParksNothing", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            try {
                return super.append(stream, expected, events);
            } catch (VersionConflictException e) {
                throw new VersionConflictException(stream, expected, StreamPosition.of(0));
            }
        }
    });

    private final String test;
    private final BiFunction<ProjectionStore, Duration, ProjectionStore> view;
    private final Supplier<EventStore> events;

    ProjectionFault(String test, BiFunction<ProjectionStore, Duration, ProjectionStore> view) {
        this.test = test;
        this.view = view;
        this.events = MemoryEventStore::new;
    }

    ProjectionFault(String test, Supplier<EventStore> events) {
        this.test = test;
        this.view = (store, clockError) -> store;
        this.events = events;
    }

    private static RecordedEvent seen(RecordedEvent event, byte[] metadata, String tenant) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                event.data(),
                metadata,
                event.timestamp(),
                event.tags(),
                tenant);
    }

    private static BiFunction<ProjectionStore, Duration, ProjectionStore> view(UnaryOperator<ProjectionStore> wrong) {
        return (store, clockError) -> wrong.apply(store);
    }

    private static ProjectionStore rebuilding(ProjectionStore store, UnaryOperator<RebuildStore> wrong) {
        return new ProjectionStoreView(store) {
            @Override
            public RebuildStore rebuilds() {
                return wrong.apply(right.rebuilds());
            }
        };
    }

    String test() {
        return test;
    }

    ProjectionStoreFixture newFixture() {
        return new MemoryProjectionFixture(view, events.get());
    }

    /** Makes up an id for each event, so that none is recognised. */
    private static final class OtherIds extends WrongStore {

        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return super.append(stream, expected, renamed(events));
        }

        private static List<NewEvent> renamed(List<NewEvent> events) {
            return events.stream()
                    .map(event -> new NewEvent(
                            UUID.randomUUID(), event.type(), event.data(), event.metadata(), event.timestamp()))
                    .toList();
        }
    }

    /** Asks for no token: whoever comes along may move the segment. */
    private static final class NoFencing extends ProjectionStoreView {

        NoFencing(ProjectionStore right) {
            super(right);
        }

        @Override
        public Lease advance(Lease lease, Duration duration, Batch batch) {
            BatchResult result = batch.run();
            for (long token = 9; token > 0; token--) {
                Lease newest = new Lease(lease.segment(), token, 0);
                if (right.renew(newest, duration)) {
                    return right.advance(new Lease(lease.segment(), token, Long.MAX_VALUE), duration, () -> result);
                }
            }
            throw new IllegalStateException("There is no lease of " + lease.segment());
        }
    }

    /** Moves all segments to one place before they are divided anew. */
    private abstract static class DividingElsewhere extends ProjectionStoreView {

        DividingElsewhere(ProjectionStore right) {
            super(right);
        }

        abstract long target(List<SegmentState> segments);

        @Override
        public boolean divide(String projection) {
            List<SegmentState> segments =
                    right.states(List.of(projection)).get(0).segments();
            long target = target(segments);
            segments.forEach(segment -> move(segment.segment(), target));
            return right.divide(projection);
        }

        private void move(SegmentId segment, long target) {
            for (long token = 9; token > 0; token--) {
                Lease stolen = new Lease(segment, token, Long.MAX_VALUE);
                if (right.renew(stolen.at(0), ProjectionSuite.LONG)) {
                    right.advance(stolen, ProjectionSuite.LONG, () -> BatchResult.at(target));
                }
            }
        }
    }

    /** The checkpoint has a transaction of its own. */
    private static final class CheckpointFirst extends ProjectionStoreView {

        CheckpointFirst(ProjectionStore right) {
            super(right);
        }

        @Override
        public Lease advance(Lease lease, Duration duration, Batch batch) {
            right.renew(new Lease(lease.segment(), lease.token(), lease.position() + 1), duration);
            return right.advance(lease, duration, batch);
        }
    }

    /** Decides by its own clock whether a lease holds. */
    private static final class LocalClock extends ProjectionStoreView {

        private static final Map<SegmentId, Instant> UNTIL = new ConcurrentHashMap<>();

        private final Clock clock;

        LocalClock(ProjectionStore right, Duration error) {
            super(right);
            this.clock = Clock.offset(Clock.systemUTC(), error);
        }

        @Override
        public Optional<Lease> acquire(SegmentId segment, String node, Duration duration) {
            Instant now = clock.instant();
            if (UNTIL.getOrDefault(segment, Instant.MIN).isAfter(now)) {
                return Optional.empty();
            }
            for (long token = 1; token < 5; token++) {
                right.release(new Lease(segment, token, 0));
            }
            UNTIL.put(segment, now.plus(duration));
            return right.acquire(segment, node, duration);
        }
    }

    /** Something is wrong with the letters. */
    private abstract static class WrongLetters extends ProjectionStoreView implements DeadLetters {

        WrongLetters(ProjectionStore right) {
            super(right);
        }

        DeadLetters letters() {
            return right.deadLetters();
        }

        @Override
        public DeadLetters deadLetters() {
            return this;
        }

        @Override
        public Set<StreamName> streams(String projection) {
            return letters().streams(projection);
        }

        @Override
        public List<DeadLetter> ofStream(String projection, StreamName stream, int limit) {
            return letters().ofStream(projection, stream, limit);
        }

        @Override
        public List<DeadLetter> first(String projection, int limit) {
            return letters().first(projection, limit);
        }

        @Override
        public long count(String projection) {
            return letters().count(projection);
        }

        @Override
        public boolean request(String projection, StreamName stream, Request request) {
            return letters().request(projection, stream, request);
        }

        @Override
        public Map<StreamName, Request> requests(String projection) {
            return letters().requests(projection);
        }
    }

    private static final class BackwardLetters extends WrongLetters {

        BackwardLetters(ProjectionStore right) {
            super(right);
        }

        @Override
        public List<DeadLetter> ofStream(String projection, StreamName stream, int limit) {
            return TestEvents.reversed(letters().ofStream(projection, stream, limit));
        }
    }
}
