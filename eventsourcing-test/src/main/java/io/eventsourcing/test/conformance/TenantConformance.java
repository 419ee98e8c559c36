package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.ids;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants have streams of their own, and see nothing of each other. A store without {@link Capability#TENANTS} refuses. */
public interface TenantConformance extends TenantSuite {

    @Test
    default void sameStreamNamesLiveApart() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            List<TestStream> streams = new ArrayList<>();
            for (EventStore store : three.all()) {
                assertThat(store.position(name)).isEqualTo(StreamPosition.NONE);
                assertThatThrownBy(() -> store.append(name, streamExists(), events(1)))
                        .isInstanceOf(VersionConflictException.class);
                TestStream stream = TestStream.missing(store, name);
                stream.append(noStream(), events(2 + streams.size()));
                stream.refuses(noStream(), events(1));
                stream.append(exactly(1 + streams.size()), events(1));
                streams.add(stream);
            }
            streams.forEach(TestStream::isIntact);
            streams.forEach(stream -> stream.append(any(), events(1)));
            streams.forEach(TestStream::isIntact);
        });
    }

    @Test
    default void readsOfATenantSeeItAlone() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            List<NewEvent> mine = events(5);
            List<NewEvent> others = events(5);
            for (int i = 0; i < 5; i++) {
                three.append(name, mine.get(i), others.get(i), event());
            }
            assertHasAlone(three.one(), mine);
            assertHasAlone(three.other(), others);
            List<RecordedEvent> all =
                    three.one().readAll(ReadOptions.forwards()).toList();
            assertThat(all).extracting(RecordedEvent::tenant).containsOnly(three.oneId());
            assertThat(three.one().read(name, ReadOptions.forwards()).toList())
                    .isEqualTo(all)
                    .allMatch(event -> event.tenant().equals(three.oneId()));
            long third = all.get(2).commitPosition();
            assertThat(ids(allAfter(three.one(), third))).isEqualTo(ids(all.subList(3, 5)));
            assertThat(three.one()
                            .readAll(ReadOptions.forwards().from(third).limit(2))
                            .toList())
                    .isEqualTo(all.subList(2, 4));
            assertThat(three.one()
                            .readAll(ReadOptions.backwards().from(third).limit(1))
                            .toList())
                    .isEqualTo(all.subList(1, 2));
        });
    }

    @Test
    default void tenantWithoutEventsHasNone() {
        whereApart(three -> {
            TestStream stream = TestStream.of(three.other(), 3);
            assertHasAlone(three.one(), List.of());
            assertThat(three.one().lastPosition()).isEmpty();
            assertThat(three.one().position(stream.name())).isEqualTo(StreamPosition.NONE);
            assertThat(three.one().read(stream.name(), ReadOptions.forwards()).toList())
                    .isEmpty();
        });
    }

    @Test
    default void filtersSeeTheTenantAlone() {
        whereApart(three -> {
            String root = "/" + UUID.randomUUID();
            String type = "Conformance." + UUID.randomUUID();
            for (String name : List.of("", "/1", "/2", "shop")) {
                StreamName stream = StreamName.of(root + name);
                three.append(stream, event(type), event(type), event(type));
                three.append(stream, event(), event(), event());
            }
            for (ReadOptions options : List.of(
                    ReadOptions.forwards().types(type),
                    ReadOptions.forwards().streams(StreamFilter.tree(root)),
                    ReadOptions.forwards().streams(StreamFilter.prefix(root)),
                    ReadOptions.forwards()
                            .streams(StreamFilter.prefix(root + "/"))
                            .types(type),
                    ReadOptions.forwards().asOf(TestEvents.TIME).limit(6),
                    ReadOptions.forwards().fromLatest(type, ReadOptions.IfMissing.READ_NOTHING),
                    ReadOptions.backwards().streams(StreamFilter.tree(root)).limit(3))) {
                assertSeesItsPartOf(three, options);
            }
        });
    }

    private void assertSeesItsPartOf(Three three, ReadOptions options) {
        List<RecordedEvent> ofOne = three.one().readAll(options).toList();
        List<RecordedEvent> ofOther = three.other().readAll(options).toList();
        assertThat(ofOne).isNotEmpty().allMatch(event -> event.tenant().equals(three.oneId()));
        assertThat(ofOther)
                .hasSameSizeAs(ofOne)
                .allMatch(event -> event.tenant().equals(three.otherId()));
        assertThat(ofOther).extracting(RecordedEvent::type).isEqualTo(types(ofOne));
        assertThat(ofOther)
                .extracting(RecordedEvent::stream)
                .isEqualTo(ofOne.stream().map(RecordedEvent::stream).toList());
    }

    private static List<String> types(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::type).toList();
    }

    @Test
    default void storeSeesAllTenantsInOneOrder() {
        whereApart(three -> {
            StreamName name = StreamName.of(UUID.randomUUID() + "-1");
            List<NewEvent> events = events(6);
            long before = lastCommitPosition(three.whole());
            three.append(name, events.get(0), events.get(1), events.get(2));
            three.append(name, events.get(3), events.get(4), events.get(5));
            List<RecordedEvent> all = allAfter(three.whole(), before);
            assertThat(all).extracting(TestEvents::appended).isEqualTo(events);
            List<String> tenants = List.of(three.oneId(), three.otherId(), Tenants.DEFAULT);
            assertThat(all)
                    .extracting(RecordedEvent::tenant)
                    .isEqualTo(List.of(
                            tenants.get(0),
                            tenants.get(1),
                            tenants.get(2),
                            tenants.get(0),
                            tenants.get(1),
                            tenants.get(2)));
            assertThat(all).extracting(RecordedEvent::stream).containsOnly(name);
            assertThat(all).extracting(RecordedEvent::commitPosition).isSorted().doesNotHaveDuplicates();
            assertThat(three.whole().lastPosition()).hasValue(all.get(5).commitPosition());
            StreamFilter filter = StreamFilter.prefix(name.value());
            assertThat(three.whole()
                            .readAll(ReadOptions.forwards().streams(filter))
                            .toList())
                    .isEqualTo(all);
            assertThat(three.whole()
                            .readAll(ReadOptions.backwards()
                                    .streams(filter)
                                    .types(events.get(0).type()))
                            .toList())
                    .isEqualTo(TestEvents.reversed(all).stream()
                            .filter(event -> event.type().equals(events.get(0).type()))
                            .toList());
            assertThat(three.whole().read(name, ReadOptions.forwards()).toList())
                    .as("the stream of the default tenant")
                    .extracting(TestEvents::appended)
                    .containsExactly(events.get(2), events.get(5));
        });
    }

    @Test
    default void lastPositionIsThatOfTheTenantsLastEvent() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            AppendResult last = three.one().append(name, any(), events(2));
            three.other().append(name, any(), events(1));
            three.whole().append(name, any(), events(1));
            assertThat(three.one().lastPosition()).hasValue(last.commitPosition());
        });
    }

    @Test
    default void sameEventsOfTwoTenantsAreNoRepetition() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            List<NewEvent> events = events(2);
            List<AppendResult> first = new ArrayList<>();
            for (EventStore store : three.all()) {
                first.add(store.append(name, first.size() == 1 ? any() : noStream(), events));
            }
            assertThat(first).extracting(AppendResult::commitPosition).doesNotHaveDuplicates();
            for (EventStore store : three.all()) {
                assertThat(store.append(name, noStream(), events)).isEqualTo(first.remove(0));
                TestStream.missing(store, name).nowHas(events).isIntact();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a\nb",
                "\u0000",
                "\uD83D",
                "0123456789012345678901234567890123456789"
                        + "01234567890123456789012345678901234567890123456789012345678901"
            })
    default void idThatBreaksARuleIsRefused(String id) {
        whereApart(three -> {
            Tenants tenants = three.whole().require(Tenants.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tenants.forTenant(id))
                    .withMessageContaining("tenant");
            assertThat(tenants.forTenant("a").position(TestEvents.newStream())).isEqualTo(StreamPosition.NONE);
        });
    }

    @Test
    default void idsAreComparedCharacterByCharacter() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            String mark = UUID.randomUUID().toString();
            List<String> ids = List.of(
                    mark,
                    mark + "A",
                    mark + "a",
                    mark + "%",
                    mark + "_",
                    mark + "$",
                    mark + "-1",
                    mark + "/1",
                    mark + "é",
                    mark + "e\u0301",
                    mark + "\uD83D\uDC15",
                    mark + "'",
                    mark + "\\",
                    mark + ".",
                    mark + "%24",
                    mark + "x".repeat(Tenants.MAX_ID_LENGTH - mark.length()));
            Tenants tenants = three.whole().require(Tenants.class);
            List<NewEvent> events = events(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                tenants.forTenant(ids.get(i)).append(name, noStream(), events.subList(i, i + 1));
            }
            for (int i = 0; i < ids.size(); i++) {
                assertHasAlone(tenants.forTenant(ids.get(i)), events.subList(i, i + 1));
                assertThat(tenants.forTenant(ids.get(i))
                                .read(name, ReadOptions.forwards())
                                .toList())
                        .extracting(RecordedEvent::tenant)
                        .containsExactly(ids.get(i));
            }
        });
    }
}
