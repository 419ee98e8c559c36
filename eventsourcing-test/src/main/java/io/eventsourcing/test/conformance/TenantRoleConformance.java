package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendSignals;
import io.eventsourcing.store.Availability;
import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.FilteredReader;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.SubjectKeysSource;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.TransactionAware;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The store of a tenant plays the roles of the whole store, for the tenant alone. */
public interface TenantRoleConformance extends TenantSuite {

    @Test
    default void tenantsStorePlaysTheRolesOfTheStore() {
        whereApart(three -> {
            for (Class<?> role : List.of(
                    MultiStreamAppender.class,
                    ConditionalAppender.class,
                    StreamDeleter.class,
                    Catalogue.class,
                    FilteredReader.class,
                    SubjectKeysSource.class,
                    TransactionAware.class,
                    AppendSignals.class,
                    Availability.class)) {
                assertThat(role.isInstance(three.one()))
                        .as("the store of a tenant is a " + role.getSimpleName())
                        .isEqualTo(role.isInstance(three.whole()));
            }
            assertThat(three.whole().require(Tenants.class).tenant()).isEmpty();
            assertThat(three.one().require(Tenants.class).tenant()).hasValue(three.oneId());
            assertThat(three.one().description())
                    .contains(three.whole().description())
                    .contains(three.oneId())
                    .hasLineCount(1);
        });
    }

    @Test
    default void tenantsStoreLeadsToNoOtherTenant() {
        whereApart(three -> {
            TestStream.of(three.other(), 1);
            assertThatThrownBy(() -> three.one().require(Tenants.class).forTenant(three.otherId()))
                    .isInstanceOf(UnsupportedByStoreException.class)
                    .hasMessageContaining(Tenants.class.getSimpleName());
        });
    }

