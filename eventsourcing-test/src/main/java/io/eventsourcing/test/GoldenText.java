package io.eventsourcing.test;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stored events as text that a reviewer can read: one value a line, an empty line between events. */
final class GoldenText {

    private static final String BINARY = "base64:";

    private GoldenText() {}

    static String of(List<RecordedEvent> events) {
        return events.stream().map(GoldenText::of).collect(Collectors.joining("\n"));
    }

    private static String of(RecordedEvent event) {
        return "stream=" + event.stream() + "\nid=" + event.id() + "\ntime=" + event.timestamp() + "\n"
                + withoutId(event);
    }

    static String withoutIds(List<RecordedEvent> events) {
        return events.stream().map(GoldenText::withoutId).collect(Collectors.joining("\n"));
    }

    private static String withoutId(RecordedEvent event) {
        return "type=" + event.type() + "\nmetadata=" + text(event.metadata()) + "\ndata=" + text(event.data()) + "\n";
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
                && text.chars().noneMatch(Character::isISOControl)
                && !text.startsWith(BINARY);
        return isText ? text : BINARY + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.startsWith(BINARY)
                ? Base64.getDecoder().decode(text.substring(BINARY.length()))
                : text.getBytes(StandardCharsets.UTF_8);
    }

    static List<RecordedEvent> parse(String text) {
        return Arrays.stream(text.replace("\r", "").strip().split("\n\n"))
                .map(GoldenText::event)
                .toList();
    }

    private static RecordedEvent event(String lines) {
        Map<String, String> values = new LinkedHashMap<>();
        lines.lines().forEach(line -> values.put(line.replaceFirst("=.*", ""), line.replaceFirst("[^=]*=", "")));
        return new RecordedEvent(
                StreamName.of(value(values, "stream")),
                0,
                1,
                UUID.fromString(value(values, "id")),
                value(values, "type"),
                bytes(value(values, "data")),
                bytes(value(values, "metadata")),
                Instant.parse(value(values, "time")));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("An event in a golden file has no " + name + ", only " + values.keySet());
        }
        return value;
    }

    static List<NewEvent> asNew(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp()))
                .toList();
    }
}
