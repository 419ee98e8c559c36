package io.eventsourcing.eventql;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Queries and events of few words, so that they meet. The same seed gives the same ones. */
final class RandomQueries {

    static final List<String> STREAMS = List.of("Dog-1", "Dog-2", "Dog_1", "Cat-1", "Größe%1");
    static final List<String> TYPES = List.of("Dog.Registered", "Dog.TrickAdded", "Cat.Fed");
    private static final List<String> FIELDS = List.of("name", "name", "n", "flag", "o.name", "o.n", "über", "list");
    private static final List<String> OPERATORS = List.of("==", "==", "==", "!=", "<", "<=", ">", ">=");

    private final Random random;

    RandomQueries(long seed) {
        this.random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Mostly JSON. */
    byte[] data() {
        byte[] bytes =
                (random.nextInt(8) == 0 ? one(ODD) : object(2)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static final List<String> ODD = List.of(
            "",
            "5",
            "null",
            "{\"name\":\"a\"} x",
            "{\"name\":\"\\u0000\"}",
            "{\"name\":\"\\u0061\"}",
            "{\"name\":\"a\\/b\"}",
            "{\"n\":1e400}",
            "{\"n\":1e-400}",
            "{\"n\":1e200000}",
            "{\"name\":\"x\",\"name\":\"a\"}",
            "{\"name\":\"\ud83d\ude00\",\"n\":5}",
            "\ufeff{\"name\":\"a\"}",
            "[".repeat(700) + "]".repeat(700),
            "{\"o\":" + "[".repeat(700) + "]".repeat(700) + ",\"name\":\"a\"}",
            "{\"pad\":\"" + "x".repeat(9000) + "\",\"name\":\"a\",\"n\":5}",
            "{");

    private String object(int depth) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> member(depth))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String member(int depth) {
        String name = one(List.of("name", "n", "flag", "o", "über", "list"));
        return "\"" + name + "\":" + (name.equals("o") && depth > 0 ? object(depth - 1) : literal('"'));
    }

    private String literal(char quote) {
        return one(List.of(
                quote + "a" + quote,
                quote + "a" + quote,
                quote + "\\u0061" + quote,
                quote + "a\\/b" + quote,
                quote + "b" + quote,
                quote + "é" + quote,
                quote + "a/b" + quote,
                quote + "a\\\"b" + quote,
                quote + "" + quote,
                quote + "2026-02-04" + quote,
                "0",
                "1",
                "1.0",
                "2.5",
                "5",
                "12345678901234567890",
                "true",
                "false",
                "null",
                "[1, " + quote + "a" + quote + "]"));
    }

    /** Of events that are called e. */
    String condition(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf();
        }
        return switch (random.nextInt(5)) {
            case 0 -> "NOT (" + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " XOR " + condition(depth - 1) + ")";
            case 2 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
        };
    }

    private String leaf() {
        String field = "e.data." + one(FIELDS);
        return switch (random.nextInt(14)) {
            case 0 -> "e.type " + one(List.of("==", "!=", "<")) + " '" + one(TYPES) + "'";
            case 1 -> "['" + one(TYPES) + "', '" + one(TYPES) + "'] CONTAINS e.type";
            case 2 -> "e.stream " + one(OPERATORS) + " '" + one(STREAMS) + "'";
            case 3 -> "STARTSWITH(e.subject, '" + one(List.of("Dog", "Dog_", "Größe%", "", "x")) + "')";
            case 4 -> "e.time " + one(OPERATORS) + " '" + one(TIMES) + "'";
            case 5 -> "e.time " + one(OPERATORS) + " '2026-02-0" + (1 + random.nextInt(8)) + "' AS DATE";
            case 6 ->
                "e.position " + one(OPERATORS) + " " + one(List.of("3", "10.5", "-1", "25", "9999999999999999999"));
            case 7 -> random.nextInt(15) + " " + one(OPERATORS) + " e.streamPosition";
            case 8 -> field;
            case 10, 11 -> "e.data.name == " + one(List.of("'a'", "'b'", "'é'", "'a/b'", "'a\\\"b'"));
            case 9 -> "[" + literal('\'') + ", " + literal('\'') + "] CONTAINS " + field;
            default -> field + " " + one(OPERATORS) + " " + literal('\'');
        };
    }

    private static final List<String> TIMES = List.of(
            "2026-02-04T04:05:06.123456Z",
            "2026-02-05T04:05:06.1234567Z",
            "2026-02-05T04:05:06.123456Z",
            "2026-02-06",
            "0000-01-01",
            "+999999-01-01T00:00:00Z");

    String query() {
        String order =
                one(List.of("", "", "ORDER BY e.position DESC", "ORDER BY e.data.n", "ORDER BY e.time DESC TOP 7"));
        String rows = one(List.of("", "TOP 3", "SKIP 2"));
        String projection = one(List.of("e.position", "e.position", "{ n: e.data.n, p: e.position }", "COUNT()"));
        if (projection.equals("COUNT()") || order.contains("TOP")) {
            rows = "";
        }
        return "FROM e IN events WHERE " + condition(4) + " " + (projection.equals("COUNT()") ? "" : order) + " " + rows
                + " PROJECT INTO " + projection;
    }
}
