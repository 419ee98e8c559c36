package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.memory.MemoryEventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query says that makes no sense: where it is, what was found, and what to do. */
class MistakeTest {

    private static void ask(String query) {
        EventQl.over(new MemoryEventStore()).query(query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # grammar
            ``                                                       | 1 | Found the end of the query, expected FROM
            SELECT * FROM e                                          | 1 | Found 'SELECT', expected FROM
            FROM e IN event PROJECT INTO e                           | 11 | Found 'event', expected '(' or EVENTS or SUBJECTS or EVENTTYPES
            FROM e IN events PROJEC INTO e                           | 18 | Found 'PROJEC', expected
            FROM e IN events PROJECT INTO                            | 30 | Found the end of the query, expected an expression or DISTINCT
            FROM e IN events WHERE PROJECT INTO e                    | 24 | Found 'PROJECT', expected an expression
            FROM e IN events PROJECT INTO e e                        | 33 | Found 'e', expected
            FROM e IN events PROJECT INTO (e                         | 33 | Found the end of the query, expected
            FROM e IN events WHERE e.type = 'x' PROJECT INTO e       | 31 | is a quote missing
            FROM e IN events WHERE e.type == 'x PROJECT INTO e       | 34 | is a quote missing
            FROM e IN events WHERE e.type == '\\x' PROJECT INTO e    | 34 | a \\ too much
            FROM e IN events TOP x PROJECT INTO e                    | 22 | Found 'x', expected a whole number
            FROM e IN events TOP 99999999999999999999 PROJECT INTO e | 22 | at most 9223372036854775807
            FROM e IN events TOP 1 TOP 2 PROJECT INTO e              | 24 | second 'TOP'
            FROM e IN events SKIP 1 SKIP 2 PROJECT INTO e            | 25 | second 'SKIP'
            FROM e IN events ORDER BY 1 ORDER BY 2 PROJECT INTO e    | 29 | second 'ORDER'
            # names
            FROM e IN events PROJECT INTO f                          | 31 | Nothing is called 'f' here; there is e
            FROM e IN events FROM e IN subjects PROJECT INTO e       | 23 | 'e' is taken
            FROM e IN events PROJECT INTO e.source                   | 31 | e has no field 'source'; it has id, type, stream, streamPosition, position, time, data, metadata, subject
            FROM e IN events PROJECT INTO e.type.x                   | 31 | e.type is a string, which has no field 'x'
            FROM s IN subjects PROJECT INTO s.name                   | 33 | s is a string, which has no field 'name'
            FROM e IN (FROM e IN events PROJECT INTO {a: 1}) PROJECT INTO e.b | 63 | e has no field 'b'; it has a
            FROM e IN events PROJECT INTO LENGTH(e.type)             | 31 | no function 'LENGTH'; there are ABS, AVG
            FROM e IN events PROJECT INTO e.id AS UUID               | 39 | no type 'UUID'. AS takes STRING, INT
            FROM e IN events PROJECT INTO {}                         | 31 | at least one field
            FROM e IN events PROJECT INTO {a: 1, a: 2}               | 38 | 'a' is already in this record
            # types
            FROM e IN events WHERE e.type PROJECT INTO e             | 24 | WHERE takes a boolean, and this is a string
            FROM e IN events WHERE 1 PROJECT INTO e                  | 24 | WHERE takes a boolean, and this is a number
            FROM e IN events PROJECT INTO NOT e.position             | 35 | NOT takes a boolean, and this is a number
            FROM e IN events PROJECT INTO true AND 'a'               | 40 | AND takes a boolean, and this is a string
            FROM e IN events PROJECT INTO e.type + 1                 | 31 | + takes a number, and this is a string
            FROM e IN events PROJECT INTO -true                      | 32 | - takes a number, and this is a boolean
            FROM e IN events PROJECT INTO e.type == 1                | 38 | a string and a number can't be compared with ==
            FROM e IN events PROJECT INTO 1 < 2 < 3                  | 37 | a boolean and a number can't be compared with <
            FROM e IN events PROJECT INTO e.time > 'yesterday'       | 40 | 'yesterday' is compared with a datetime, and is none. Write "2026-02-03T04:05:06Z"
            FROM e IN events PROJECT INTO e.time == 5                | 38 | a datetime and a number
            FROM e IN events PROJECT INTO '10:00' AS TIME < '2026-01-01' AS DATE | 47 | a time and a date
            FROM e IN events PROJECT INTO 'x' AS INT                 | 31 | 'x' can't become INT
            FROM e IN events PROJECT INTO [1] AS INT                 | 31 | an array can't become INT
            FROM e IN events PROJECT INTO true AS DATE               | 31 | a boolean can't become DATE
            FROM e IN events PROJECT INTO 'abc' CONTAINS 'a'         | 31 | CONTAINS, on its left side, takes an array, and this is a string
            FROM e IN events PROJECT INTO LOWER(1)                   | 37 | Argument 1 of LOWER takes a string, and this is a number
            FROM e IN events PROJECT INTO LOWER()                    | 31 | LOWER takes 1 arguments, and here are 0
            FROM e IN events PROJECT INTO ROUND(1, 2, 3)             | 31 | ROUND takes 1 to 2 arguments, and here are 3
            FROM e IN events PROJECT INTO IF(1, 2, 3)                | 34 | Argument 1 of IF takes a boolean, and this is a number
            FROM e IN events PROJECT INTO 1e99999                    | 31 | too large or too small
            # aggregates
            FROM e IN events WHERE COUNT() > 1 PROJECT INTO e        | 24 | no aggregate here: WHERE looks at single rows. Put the condition into HAVING
            FROM e IN events PROJECT INTO { a: e.type, b: COUNT() }  | 36 | 'e.type' is of a single one. Put it into an aggregate; if it is the same in all of them, UNIQUE(e.type)
            FROM e IN events ORDER BY e.time PROJECT INTO COUNT()    | 27 | 'e.time' is of a single one
            FROM e IN events GROUP BY e.type PROJECT INTO e.type     | 47 | UNIQUE(e.type)
            FROM e IN events GROUP BY e.type PROJECT INTO 1          | 47 | no aggregate in what it is projected into
            FROM e IN events GROUP BY COUNT() PROJECT INTO COUNT()   | 27 | GROUP BY looks at single rows
            FROM e IN events GROUP BY e.type HAVING true PROJECT INTO COUNT() | 41 | HAVING looks at groups, and there is no aggregate in it
            FROM e IN events GROUP BY e.type HAVING COUNT() PROJECT INTO COUNT() | 41 | HAVING takes a boolean, and this is a number
            FROM e IN events GROUP BY e.type HAVING e.type == 'a' PROJECT INTO COUNT() | 41 | 'e.type' is of a single one
            FROM e IN events PROJECT INTO SUM(COUNT())               | 35 | can't be part of another one. Compute it in a nested query
            FROM e IN events PROJECT INTO SUM()                      | 31 | SUM takes one argument, and here are 0
            FROM e IN events PROJECT INTO COUNT(1, 2)                | 31 | COUNT takes at most one argument, and here are 2
            FROM e IN events PROJECT INTO COUNT(e)                   | 37 | COUNT takes a boolean, and this is a record
            FROM e IN events PROJECT INTO SUM(e.type)                | 35 | SUM takes a number, and this is a string
            """)
    void isExplained(String query, int column, String message) {
        assertThatThrownBy(() -> ask(query)).as(query).isInstanceOfSatisfying(EventQlException.class, e -> {
            assertThat(e).hasMessageContaining(message);
            assertThat(e.line()).isEqualTo(1);
            assertThat(e.column()).as(e.getMessage()).isEqualTo(column);
        });
    }

    @Test
    void theLineIsThatOfTheQuery() {
        assertThatThrownBy(() -> ask("FROM e IN events\n  WHERE e.typ == 'a'\n  PROJECT INTO e"))
                .isInstanceOfSatisfying(
                        EventQlException.class, e -> assertThat(e.line()).isEqualTo(2))
                .hasMessageStartingWith("Line 2, column 9: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "[", "{a:", "NOT ", "-", "- (", "NOT NOT (", "ABS(", "1 + ", "true OR ", "(FROM e IN "})
    void whatIsTooDeepIsRefused(String part) {
        for (int count : new int[] {251, 5_000}) {
            assertThatThrownBy(() -> ask("FROM e IN " + (part.contains("FROM") ? "" : "events PROJECT INTO ")
                            + part.repeat(count) + (part.contains("FROM") ? "events" : "1")))
                    .isInstanceOf(EventQlException.class);
        }
        assertThatThrownBy(() -> ask("FROM e IN events PROJECT INTO " + "(".repeat(300) + "1" + ")".repeat(300)))
                .hasMessageContaining("More than 250 parts");
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> ask("FROM e IN events PROJECT INTO '" + "x".repeat(70_000) + "'"))
                .isInstanceOf(EventQlException.class)
                .hasMessageContaining("at most 65536 characters");
    }

    @Test
    void manyAlternativesAreAnArray() {
        String types = "'T'" + ", 'T'".repeat(5_000);
        ask("FROM e IN events WHERE [" + types + "] CONTAINS e.type PROJECT INTO e");
    }
}
