package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COUNT()             | 1 2 3 x | 4
            COUNT()             |         | 0
            COUNT(e.data.v > 1) | 1 2 3 x | 2
            COUNT(e.data.v)     | 1 x     | 0
            SUM(e.data.v)       | 1 2 3 x | 6
            SUM(e.data.v)       | x       | 0
            SUM(e.data.v)       | 0.1 0.2 | 0.3
            AVG(e.data.v)       | 1 2 x   | 1.5
            AVG(e.data.v)       |         | null
            MIN(e.data.v)       | 3 1 2   | 1
            MIN(e.data.v)       | 3 x     | 3
            MAX(e.data.v)       | 3 x 10  | 10
            MAX(e.data.v)       | x       | null
            MAX(e.time)         | 1       | "2026-02-03T04:05:06.123456Z"
            MEDIAN(e.data.v)    | 9 1 2   | 2
            MEDIAN(e.data.v)    | 9 1 2 4 | 3
            MEDIAN(e.data.v)    | x       | null
            VARIANCE(e.data.v)  | 1 3 5 x | 4
            VARIANCE(e.data.v)  | 5       | null
            STDDEV(e.data.v)    | 1 3 5   | 2
            STDDEV(e.data.v)    | 5       | null
            UNIQUE(e.data.v)    | 4 4.0 4 | 4
            UNIQUE(e.data.v)    | 4 5     | null
            UNIQUE(e.data.v)    | 4 x     | null
            UNIQUE(e.data.v)    |         | null
            SUM(e.data.v) / COUNT() * 2 | 1 2 | 3
            """)
    void comesTo(String aggregate, String values, String expected) {
        EventStore store = new MemoryEventStore();
        for (String value : values == null ? new String[0] : values.split(" ")) {
            Events.append(store, "S-1", "T", value.equals("x") ? "{}" : "{\"v\":" + value + "}", 0);
        }
        List<String> rows = EventQl.over(store).query("FROM e IN events PROJECT INTO " + aggregate).stream()
                .map(Object::toString)
                .toList();
        assertThat(rows).containsExactly(expected);
    }
}
