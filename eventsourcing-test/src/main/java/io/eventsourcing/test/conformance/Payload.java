package io.eventsourcing.test.conformance;

import static io.eventsourcing.test.conformance.TestEvents.utf8;

import java.util.Random;
import java.util.stream.IntStream;

/** Bytes that a store which interprets, converts or pads them gets wrong. */
enum Payload {
    NOTHING(),
    ONE_ZERO_BYTE(0),
    ONE_BYTE('x'),
    TRAILING_ZERO_BYTES('x', 0, 0),
    TRAILING_SPACES(' ', 'x', ' ', ' '),
    ALL_BYTES(IntStream.range(0, 256).toArray()),
    INVALID_UTF_8('"', 0xC3, 0x28, 0xFF, 0xFE, 0xED, 0xA0, 0x80, '"'),
    BYTE_ORDER_MARK(0xEF, 0xBB, 0xBF, '{', '}'),
    LINE_ENDINGS('a', '\r', '\n', 'b', '\r', 'c', '\n'),
    ESCAPED_NULL_CHARACTER("{\"text\":\"a\\u0000b\"}"),
    LONE_SURROGATE("{\"text\":\"\\ud800\"}"),
    ODD_JSON(" {\"b\" :1,\t\"a\":[ 1.0e5,1.50 ,-0.0 ],\r\n \"b\":2 , \"n\":12345678901234567890123 } \n"),
    NO_JSON("{\"open\":"),
    BASE_64("eyJhIjoxfQ=="),
    HEXADECIMAL("\\x7b7d"),
    EMOJI("{\"dog\":\"\uD83D\uDC15\u200D\uD83E\uDDBA\"}"),
    ONE_MEGABYTE(noise(1_000_000));

    private final byte[] bytes;

    Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    Payload(String text) {
        this(utf8(text));
    }

    Payload(int... values) {
        this(narrowed(values));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private static byte[] narrowed(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
