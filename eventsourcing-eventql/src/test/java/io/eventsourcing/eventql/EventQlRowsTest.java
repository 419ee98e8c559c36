package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.RecordedEvent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventQlRowsTest {

    private final EventStore store = Events.sales();
    private final AtomicInteger fetched = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    /** A store that counts what is taken from it, and which of its reads are open. */
    private final AllReader counting = options -> {
        EventSequence events = store.readAll(options);
        if (options.limit() == 1) {
            return events;
        }
        open.incrementAndGet();
        return new EventSequence() {
            @Override
            public Iterator<RecordedEvent> iterator() {
                Iterator<RecordedEvent> all = events.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public RecordedEvent next() {
                        fetched.incrementAndGet();
                        return all.next();
                    }
                };
            }

            @Override
            public void close() {
                events.close();
                open.decrementAndGet();
            }
        };
    };

    record Sale(
            String department, BigDecimal price, @Nullable Boolean paid) {}

    @Test
    void rowsAreRecords() {
        List<Sale> sales = EventQl.over(store)
                .query("FROM e IN events WHERE e.position < 3 PROJECT INTO e.data", Sale.class)
                .toList();
        assertThat(sales)
                .containsExactly(
                        new Sale("toys", new BigDecimal("10"), null), new Sale("books", new BigDecimal("25.5"), true));
    }

    @Test
    void rowsAreSingleValues() {
        EventQl eventQl = EventQl.over(store);
        assertThat(eventQl.query("FROM e IN events TOP 1 PROJECT INTO e.type", String.class))
                .containsExactly("Sale.Made");
        assertThat(eventQl.query("FROM e IN events PROJECT INTO COUNT()", Long.class))
                .containsExactly(5L);
        assertThat(eventQl.query("FROM e IN events PROJECT INTO MAX(e.time)", Instant.class))
                .containsExactly(Events.TIME.plus(Duration.ofDays(4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"e.data.tags", "e.data.missing"})
    void aRowThatIsNoneSaysSo(String projection) {
        EventQlRows<Long> rows =
                EventQl.over(counting).query("FROM e IN events PROJECT INTO " + projection, Long.class);
        assertThatThrownBy(rows::toList)
                .isInstanceOf(EventQlException.class)
                .hasMessageContaining("that can't become a Long")
                .hasMessageContaining("column 31");
        assertThat(open).hasValue(0);
    }

    @Test
    void rowsComeWhileEventsAreRead() {
        try (EventQlRows<JsonNode> rows = EventQl.over(counting).query("FROM e IN events PROJECT INTO e.type")) {
            assertThat(fetched).hasValue(0);
            Iterator<JsonNode> iterator = rows.iterator();
            iterator.next();
            assertThat(fetched).hasValue(1);
            assertThat(open).hasValue(1);
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void topEndsTheRead() {
        assertThat(EventQl.over(counting)
                        .query("FROM e IN events TOP 2 PROJECT INTO e.type")
                        .toList())
                .hasSize(2);
        assertThat(fetched).hasValue(2);
        assertThat(open).hasValue(0);
    }

    @Test
    void theNewestAreReadBackwards() {
        assertThat(EventQl.over(counting)
                        .query("FROM e IN events ORDER BY e.position DESC TOP 2 PROJECT INTO e.position", Long.class)
                        .toList())
                .containsExactly(5L, 4L);
        assertThat(fetched).hasValue(2);
    }

    @Test
    void aRangeOfPositionsIsReadAlone() {
        EventQl.over(counting)
                .query("FROM e IN events WHERE e.position >= 2 AND e.position < 4 PROJECT INTO e")
                .toList();
        assertThat(fetched).as("one more shows that it is over").hasValue(3);
    }

    @Test
    void whatIsClosedGivesNoMoreRows() {
        EventQlRows<JsonNode> rows = EventQl.over(counting).query("FROM e IN events PROJECT INTO e");
        Iterator<JsonNode> iterator = rows.iterator();
        iterator.next();
        rows.close();
        assertThatThrownBy(iterator::hasNext).isInstanceOf(CancellationException.class);
        assertThatThrownBy(rows::iterator).isInstanceOf(IllegalStateException.class);
        assertThat(open).hasValue(0);
    }

    @Test
    void aStreamCanBeClosed() {
        try (Stream<JsonNode> rows = EventQl.over(counting).query("FROM e IN events PROJECT INTO e").stream()) {
            assertThat(rows.findFirst()).isPresent();
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void eventsThatComeLaterAreNotSeen() {
        Iterator<Long> rows = EventQl.over(store)
                .query("FROM e IN events PROJECT INTO e.position", Long.class)
                .iterator();
        assertThat(rows.next()).isEqualTo(1);
        Events.append(store, "Sale-7", "Late", "{}", 0);
        assertThat(rows).toIterable().containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void moreRowsThanAllowedAreAnError() {
        String query = "FROM e IN events PROJECT INTO e.position";
        assertThat(EventQl.over(store).rowLimit(5).query(query)).hasSize(5);
        Iterator<JsonNode> rows =
                EventQl.over(counting).rowLimit(2).query(query).iterator();
        rows.next();
        rows.next();
        assertThatThrownBy(rows::hasNext)
                .isInstanceOf(EventQlLimitException.class)
                .hasMessageContaining("more than 2 rows");
        assertThat(open).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5 | FROM e IN events ORDER BY e.type PROJECT INTO e
            2 | FROM e IN events ORDER BY e.type TOP 2 PROJECT INTO e
            3 | FROM e IN events GROUP BY e.type PROJECT INTO COUNT()
            1 | FROM e IN events PROJECT INTO SUM(e.data.price)
            6 | FROM e IN events PROJECT INTO MEDIAN(e.data.price)
            3 | FROM e IN events PROJECT INTO DISTINCT e.type
            4 | FROM s IN subjects PROJECT INTO s
            3 | FROM t IN eventtypes PROJECT INTO t
            5 | FROM e IN events FROM f IN events PROJECT INTO 1
            0 | FROM e IN events ORDER BY e.position DESC PROJECT INTO e
            """)
    void whatIsKeptIsLimited(int kept, String query) {
        assertThat(EventQl.over(store).keeping(kept).query(query)).isNotEmpty();
        if (kept > 0) {
            assertThatThrownBy(() -> EventQl.over(counting)
                            .keeping(kept - 1)
                            .query(query)
                            .toList())
                    .isInstanceOf(EventQlLimitException.class)
                    .hasMessageContaining("keep more than " + (kept - 1));
            assertThat(open).hasValue(0);
        }
    }

    /** Goes on by a second whenever it is looked at. */
    private static final class Ticking extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void moreTimeThanAllowedIsAnError() {
        EventQl slow = EventQl.over(counting).clock(new Ticking());
        String query = "FROM e IN events PROJECT INTO COUNT()";
        assertThatThrownBy(
                        () -> slow.timeLimit(Duration.ofSeconds(3)).query(query).toList())
                .isInstanceOf(EventQlLimitException.class)
                .hasMessageContaining("longer than PT3S");
        assertThat(open).hasValue(0);
        assertThat(slow.timeLimit(Duration.ofSeconds(100)).query(query)).hasSize(1);
    }

    @Test
    void limitsMakeSense() {
        EventQl eventQl = EventQl.over(store);
        assertThatThrownBy(() -> eventQl.timeLimit(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eventQl.rowLimit(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eventQl.keeping(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROJECT INTO COUNT() == 5                                  | true
            PROJECT INTO COUNT() < 5                                   | false
            WHERE e.type == 'Never' PROJECT INTO COUNT() == 0          | true
            WHERE e.type == 'Never' TOP 1 PROJECT INTO true            | false
            WHERE e.type == 'Sale.Voided' PROJECT INTO e.position == 5 | true
            """)
    void aConditionIsTrueOrFalse(String clauses, boolean expected) {
        assertThat(EventQl.over(counting).isTrue("FROM e IN events " + clauses)).isEqualTo(expected);
        assertThat(open).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PROJECT INTO COUNT()             | this query gives 5
            PROJECT INTO {ok: COUNT() == 5}  | this query gives {"ok":true}
            PROJECT INTO true                | this query gives several rows
            TOP 1 PROJECT INTO e.data.paid   | this query gives null
            """)
    void whatIsNoConditionIsAnError(String clauses, String message) {
        assertThatThrownBy(() -> EventQl.over(counting).isTrue("FROM e IN events " + clauses))
                .isInstanceOf(EventQlException.class)
                .hasMessageContaining("A condition is one row that is true or false")
                .hasMessageContaining(message);
        assertThat(open).hasValue(0);
    }
}
