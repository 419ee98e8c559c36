package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ClauseTest {

    private final EventStore store = Events.sales();

    private List<String> rows(String query) {
        return EventQl.over(store).query(query).stream().map(JsonNode::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # WHERE
            WHERE e.type == 'Sale.Made' PROJECT INTO e.position | 1 2 4
            where E.type != "Sale.Made" project into E.position | 3 5
            WHERE e.position > 1 AND e.position <= 3 PROJECT INTO e.position | 2 3
            WHERE 2 < e.position PROJECT INTO e.position | 3 4 5
            WHERE e.position >= 2.5 AND e.position < 4.5 PROJECT INTO e.position | 3 4
            WHERE e.stream == 'Sale-1' PROJECT INTO e.position | 1 3
            WHERE e.subject == 'Sale-1' AND e.streamPosition == 1 PROJECT INTO e.position | 3
            WHERE e.stream == 'Sale-1' OR e.stream == 'Sale-3' PROJECT INTO e.position | 1 3 4
            WHERE STARTSWITH(e.subject, 'Sale-') AND NOT e.type == 'Sale.Made' PROJECT INTO e.position | 3
            WHERE e.data.price > 10 PROJECT INTO e.position | 2 3
            WHERE NOT e.data.price > 10 PROJECT INTO e.position | 1 4 5
            WHERE e.data.paid PROJECT INTO e.position | 2
            WHERE NOT e.data.paid PROJECT INTO e.position | 1 3 4 5
            WHERE e.data.paid == false PROJECT INTO e.position | 3
            WHERE e.data.paid == null PROJECT INTO e.position | 1 4 5
            WHERE e.data.at.city == 'Oslo' PROJECT INTO e.position | 4
            WHERE e.data.tags CONTAINS 'b' PROJECT INTO e.position | 1
            WHERE [4.5, 20.0] CONTAINS e.data.price PROJECT INTO e.position | 3 4
            WHERE e.metadata.user == 'ann' AND e.position < 2 PROJECT INTO e.position | 1
            WHERE e.time > '2026-02-05T04:05:06Z' PROJECT INTO e.position | 3 4 5
            WHERE e.time >= '2026-02-05T04:05:06.123456Z' PROJECT INTO e.position | 3 4 5
            WHERE e.time == '2026-02-05' AS DATE PROJECT INTO e.position | 3
            WHERE e.time < '2026-02-05' AS DATE PROJECT INTO e.position | 1 2
            WHERE e.time > '2026-02-06' AS DATE PROJECT INTO e.position | 5
            WHERE e.time < '2026-02-05' PROJECT INTO e.position | 1 2
            WHERE e.time > '04:05:06' AS TIME PROJECT INTO e.position | 1 2 3 4 5
            WHERE false PROJECT INTO e.position |
            # SKIP and TOP
            TOP 2 PROJECT INTO e.position | 1 2
            SKIP 3 PROJECT INTO e.position | 4 5
            SKIP 1 TOP 2 PROJECT INTO e.position | 2 3
            TOP 2 SKIP 1 PROJECT INTO e.position | 2 3
            TOP 0 PROJECT INTO e.position |
            # ORDER BY
            ORDER BY e.position DESC PROJECT INTO e.position | 5 4 3 2 1
            ORDER BY e.position ASC PROJECT INTO e.position | 1 2 3 4 5
            ORDER BY e.position DESC SKIP 1 TOP 2 PROJECT INTO e.position | 4 3
            WHERE e.stream == 'Sale-1' ORDER BY e.position DESC PROJECT INTO e.position | 3 1
            ORDER BY e.data.price PROJECT INTO e.position | 5 4 1 3 2
            ORDER BY e.data.price DESC TOP 2 PROJECT INTO e.position | 2 3
            ORDER BY e.data.department PROJECT INTO e.position | 5 2 4 1 3
            ORDER BY e.data.department DESC PROJECT INTO e.position | 1 3 2 4 5
            ORDER BY e.data.price SKIP 1 TOP 2 PROJECT INTO e.position | 4 1
            # GROUP BY
            GROUP BY e.data.department PROJECT INTO COUNT() | 2 2 1
            GROUP BY e.data.department PROJECT INTO SUM(e.data.price) | 30 30 0
            GROUP BY e.data.department HAVING COUNT() > 1 PROJECT INTO MIN(e.data.price) | 10 4.5
            GROUP BY e.data.department ORDER BY MAX(e.data.price) PROJECT INTO MAX(e.data.price) | null 20 25.5
            ORDER BY COUNT() GROUP BY e.type PROJECT INTO COUNT() | 1 1 3
            GROUP BY [e.type, e.stream] PROJECT INTO COUNT() | 1 1 1 1 1
            WHERE false GROUP BY e.type PROJECT INTO COUNT() |
            WHERE false PROJECT INTO COUNT() | 0
            PROJECT INTO COUNT() | 5
            PROJECT INTO COUNT() == 5 | true
            # DISTINCT
            PROJECT INTO DISTINCT e.type == 'Sale.Made' | true false
            TOP 1 PROJECT INTO DISTINCT 1 | 1
            SKIP 1 PROJECT INTO DISTINCT e.data.paid | true false
            ORDER BY e.data.price DESC TOP 2 PROJECT INTO DISTINCT e.data.price > 15 | true false
            """)
    void givesTheseRows(String clauses, String expected) {
        String query = "FROM " + (clauses.contains("E.type") ? "E" : "e") + " IN events " + clauses;
        assertThat(rows(query)).as(query).isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void anEventIsARecord() {
        assertThat(rows("FROM e IN events WHERE e.position == 2 PROJECT INTO e"))
                .singleElement()
                .asString()
                .startsWith("{\"id\":\"")
                .endsWith("\"type\":\"Sale.Made\",\"stream\":\"Sale-2\",\"streamPosition\":0,\"position\":2,"
                        + "\"time\":\"2026-02-04T04:05:06.123456Z\","
                        + "\"data\":{\"department\":\"books\",\"price\":25.5,\"paid\":true},"
                        + "\"metadata\":{\"user\":\"ann\"}}");
    }

    @Test
    void idsAreTexts() {
        String id =
                rows("FROM e IN events WHERE e.position == 3 PROJECT INTO e.id").get(0);
        assertThat(rows("FROM e IN events WHERE e.id == " + id + " PROJECT INTO e.position"))
                .containsExactly("3");
        assertThat(rows("FROM e IN events WHERE e.id == "
                        + id.toUpperCase(java.util.Locale.ROOT).replace("0", "F") + " PROJECT INTO e.position"))
                .isEmpty();
    }

    @Test
    void subjectsAreStreamsByTheirFirstEvents() {
        assertThat(rows("FROM s IN subjects PROJECT INTO s"))
                .containsExactly("\"Sale-1\"", "\"Sale-2\"", "\"Sale-3\"", "\"Refund/4\"");
        assertThat(rows("FROM s IN subjects WHERE STARTSWITH(s, 'R') PROJECT INTO LEN(s)"))
                .containsExactly("8");
    }

    @Test
    void eventTypesAreThoseThatAreUsed() {
        assertThat(rows("FROM t IN eventtypes ORDER BY t DESC PROJECT INTO { type: t }"))
                .containsExactly(
                        "{\"type\":\"Sale.Voided\"}", "{\"type\":\"Sale.Made\"}", "{\"type\":\"Sale.Changed\"}");
    }

    @Test
    void severalSourcesGiveEachPair() {
        assertThat(rows("FROM s IN subjects FROM t IN eventtypes PROJECT INTO [s, t]"))
                .hasSize(12);
        assertThat(rows("FROM e IN events FROM f IN events"
                        + " WHERE e.stream == f.stream AND e.position < f.position AND f.type == 'Sale.Changed'"
                        + " PROJECT INTO { from: e.data.price, to: f.data.price }"))
                .containsExactly("{\"from\":10,\"to\":20}");
    }

    @Test
    void aQueryCanBeASource() {
        assertThat(rows("FROM e IN ( FROM e IN events WHERE e.type == \"Sale.Made\""
                        + " PROJECT INTO { number: e.position, value: e.data.price } )"
                        + " WHERE e.value > 9 PROJECT INTO e"))
                .containsExactly("{\"number\":1,\"value\":10}", "{\"number\":2,\"value\":25.5}");
        assertThat(rows("FROM n IN (FROM e IN events GROUP BY e.stream PROJECT INTO COUNT()) PROJECT INTO MAX(n)"))
                .containsExactly("2");
        assertThat(rows("FROM e IN (FROM e IN events ORDER BY e.position DESC TOP 2 PROJECT INTO e)"
                        + " WHERE e.type == 'Sale.Voided' PROJECT INTO e.position"))
                .containsExactly("5");
    }

    @Test
    void theExampleOfGroups() {
        assertThat(rows("FROM e IN events GROUP BY e.data.department HAVING AVG(e.data.price) >= 15"
                        + " PROJECT INTO { department: UNIQUE(e.data.department), average: AVG(e.data.price) }"))
                .containsExactly(
                        "{\"department\":\"toys\",\"average\":15}", "{\"department\":\"books\",\"average\":15}");
    }

    @Test
    void rowsOfOneValueInsideOfRecordsAreDistinct() {
        assertThat(rows("FROM e IN events WHERE e.data.department != null"
                        + " PROJECT INTO DISTINCT { d: e.data.department, n: [1, 1.0] }"))
                .containsExactly("{\"d\":\"toys\",\"n\":[1,1]}", "{\"d\":\"books\",\"n\":[1,1]}");
    }

    @Test
    void commentsAndWordsOfTheLanguageAsFieldsAreFine() {
        assertThat(rows("FROM e /* each */ IN events // of them\n WHERE e.data.order == null AND e.position == 1"
                        + " PROJECT INTO { top: e.data.select, from: 1 }"))
                .containsExactly("{\"top\":null,\"from\":1}");
    }

    @Test
    void dataThatIsNoJsonIsNull() {
        Events.append(store, "Sale-9", "Raw", new byte[] {(byte) 0xff, 0, 1}, 0);
        Events.append(store, "Sale-9", "Raw", "{} {}", 0);
        Events.append(store, "Sale-9", "Raw", "", 0);
        Events.append(store, "Sale-9", "Raw", "5", 0);
        assertThat(rows("FROM e IN events WHERE e.type == 'Raw' PROJECT INTO { d: e.data, p: e.data.price }"))
                .containsExactly(
                        "{\"d\":null,\"p\":null}",
                        "{\"d\":null,\"p\":null}",
                        "{\"d\":null,\"p\":null}",
                        "{\"d\":5,\"p\":null}");
    }

    @Test
    void anEmptyStoreHasNoRows() {
        EventQl eventQl = EventQl.over(new MemoryEventStore());
        assertThat(eventQl.query("FROM e IN events PROJECT INTO e")).isEmpty();
        assertThat(eventQl.query("FROM e IN events PROJECT INTO COUNT()").toList())
                .extracting(JsonNode::intValue)
                .containsExactly(0);
    }
}
