package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.Catalogue;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamDeleter;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue says what is in the store, no more and no less. A store without {@link Capability#CATALOGUE} refuses. */
public interface CatalogueConformance extends ConformanceSuite {

    @Test
    default void streamsOfATreeAreListed() {
        whereListed(catalogue -> {
            String root = "/" + UUID.randomUUID();
            for (String name : List.of("", "/1", "/1/pages", "shop", "shop/1", "-1")) {
                fill(root + name);
            }
            assertThat(names(catalogue, StreamFilter.tree(root)))
                    .containsExactlyInAnyOrder(root, root + "/1", root + "/1/pages");
            assertThat(names(catalogue, StreamFilter.tree(root + "/1")))
                    .containsExactlyInAnyOrder(root + "/1", root + "/1/pages");
            assertThat(names(catalogue, StreamFilter.tree(root + "/2"))).isEmpty();
            assertThat(names(catalogue, StreamFilter.prefix(root + "shop")))
                    .containsExactlyInAnyOrder(root + "shop", root + "shop/1");
        });
    }

    @Test
    default void allStreamsAreListed() {
        whereListed(catalogue -> {
            fill("Conformance-" + UUID.randomUUID());
            fill("/" + UUID.randomUUID());
            try (Stream<RecordedEvent> all = store().readAll(ReadOptions.forwards()).stream()) {
                List<String> names = all.map(event -> event.stream())
                        .distinct()
                        .filter(stream -> store().position(stream).exists())
                        .map(StreamName::value)
                        .toList();
                assertThat(names(catalogue, StreamFilter.all())).containsExactlyInAnyOrderElementsOf(names);
                assertThat(names(catalogue, StreamFilter.tree("/"))).containsExactlyInAnyOrderElementsOf(names);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "'", "[a]", "é", "\uD83D\uDC15", "\uFFFD", "*", "A", "a"})
    default void prefixIsTakenCharacterByCharacter(String text) {
        whereListed(catalogue -> {
            String mark = UUID.randomUUID() + "-";
            List.of(
                            "%1",
                            "_1",
                            "\\1",
                            "'1",
                            "[a]1",
                            "é1",
                            "\uD83D\uDC151",
                            "\uD83D\uDC161",
                            "\uFFFD1",
                            "*1",
                            "A1",
                            "a1")
                    .forEach(name -> fill(mark + name));
            assertThat(names(catalogue, StreamFilter.prefix(mark + text))).containsExactly(mark + text + "1");
        });
    }

    @Test
    default void manyStreamsAreEachListedOnce() {
        whereListed(catalogue -> {
            String prefix = UUID.randomUUID() + "-";
            List<String> names =
                    IntStream.range(0, 2_500).mapToObj(i -> prefix + i).toList();
            names.forEach(this::fill);
            assertThat(names(catalogue, StreamFilter.prefix(prefix))).containsExactlyInAnyOrderElementsOf(names);
            try (Stream<StreamName> streams = catalogue.streams(StreamFilter.prefix(prefix))) {
                assertThat(streams.limit(3)).hasSize(3);
            }
            assertThat(catalogue
                            .streams(StreamFilter.prefix(prefix))
                            .iterator()
                            .next()
                            .value())
                    .startsWith(prefix);
        });
    }

    @Test
    default void streamsWithoutEventsAreNotListed() {
        whereListed(catalogue -> {
            StreamName stream = TestEvents.newStream();
            assertThatThrownBy(() -> store().append(stream, exactly(3), events(1)))
                    .isInstanceOf(VersionConflictException.class);
            store().append(stream, any(), List.of());
            assertThat(names(catalogue, StreamFilter.prefix(stream.value()))).isEmpty();
            store().append(stream, noStream(), events(1));
            assertThat(names(catalogue, StreamFilter.prefix(stream.value()))).containsExactly(stream.value());
        });
    }

    @Test
    default void deletedStreamsAreNotListed() {
        whereListed(catalogue -> {
            if (!fixture().capabilities().contains(Capability.STREAM_DELETION)) {
                return;
            }
            StreamDeleter deleter = store().require(StreamDeleter.class);
            String prefix = UUID.randomUUID() + "-";
            List.of("kept", "deleted", "again", "gone").forEach(name -> fill(prefix + name));
            deleter.delete(StreamName.of(prefix + "deleted"), any());
            deleter.delete(StreamName.of(prefix + "again"), any());
            deleter.tombstone(StreamName.of(prefix + "gone"), any());
            fill(prefix + "again");
            assertThat(names(catalogue, StreamFilter.prefix(prefix)))
                    .containsExactlyInAnyOrder(prefix + "kept", prefix + "again");
        });
    }

    @Test
    default void eventTypesAreCounted() {
        whereListed(catalogue -> {
            String mark = UUID.randomUUID().toString();
            StreamName one = TestEvents.newStream();
            StreamName other = TestEvents.newStream();
            store().append(one, any(), List.of(event("B" + mark), event("A" + mark)));
            store().append(other, any(), List.of(event("B" + mark)));
            List<RecordedEvent> recorded =
                    new ArrayList<>(store().read(one, ReadOptions.forwards()).toList());
            recorded.addAll(store().read(other, ReadOptions.forwards()).toList());
            EventType b = new EventType(
                    "B" + mark,
                    2,
                    recorded.get(0).commitPosition(),
                    recorded.get(2).commitPosition());
            EventType a = new EventType(
                    "A" + mark,
                    1,
                    recorded.get(1).commitPosition(),
                    recorded.get(1).commitPosition());
            assertThat(catalogue.eventTypes())
                    .filteredOn(type -> type.name().endsWith(mark))
                    .containsExactly(a, b);
            assertThat(catalogue.eventType("B" + mark)).contains(b);
            assertThat(catalogue.eventType("C" + mark)).isEmpty();
            assertThat(catalogue.eventType(("B" + mark).toLowerCase(Locale.ROOT)))
                    .isEmpty();
        });
    }

    @Test
    default void eventsOfAllTypesAreCounted() {
        whereListed(catalogue -> {
            store().append(TestEvents.newStream(), any(), events(7));
            try (Stream<RecordedEvent> all = store().readAll(ReadOptions.forwards()).stream()) {
                assertThat(catalogue.eventTypes().stream()
                                .filter(type -> type.count() > 0)
                                .collect(Collectors.toMap(EventType::name, EventType::count)))
                        .isEqualTo(all.collect(Collectors.groupingBy(RecordedEvent::type, Collectors.counting())));
            }
        });
    }

    @Test
    default void eventsOfDeletedStreamsCount() {
        whereListed(catalogue -> {
            if (!fixture().capabilities().contains(Capability.STREAM_DELETION)) {
                return;
            }
            String type = "Conformance." + UUID.randomUUID();
            StreamName deleted = TestEvents.newStream();
            StreamName tombstoned = TestEvents.newStream();
            store().append(deleted, any(), List.of(event(type)));
            store().append(tombstoned, any(), List.of(event(type)));
            store().require(StreamDeleter.class).delete(deleted, any());
            store().require(StreamDeleter.class).tombstone(tombstoned, any());
            assertThat(catalogue.eventType(type))
                    .hasValueSatisfying(found -> assertThat(found.count()).isEqualTo(2));
            assertThat(catalogue.eventTypes()).noneMatch(found -> found.name().startsWith("$"));
        });
    }

    @Test
    default void malformedEventTypeIsRefused() {
        whereListed(catalogue -> {
            for (String name : List.of("", " ", "a\0b", "x".repeat(201))) {
                assertThatThrownBy(() -> catalogue.eventType(name))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("event type");
            }
        });
    }

    private void fill(String name) {
        store().append(StreamName.of(name), any(), events(1));
    }

    private static List<String> names(Catalogue catalogue, StreamFilter filter) {
        try (Stream<StreamName> streams = catalogue.streams(filter)) {
            return streams.map(StreamName::value).toList();
        }
    }

    private void whereListed(Consumer<Catalogue> test) {
        if (fixture().capabilities().contains(Capability.CATALOGUE)) {
            test.accept(store().require(Catalogue.class));
            return;
        }
        TestStream.of(store(), 1);
        assertThatThrownBy(() -> store().require(Catalogue.class).eventTypes())
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining(Catalogue.class.getSimpleName());
    }
}
