package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags come back as they were appended; a store without {@link Capability#CONDITIONAL_APPEND} refuses events that have some. */
public interface TagsConformance extends ConformanceSuite {

    @Test
    default void tagsComeBack() {
        comesBack(List.of(
                tagged("Conformance.Happened", "dog:1"),
                tagged("Conformance.Happened"),
                tagged("Conformance.Happened", "dog:1", "trainer:2", "a tag with spaces")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{a,b}",
                "\"",
                "\\",
                "NULL",
                "null",
                ",",
                "'",
                "%",
                "_",
                "é",
                "\uD83D\uDC15",
                "?",
                ":x",
                "$1"
            })
    default void tagWithSpecialCharactersComesBack(String tag) {
        comesBack(List.of(tagged("Conformance.Happened", tag, "other")));
    }

    @ParameterizedTest
    @EnumSource
    default void tagsThatLookAlikeAreDifferent(LookAlike names) {
        comesBack(List.of(tagged("Conformance.Happened", names.one(), names.other())));
    }

    @Test
    default void eventCanHaveAsManyAndAsLongTagsAsAreAllowed() {
        String[] tags = IntStream.range(0, NewEvent.MAX_TAGS)
                .mapToObj(i -> "%03d".formatted(i) + "x".repeat(197))
                .toArray(String[]::new);
        comesBack(List.of(tagged("Conformance.Happened", tags)));
    }

    @Test
    default void tagsOfManyEventsAppendedAtOnceComeBack() {
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(i % 3 == 0 ? tagged("Conformance.Happened") : tagged("Conformance.Happened", "n:" + i, "all"));
        }
        comesBack(events);
    }

    private void comesBack(List<NewEvent> events) {
        StreamName stream = TestEvents.newStream();
        if (!fixture().capabilities().contains(Capability.CONDITIONAL_APPEND)) {
            TestStream.of(store(), 1);
            assertThatThrownBy(() -> store().append(stream, any(), events))
                    .isInstanceOf(UnsupportedByStoreException.class)
                    .hasMessageContaining("tags");
            assertThat(store().position(stream).exists()).isFalse();
            return;
        }
        long before = lastCommitPosition(store());
        store().append(stream, any(), events);
        List<Set<String>> tags = events.stream().map(NewEvent::tags).toList();
        assertThat(store().read(stream, ReadOptions.forwards()).toList())
                .extracting(RecordedEvent::tags)
                .isEqualTo(tags);
        assertThat(allAfter(store(), before)).extracting(RecordedEvent::tags).isEqualTo(tags);
    }
}
