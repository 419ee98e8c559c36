package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Subscriptions;
import io.eventsourcing.store.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A page of a read ends after so many events, whether or not any of them was wanted. */
class BoundedPagesTest {

    private static final StreamName MANY = StreamName.of("/many");
    private static final StreamName FEW = StreamName.of("/few");

    private HikariDataSource pool;
    private JdbcEventStore store;

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    /** Two and a half pages of one stream, and one event of another. */
    private void open(Vendor vendor) {
        pool = (vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres()).pool(2);
        store = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        append(FEW, 1);
        for (int i = 0; i < 5; i++) {
            append(MANY, AllPages.LOOKED_AT / 2);
        }
    }

    private void append(StreamName stream, int count) {
        store.append(stream, ExpectedPosition.any(), events(count));
    }

    private static List<NewEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NewEvent(UUID.randomUUID(), "Happened", new byte[1], new byte[0], Instant.EPOCH))
                .toList();
    }

    private List<EventPage> pagesOfAll(Vendor vendor, ReadOptions options) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        List<EventPage> pages = new ArrayList<>();
        AllPages reader = new AllPages(jdbc, vendor.sql(), new StreamNames(jdbc), SqlCondition.any());
        PagedEvents.ofAll(options, (filter, span, count) -> {
                    pages.add(reader.read(filter, span, count));
                    return pages.get(pages.size() - 1);
                })
                .toList();
        return pages;
    }

    @ParameterizedTest
    @EnumSource
    void ofAllEvents(Vendor vendor) {
        open(vendor);
        List<Long> positions = store.readAll(ReadOptions.forwards()).stream()
                .map(RecordedEvent::commitPosition)
                .toList();
        assertThat(pagesOfAll(vendor, ReadOptions.forwards().types("Rare")))
                .extracting(EventPage::lookedUpTo)
                .containsExactly(
                        OptionalLong.of(positions.get(AllPages.LOOKED_AT - 1)),
                        OptionalLong.of(positions.get(2 * AllPages.LOOKED_AT - 1)),
                        OptionalLong.empty());
        assertThat(pagesOfAll(vendor, ReadOptions.backwards().types("Rare")))
                .extracting(EventPage::lookedUpTo)
                .startsWith(OptionalLong.of(positions.get(positions.size() - AllPages.LOOKED_AT)))
                .hasSize(3);
        assertThat(pagesOfAll(vendor, ReadOptions.forwards().types("Rare").streams(StreamFilter.tree("/many"))))
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void ofEventsThatFulfilAPredicate(Vendor vendor) {
        open(vendor);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        SqlCondition rare = SqlCondition.of("e.event_type = ?", "Rare");
        AllPages reader = new AllPages(jdbc, vendor.sql(), new StreamNames(jdbc), rare);
        List<EventPage> pages = new ArrayList<>();
        PagedEvents.ofAll(ReadOptions.forwards(), (filter, span, count) -> {
                    pages.add(reader.read(filter, span, count));
                    return pages.get(pages.size() - 1);
                })
                .toList();
        assertThat(pages).hasSize(3).allMatch(page -> page.events().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void ofAStream(Vendor vendor) {
        open(vendor);
        List<EventPage> pages = new ArrayList<>();
        StreamPages reader =
                new StreamPages(new JdbcTemplate(pool), vendor.sql(), new StreamKey("", MANY), new KnownHeads());
        PagedEvents.ofStream(ReadOptions.forwards().types("Rare"), (filter, span, count) -> {
                    pages.add(reader.read(filter, span, count));
                    return pages.get(pages.size() - 1);
                })
                .toList();
        assertThat(pages)
                .extracting(EventPage::lookedUpTo)
                .startsWith(OptionalLong.of(AllPages.LOOKED_AT - 1L), OptionalLong.of(2L * AllPages.LOOKED_AT - 1));
    }

    /** Else it would look at all events to find those of a small tree. */
    @ParameterizedTest
    @EnumSource
    void ofStreamsWithFewEventsAreFoundByTheirStreams(Vendor vendor) {
        open(vendor);
        assertThat(pagesOfAll(vendor, ReadOptions.forwards().streams(StreamFilter.tree("/few"))))
                .singleElement()
                .satisfies(page -> assertThat(page.events()).hasSize(1));
        assertThat(pagesOfAll(vendor, ReadOptions.backwards().streams(StreamFilter.prefix("/none"))))
                .singleElement()
                .satisfies(page -> assertThat(page.events()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void ofATenant(Vendor vendor) {
        open(vendor);
        EventStore few = store.forTenant("few");
        few.append(FEW, ExpectedPosition.any(), events(1));
        EventStore many = store.forTenant("many");
        for (int i = 0; i < 3; i++) {
            many.append(MANY, ExpectedPosition.any(), events(AllPages.LOOKED_AT / 2));
        }
        TenantScope scope = TenantScope.whole(new Subscriptions(store));
        assertThat(pagesOfAll(vendor, scope.of("few", store).seen(ReadOptions.forwards())))
                .singleElement()
                .satisfies(page -> assertThat(page.events()).hasSize(1));
        assertThat(pagesOfAll(vendor, scope.of("none", store).seen(ReadOptions.backwards())))
                .singleElement()
                .satisfies(page -> assertThat(page.events()).isEmpty());
        assertThat(pagesOfAll(
                        vendor,
                        scope.of("many", store).seen(ReadOptions.forwards().types("Rare"))))
                .as("pages of a tenant that has too much to be read by its streams")
                .hasSize(5)
                .allMatch(page -> page.events().isEmpty());
    }
}