    @Test
    default void severalStreamsOfATenantAreAppendedTogether() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND)) {
                return;
            }
            MultiStreamAppender appender = three.one().require(MultiStreamAppender.class);
            TestStream ofOther = TestStream.of(three.other(), 2);
            TestStream mine = TestStream.missing(three.one(), ofOther.name());
            TestStream second = TestStream.missing(three.one());
            List<StreamAppend> appends = List.of(
                    new StreamAppend(mine.name(), noStream(), events(2)),
                    new StreamAppend(second.name(), noStream(), events(1)));
            assertThat(appender.append(appends)).hasSize(2);
            mine.nowHas(appends.get(0).events()).isIntact();
            second.nowHas(appends.get(1).events()).isIntact();
            ofOther.isIntact();
            List<StreamAppend> late = List.of(
                    new StreamAppend(second.name(), exactly(0), events(1)),
                    new StreamAppend(mine.name(), noStream(), events(2)));
            assertThatThrownBy(() -> appender.append(late))
                    .isInstanceOfSatisfying(
                            VersionConflictException.class,
                            e -> assertThat(e.stream()).isEqualTo(mine.name()));
            second.isIntact();
        });
    }

    @Test
    default void conditionsLookAtTheTenantAlone() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.CONDITIONAL_APPEND)) {
                return;
            }
            String tag = "name:" + UUID.randomUUID();
            String type = "Conformance." + UUID.randomUUID();
            for (EventStore store : three.all()) {
                StreamName stream = TestEvents.newStream();
                NewEvent event = tagged(type, tag);
                List<AppendCondition> first = List.of(
                        AppendCondition.noMatch(EventQuery.tagged(tag)),
                        AppendCondition.noMatch(EventQuery.ofTypes(type)),
                        AppendCondition.stream(stream, noStream()),
                        AppendCondition.isTrue(
                                "there is none",
                                all -> !hasType(
                                        all.readAll(ReadOptions.forwards().types(type)))));
                ConditionalAppender appender = store.require(ConditionalAppender.class);
                for (AppendCondition condition : first) {
                    appender.append(List.of(), List.of(condition));
                }
                appender.append(List.of(new StreamAppend(stream, noStream(), List.of(event))), first);
                for (AppendCondition condition : first) {
                    assertThatThrownBy(() -> appender.append(List.of(), List.of(condition)))
                            .isInstanceOf(ConditionNotMetException.class);
                }
                appender.append(List.of(), List.of(AppendCondition.lastEvent(stream, event.id())));
            }
        });
    }

    private static boolean hasType(Iterable<RecordedEvent> events) {
        return events.iterator().hasNext();
    }

    @Test
    default void oneWriterOfEachTenantThatDependsOnATagWins() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.CONDITIONAL_APPEND)) {
                return;
            }
            for (int round = 0; round < 5; round++) {
                String tag = "name:" + UUID.randomUUID();
                StreamName stream = TestEvents.newStream();
                List<Boolean> won = Race.of(6, number -> claims(three.all().get(number % 3), stream, tag));
                for (int tenant = 0; tenant < 3; tenant++) {
                    assertThat(List.of(won.get(tenant), won.get(tenant + 3)))
                            .as("who of two writers of a tenant has won")
                            .containsExactlyInAnyOrder(true, false);
                }
            }
        });
    }

    private static boolean claims(EventStore store, StreamName stream, String tag) {
        try {
            store.require(ConditionalAppender.class)
                    .append(
                            List.of(new StreamAppend(stream, any(), List.of(tagged("Conformance.Claimed", tag)))),
                            List.of(AppendCondition.noMatch(EventQuery.tagged(tag))));
            return true;
        } catch (ConditionNotMetException e) {
            return false;
        }
    }

    @Test
    default void deletionLeavesStreamsOfOtherTenants() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.STREAM_DELETION)) {
                return;
            }
            StreamName name = TestEvents.newStream();
            List<TestStream> streams = three.all().stream()
                    .map(store -> TestStream.missing(store, name))
                    .toList();
            streams.forEach(stream -> stream.append(noStream(), events(2)));
            StreamDeleter deleter = three.one().require(StreamDeleter.class);
            deleter.delete(name, exactly(1));
            assertThat(three.one().position(name)).isEqualTo(StreamPosition.NONE);
            streams.subList(1, 3).forEach(TestStream::isIntact);
            three.one().append(name, noStream(), events(1));
            deleter.tombstone(name, exactly(2));
            assertThatThrownBy(() -> three.one().append(name, any(), events(1)))
                    .isInstanceOf(StreamTombstonedException.class);
            for (TestStream stream : streams.subList(1, 3)) {
                stream.isIntact();
                stream.append(exactly(1), events(1));
                stream.append(any(), events(1));
                stream.isIntact();
            }
        });
    }

    @Test
    default void catalogueListsTheTenantAlone() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.CATALOGUE)) {
                return;
            }
            String prefix = UUID.randomUUID() + "-";
            String type = "Conformance." + UUID.randomUUID();
            StreamName shared = StreamName.of(prefix + "shared");
            three.append(shared, event(type), event(type), event(type));
            StreamName own = StreamName.of(prefix + "own");
            three.one().append(own, noStream(), List.of(event(type), event(type)));
            StreamName ofWhole = StreamName.of(prefix + "whole");
            three.whole().append(ofWhole, noStream(), List.of(event()));
            StreamFilter all = StreamFilter.all();
            assertThat(streams(three.one(), all)).containsExactlyInAnyOrder(shared, own);
            assertThat(streams(three.other(), all)).containsExactly(shared);
            assertThat(streams(three.other(), StreamFilter.prefix(own.value()))).isEmpty();
            assertThat(streams(three.whole(), StreamFilter.prefix(prefix))).containsExactlyInAnyOrder(shared, ofWhole);
            assertThat(three.one().require(Catalogue.class).eventTypes())
                    .extracting(EventType::name, EventType::count)
                    .containsExactly(tuple(type, 3L));
            assertThat(three.other().require(Catalogue.class).eventType(type))
                    .hasValueSatisfying(counted -> assertThat(counted.count()).isEqualTo(1));
            assertThat(three.whole().require(Catalogue.class).eventType(type))
                    .as("the type in all tenants")
                    .hasValueSatisfying(counted -> assertThat(counted.count()).isEqualTo(5));
        });
    }

    private static List<StreamName> streams(EventStore store, StreamFilter filter) {
        try (Stream<StreamName> streams = store.require(Catalogue.class).streams(filter)) {
            return streams.toList();
        }
    }

    @Test
    default void predicatesLookAtTheTenantAlone() {
        whereApart(three -> {
            TestStream.of(three.one(), 1).isIntact();
            if (!(three.whole() instanceof FilteredReader)) {
                return;
            }
            StreamName name = StreamName.of(UUID.randomUUID() + "-1");
            three.append(name, event(), event(), event());
            for (EventPredicate predicate : List.of(
                    new EventPredicate.StreamIs(name),
                    new EventPredicate.StreamStartsWith(name.value()),
                    new EventPredicate.TypeIn(Set.of("Conformance.Happened")),
                    new EventPredicate.Not(new EventPredicate.StreamIs(TestEvents.newStream())),
                    new EventPredicate.And(List.of()))) {
                assertThat(matching(three.one(), predicate))
                        .isNotEmpty()
                        .allMatch(event -> event.tenant().equals(three.oneId()));
                assertThat(matching(three.whole(), predicate))
                        .as("%s in the whole store", predicate)
                        .extracting(RecordedEvent::tenant)
                        .contains(three.oneId(), three.otherId(), Tenants.DEFAULT);
            }
        });
    }

    private static List<RecordedEvent> matching(EventStore store, EventPredicate predicate) {
        return store.require(FilteredReader.class)
                .readMatching(predicate, ReadOptions.forwards())
                .toList();
    }

    @Test
    default void subjectIsForgottenInItsTenantAlone() {
        whereApart(three -> {
            TestStream.of(three.one(), 1);
            if (!(three.whole() instanceof SubjectKeysSource)) {
                return;
            }
            String subject = "subject " + UUID.randomUUID();
            SubjectKeys ofOne = keys(three.one());
            SubjectKeys ofOther = keys(three.other());
            SubjectKey one = ofOne.getOrAdd(subject, newKey());
            SubjectKey other = ofOther.getOrAdd(subject, newKey());
            SubjectKey whole = keys(three.whole()).getOrAdd(subject, newKey());
            assertThat(Set.of(one.id(), other.id(), whole.id())).hasSize(3);
            assertThat(ofOne.getOrAdd(subject, newKey()).id()).isEqualTo(one.id());
            assertThat(ofOne.find(one.id())).isPresent();
            assertThat(ofOne.find(other.id())).isEmpty();
            assertThat(ofOne.find(whole.id())).isEmpty();
            assertThat(keys(three.whole()).find(other.id()))
                    .as("in the whole store")
                    .isPresent();
            ofOne.forget(subject);
            assertThat(ofOne.find(one.id())).isEmpty();
            assertThat(ofOther.find(other.id())).isPresent();
            keys(three.whole()).forget(subject);
            assertThat(keys(three.whole()).find(whole.id())).isEmpty();
            assertThat(ofOther.find(other.id())).isPresent();
        });
    }

    private static SubjectKeys keys(EventStore store) {
        return store.require(SubjectKeysSource.class).subjectKeys();
    }

    private static SubjectKey newKey() {
        return new SubjectKey(UUID.randomUUID(), new byte[] {1, 2, 3});
    }
}
