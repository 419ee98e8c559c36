package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.NOTHING;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes come back exactly as they were written, whatever they are. */
public interface PayloadConformance extends ConformanceSuite {

    @ParameterizedTest
    @EnumSource
    default void dataComesBackToTheByte(Payload payload) {
        assertComesBack(event(payload.bytes(), NOTHING), payload.bytes(), NOTHING);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ONE_MEGABYTE")
    default void metadataComesBackToTheByte(Payload payload) {
        assertComesBack(event(utf8("{}"), payload.bytes()), utf8("{}"), payload.bytes());
    }

    @Test
    default void metadataOfAMegabyteComesBackToTheByte() {
        byte[] bytes = Payload.ONE_MEGABYTE.bytes();
        assertComesBack(event(NOTHING, bytes), NOTHING, bytes);
    }

    @Test
    default void allPayloadsComeBackFromOneBatch() {
        List<NewEvent> batch = Stream.of(Payload.values())
                .filter(payload -> payload != Payload.ONE_MEGABYTE)
                .map(payload -> event(payload.bytes(), payload.bytes()))
                .toList();
        TestStream stream = TestStream.missing(store());
        stream.append(any(), batch);
        stream.isIntact();
    }

    @Test
    default void changingWhatWasAppendedDoesNotChangeTheStore() {
        byte[] data = utf8("data");
        byte[] metadata = utf8("metadata");
        TestStream stream = TestStream.missing(store());
        store().append(stream.name(), any(), List.of(event(data, metadata)));
        Arrays.fill(data, (byte) 'x');
        Arrays.fill(metadata, (byte) 'x');
        assertHolds(stream.read(), utf8("data"), utf8("metadata"));
    }

    @Test
    default void changingWhatWasReadDoesNotChangeTheStore() {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.missing(store());
        stream.append(any(), List.of(event(utf8("data"), utf8("metadata"))));
        spoil(stream.read());
        assertHolds(stream.read(), utf8("data"), utf8("metadata"));
        spoil(allAfter(store(), before));
        assertHolds(allAfter(store(), before), utf8("data"), utf8("metadata"));
        assertHolds(stream.read(), utf8("data"), utf8("metadata"));
    }

    private void assertComesBack(NewEvent event, byte[] data, byte[] metadata) {
        long before = lastCommitPosition(store());
        TestStream stream = TestStream.missing(store());
        stream.append(any(), List.of(event));
        assertHolds(stream.read(), data, metadata);
        assertHolds(allAfter(store(), before), data, metadata);
    }

    private static void assertHolds(List<RecordedEvent> events, byte[] data, byte[] metadata) {
        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).as("data").isEqualTo(data);
        assertThat(events.get(0).metadata()).as("metadata").isEqualTo(metadata);
    }

    private static void spoil(List<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            Arrays.fill(event.data(), (byte) 'x');
            Arrays.fill(event.metadata(), (byte) 'x');
        }
    }
}
