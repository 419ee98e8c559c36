package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions are, in a store of one event. */
class ExpressionTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-21T10:20:30.5Z"), ZoneId.of("Asia/Kathmandu"));

    private final EventStore store = new MemoryEventStore();

    private String value(String expression) {
        Events.append(
                store,
                "S-1",
                "T",
                "{\"n\":7,\"text\":\"Fido\",\"yes\":true,\"list\":[1,[2]],\"born\":\"2020-02-29\",\"huge\":1e9999999,"
                        + "\"o\":{\"a\":1,\"b\":2},\"p\":{\"b\":2.0,\"a\":1}}",
                0);
        return EventQl.over(store)
                .clock(CLOCK)
                .query("FROM e IN events PROJECT INTO " + expression)
                .toList()
                .get(0)
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # literals
            "a\\tb\\u00e9\\"'"            | "a\\tbé\\"'"
            'a"\\'\\/'                    | "a\\"'/"
            [1, 'a', null, true, []]      | [1,"a",null,true,[]]
            1.50                          | 1.5
            100                           | 100
            1e3                           | 1000
            12345678901234567890123       | 12345678901234567890123
            -2                            | -2
            # arithmetic
            1 + 2 * 3                     | 7
            (1 + 2) * 3                   | 9
            7 / 2                         | 3.5
            6 / 2                         | 3
            1 / 3                         | 0.3333333333333333333333333333333333
            0.1 + 0.2                     | 0.3
            1 / 0                         | null
            2 - -3                        | 5
            9007199254740993 + 0          | 9007199254740993
            e.data.n - 10                 | -3
            e.data.text + 1               | null
            e.data.missing + 1            | null
            -e.data.text                  | null
            e.data.huge                   | null
            1e9999 * 1e9999               | null
            # comparisons
            1 == 1.0                      | true
            'a' == "a"                    | true
            'a' == e.data.n               | false
            e.data.text == 7              | false
            e.data.text != 7              | true
            e.data.text < 7               | false
            e.data.text >= 7              | false
            e.data.missing == null        | true
            e.data.missing != null        | false
            e.data.missing < 1            | false
            e.data.missing >= 1           | false
            null == null                  | true
            'B' < 'a'                     | true
            'a' < 'ab'                    | true
            '\\uffff' < '\\ud83d\\ude00'  | true
            false < true                  | true
            e.data.o == e.data.p          | true
            e.data.o < e.data.p           | false
            [1, 2] == [1.0, 2]            | true
            e.data.list CONTAINS 1        | true
            e.data.list CONTAINS [2]      | true
            e.data.list CONTAINS 2        | false
            e.data.text CONTAINS 'F'      | false
            e.time == '2026-02-03T05:05:06.123456+01:00' | true
            '2026-01-01' AS DATE == '2026-01-01' | true
            e.data.born < '2020-03-01' AS DATE   | true
            e.data.text < '2020-03-01' AS DATE   | false
            e.time > '2026-02-03' AS DATE        | false
            e.time >= '2026-02-03' AS DATE       | true
            # logic: AND binds before XOR, and XOR before OR; NOT binds before all of them and behind comparisons
            true OR true AND false        | true
            true OR true XOR true         | true
            true XOR true AND false       | true
            NOT 1 == 2                    | true
            NOT true OR true              | true
            e.data.missing OR true        | true
            e.data.missing AND true       | false
            NOT e.data.missing            | true
            NOT e.data.text               | true
            e.data.yes XOR e.data.missing | true
            [true] CONTAINS true AND false | false
            # casts
            '12' AS INT                   | 12
            '12.9' AS INT                 | 12
            -12.9 AS INT                  | -12
            '12.9' AS FLOAT64             | 12.9
            e.data.text AS INT            | null
            e.position AS STRING          | "1"
            2.5 AS STRING                 | "2.5"
            true AS string                | "true"
            'true' AS BOOLEAN             | true
            e.data.text AS BOOLEAN        | null
            e.data.list AS STRING         | null
            e.time AS DATE                | "2026-02-03"
            e.time AS TIME                | "04:05:06.123456"
            '10:00' AS TIME               | "10:00:00"
            e.data.born AS DATETIME       | "2020-02-29T00:00:00Z"
            e.time AS STRING              | "2026-02-03T04:05:06.123456Z"
            '2026-02-03T23:00:00-02:00' AS DATE | "2026-02-04"
            # functions of numbers
            ABS(-2.5)                     | 2.5
            CEIL(2.1)                     | 3
            CEIL(-2.1)                    | -2
            FLOOR(-2.1)                   | -3
            ROUND(2.5)                    | 3
            ROUND(-2.5)                   | -3
            ROUND(2.345, 2)               | 2.35
            ROUND(1250, -2)               | 1300
            COS(0)                        | 1
            EXP(0)                        | 1
            EXP(1000)                     | null
            POW(2, 10)                    | 1024
            POW(2, -1)                    | 0.5
            POW(4, 0.5)                   | 2
            POW(0, -1)                    | null
            SQRT(9)                       | 3
            SQRT(-9)                      | null
            PI()                          | 3.141592653589793
            RAND() >= 0 AND RAND() < 1    | true
            ABS(e.data.text)              | null
            # functions of texts
            LOWER('FİDO I')               | "fi̇do i"
            UPPER('fido i')               | "FIDO I"
            TRIM('  a b ')                | "a b"
            LTRIM('  a ')                 | "a "
            RTRIM('  a ')                 | "  a"
            LEN('a😀')                    | 2
            LEN('')                       | 0
            INSTR('a😀bc', 'bc')          | 3
            INSTR('abc', 'x')             | 0
            SUBSTRING('a😀bc', 2, 2)      | "😀b"
            SUBSTRING('abc', 2)           | "bc"
            SUBSTRING('abc', 0, 2)        | "a"
            SUBSTRING('abc', 9)           | ""
            SUBSTRING('abc', 1, -1)       | null
            SUBSTRING('abc', 1.5)         | null
            REPLACE('aXbX', 'X', '-')     | "a-b-"
            REPLACE('ab', '', '-')        | "ab"
            STARTSWITH(e.data.text, 'Fi') | true
            ENDSWITH('Fido', 'Do')        | false
            STARTSWITH(e.data.n, 'Fi')    | null
            # functions of time
            NOW()                         | "2026-11-21T10:20:30.500Z"
            YEAR(e.time)                  | 2026
            MONTH(e.data.born)            | 2
            DAY('2020-02-29' AS DATE)     | 29
            HOUR(e.time)                  | 4
            MINUTE('10:20' AS TIME)       | 20
            SECOND(NOW())                 | 30
            WEEKDAY('2026-11-21' AS DATE) | 6
            YEAR(e.data.text)             | null
            # choice
            IF(e.data.n > 5, 'big', 'small') | "big"
            IF(e.data.missing, 1, 2)         | 2
            """)
    void isThis(String expression, String expected) {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @Test
    void whatIsKnownOfARecordIsKnownByItsFields() {
        assertThat(value("{ a: 1, b: { c: e.type } }")).isEqualTo("{\"a\":1,\"b\":{\"c\":\"T\"}}");
    }
}
