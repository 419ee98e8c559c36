package io.eventsourcing.test.conformance;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Tenants;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Mistakes that backends make with tenants, and a test that each of them fails. */
enum TenantFault {
    KEEPS_SNAPSHOTS_BY_NAME_ALONE("snapshotsOfTheSameNameLiveApart", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public SnapshotStore snapshots() {
            return whole.snapshots();
        }
    })),
    KNOWS_NO_TENANTS("sameStreamNamesLiveApart", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return whole.append(stream, expected, events);
        }
    })),
    READS_STREAMS_BY_NAME_ALONE("sameStreamNamesLiveApart", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventSequence read(StreamName stream, ReadOptions options) {
            return whole.read(stream, options);
        }
    })),
    KNOWS_POSITIONS_BY_NAME_ALONE("tenantWithoutEventsHasNone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public StreamPosition position(StreamName stream) {
            return StreamPosition.of(0);
        }
    })),
    READS_ALL_EVENTS_OF_ALL("readsOfATenantSeeItAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return whole.readAll(options);
        }
    })),
    READS_BACKWARDS_OF_ALL("filtersSeeTheTenantAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return options.isBackwards() ? whole.readAll(options) : right.readAll(options);
        }
    })),
    LIMITS_BEFORE_IT_LOOKS_AT_THE_TENANT("readsOfATenantSeeItAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(whole.readAll(options), event -> event.tenant().equals(id), event -> event);
        }
    })),
    SAYS_NO_TENANT("readsOfATenantSeeItAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(right.readAll(options), event -> true, TenantFault::ofNobody);
        }
    })),
    HIDES_TENANTS_FROM_THE_STORE("storeSeesAllTenantsInOneOrder", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(right.readAll(options), event -> event.tenant().isEmpty(), event -> event);
        }
    }),
    SAYS_NO_TENANT_TO_THE_STORE("storeSeesAllTenantsInOneOrder", () -> new WrongStore() {
        @Override
        public EventSequence readAll(ReadOptions options) {
            return new View(right.readAll(options), event -> true, TenantFault::ofNobody);
        }
    }),
    HAS_THE_POSITION_OF_THE_STORE(
            "lastPositionIsThatOfTheTenantsLastEvent", stores((whole, id) -> new Tenant(whole, id) {
                @Override
                public OptionalLong lastPosition() {
                    return whole.lastPosition();
                }
            })),
    RECOGNISES_EVENTS_OF_OTHERS("sameEventsOfTwoTenantsAreNoRepetition", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return KNOWN_IDS.add(events.get(0).id())
                    ? right.append(stream, expected, events)
                    : new AppendResult(stream, StreamPosition.of(1), 2);
        }
    })),
    TAKES_ANY_ID("idThatBreaksARuleIsRefused", () -> new WrongStore() {
        @Override
        public EventStore forTenant(String id) {
            return right.forTenant("tenant " + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)));
        }
    }),
    FOLDS_IDS("idsAreComparedCharacterByCharacter", () -> new WrongStore() {
        @Override
        public EventStore forTenant(String id) {
            return right.forTenant(id.toLowerCase(Locale.ROOT));
        }
    }),
    CUTS_IDS("idsAreComparedCharacterByCharacter", () -> new WrongStore() {
        @Override
        public EventStore forTenant(String id) {
            return right.forTenant(id.substring(0, Math.min(40, id.length())).strip());
        }
    }),
    FORGETS_ROLES("tenantsStorePlaysTheRolesOfTheStore", () -> new WrongStore() {
        @Override
        public EventStore forTenant(String id) {
            return new ModestStore(right.forTenant(id));
        }
    }),
    LEADS_TO_OTHER_TENANTS("tenantsStoreLeadsToNoOtherTenant", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public EventStore forTenant(String other) {
            return whole.forTenant(other);
        }
    })),
    APPENDS_SEVERAL_FOR_THE_STORE(
            "severalStreamsOfATenantAreAppendedTogether", stores((whole, id) -> new Tenant(whole, id) {
                @Override
                public List<AppendResult> append(List<StreamAppend> appends) {
                    return whole.append(appends);
                }
            })),
    ASKS_CONDITIONS_OF_THE_STORE("conditionsLookAtTheTenantAlone", () -> new WrongStore() {
        @Override
        public EventStore forTenant(String id) {
            return new Tenant(right, id) {
                @Override
                public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
                    whole.append(List.of(), conditions);
                    return right.append(appends, conditions);
                }
            };
        }
    }),
    LETS_ONE_TENANT_CLAIM_FOR_ALL(
            "oneWriterOfEachTenantThatDependsOnATagWins", stores((whole, id) -> new Tenant(whole, id) {
                @Override
                public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
                    return whole.append(appends, conditions);
                }
            })),
    DELETES_IN_ALL("deletionLeavesStreamsOfOtherTenants", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public void delete(StreamName stream, ExpectedPosition expected) {
            right.delete(stream, expected);
            whole.delete(stream, ExpectedPosition.any());
        }
    })),
    TOMBSTONES_IN_ALL("deletionLeavesStreamsOfOtherTenants", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public void tombstone(StreamName stream, ExpectedPosition expected) {
            right.tombstone(stream, expected);
            whole.tombstone(stream, ExpectedPosition.any());
        }
    })),
    LISTS_STREAMS_OF_ALL("catalogueListsTheTenantAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public Stream<StreamName> streams(StreamFilter filter) {
            return Stream.concat(right.streams(filter), whole.streams(filter)).distinct();
        }
    })),
    COUNTS_TYPES_OF_ALL("catalogueListsTheTenantAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public Optional<EventType> eventType(String name) {
            return whole.eventType(name);
        }
    })),
    COUNTS_TYPES_OF_THE_DEFAULT_TENANT("catalogueListsTheTenantAlone", () -> new WrongStore() {
        @Override
        public Optional<EventType> eventType(String name) {
            return right.eventType(name).map(type -> new EventType(name, 1, type.first(), type.last()));
        }
    }),
    SHARES_KEYS("subjectIsForgottenInItsTenantAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public SubjectKeys subjectKeys() {
            return whole.subjectKeys();
        }
    })),
    SUBSCRIBES_TO_ALL("subscriptionOfATenantSeesItAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return whole.subscribe(options, listener);
        }
    })),
    SUBSCRIBES_TO_ONE("subscriptionOfATenantSeesItAlone", () -> new WrongStore() {
        @Override
        public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
            return right.subscribe(options, event -> {
                if (event.tenant().isEmpty()) {
                    listener.onEvent(event);
                }
            });
        }
    }),
    CLOSES_THE_STORE("closingATenantsStoreEndsItsSubscriptionsAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public void close() {
            whole.close();
        }
    })),
    CLOSES_NOTHING("closingATenantsStoreEndsItsSubscriptionsAlone", stores((whole, id) -> new Tenant(whole, id) {
        @Override
        public void close() {}
    })),
    MISTAKES_THE_TENANT_NOW_AND_THEN(
            "tenantSeesNothingOfOthersWhileAllAreWrittenTo", stores((whole, id) -> new Tenant(whole, id) {
                private final AtomicInteger appends = new AtomicInteger();

                @Override
                public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
                    return (appends.incrementAndGet() % 30 == 0 ? whole : right).append(stream, expected, events);
                }
            }));

    private static final Set<UUID> KNOWN_IDS = ConcurrentHashMap.newKeySet();

    private final String test;
    private final Supplier<EventStore> store;

    TenantFault(String test, Supplier<EventStore> store) {
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

    /** Whose tenants are spoilt. */
    private static Supplier<EventStore> stores(BiFunction<MemoryEventStore, String, EventStore> tenants) {
        return () -> new WrongStore() {
            @Override
            public EventStore forTenant(String id) {
                return tenants.apply(right, id);
            }
        };
    }

    private static RecordedEvent ofNobody(RecordedEvent event) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.timestamp(),
                event.tags(),
                Tenants.DEFAULT);
    }

    /** The store of a tenant that is right but for what is overridden. */
    private abstract static class Tenant extends WrongStore {

        final MemoryEventStore whole;

        Tenant(MemoryEventStore whole, String id) {
            super(whole.forTenant(id));
            this.whole = whole;
        }
    }
}
