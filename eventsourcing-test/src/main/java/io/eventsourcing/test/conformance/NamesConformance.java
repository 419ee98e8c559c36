package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names of streams and types of events are texts, and mean nothing but themselves. */
public interface NamesConformance extends ConformanceSuite {

    @ParameterizedTest
    @EnumSource
    default void streamMayHaveAHostileName(HostileText hostile) {
        assertStreamsAreTwo(hostileName(hostile), hostileName(hostile));
    }

    @ParameterizedTest
    @EnumSource
    default void streamsWithSimilarNamesAreTwo(LookAlike similar) {
        UUID id = UUID.randomUUID();
        assertStreamsAreTwo(StreamName.of(similar.one(), id), StreamName.of(similar.other(), id));
    }

    @ParameterizedTest
    @EnumSource
    default void streamsWhoseNamesEndSimilarlyAreTwo(LookAlike similar) {
        String start = "Dog-" + UUID.randomUUID();
        assertStreamsAreTwo(StreamName.of(start + similar.one()), StreamName.of(start + similar.other()));
    }

    @Test
    default void streamWhoseNameIsTheStartOfAnotherIsAnother() {
        String name = "Dog-" + UUID.randomUUID();
        assertStreamsAreTwo(StreamName.of(name), StreamName.of(name + "-1"));
    }

    @Test
    default void nameOfTwoHundredBytesIsKeptToTheLast() {
        String start = UUID.randomUUID() + "x".repeat(StreamName.MAX_BYTES - 37);
        assertStreamsAreTwo(StreamName.of(start + "a"), StreamName.of(start + "b"));
    }

    @Test
    default void nameOfTwoHundredBytesMayHaveLongCharacters() {
        String start = UUID.randomUUID() + "\uD83D\uDC15".repeat(40);
        assertThat((start + "\uD83D\uDC15").getBytes(UTF_8)).hasSize(StreamName.MAX_BYTES);
        assertStreamsAreTwo(StreamName.of(start + "\uD83D\uDC15"), StreamName.of(start + "\uD83D\uDC3A"));
    }

    @ParameterizedTest
    @EnumSource
    default void nameThatStoresWouldDisagreeAboutIsRefused(RefusedName name) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamName.of(name.refused()));
        assertStreamsAreTwo(StreamName.of(name.accepted(), UUID.randomUUID()), TestEvents.newStream());
    }

    @ParameterizedTest
    @EnumSource
    default void eventMayHaveAHostileType(HostileText hostile) {
        assertTypesComeBack(hostile.text(), "Dog." + hostile.text(), hostile.text() + " ");
    }

    @ParameterizedTest
    @EnumSource
    default void eventsMayHaveSimilarTypes(LookAlike similar) {
        assertTypesComeBack(similar.one(), similar.other(), similar.one());
    }

    @Test
    default void eventMayHaveTheLongestType() {
        String start = "x".repeat(NewEvent.MAX_TYPE_LENGTH - 1);
        assertTypesComeBack(start + "a", start + "b", "\u72AC".repeat(NewEvent.MAX_TYPE_LENGTH));
    }

    private static StreamName hostileName(HostileText hostile) {
        String id = UUID.randomUUID().toString().substring(0, 12);
        return StreamName.of((hostile.text() + "-" + id + hostile.text()).strip());
    }

    private void assertStreamsAreTwo(StreamName name, StreamName otherName) {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.missing(store(), name);
        TestStream other = TestStream.missing(store(), otherName);
        stream.append(noStream(), events(2));
        other.isIntact();
        other.append(noStream(), events(1));
        stream.append(any(), events(1));
        stream.isIntact();
        other.isIntact();
        assertThat(allAfter(store(), before))
                .extracting(RecordedEvent::stream)
                .containsExactly(name, name, otherName, name);
    }

    private void assertTypesComeBack(String... types) {
        TestStream stream = TestStream.missing(store());
        for (String type : types) {
            stream.append(any(), List.of(event(type)));
        }
        assertThat(stream.read()).extracting(RecordedEvent::type).containsExactly(types);
    }
}
