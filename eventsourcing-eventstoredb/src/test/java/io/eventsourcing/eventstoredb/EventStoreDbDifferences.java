package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.test.conformance.Capability;
import io.eventsourcing.test.conformance.MultiStreamConformance;
import io.eventsourcing.test.conformance.RoleConformance;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the server can't do what the published suites expect, and what the store does instead. */
interface EventStoreDbDifferences extends RoleConformance, MultiStreamConformance {

    private boolean severalStreams() {
        return fixture().capabilities().contains(Capability.MULTI_STREAM_APPEND);
    }

    /**
     * What a server can isn't known before it is asked, and appends to one stream alone always work: so the store always
     * plays the role, and refuses the rest by name.
     */
    @Override
    @Test
    default void appendsToSeveralStreamsAreSupportedIfAndOnlyIfTheFixtureSaysSo() {
        MultiStreamAppender appender = store().require(MultiStreamAppender.class);
        StreamName one = Events.newStream();
        StreamName other = Events.newStream();
        assertThat(appender.append(List.of(new StreamAppend(one, any(), Events.some(2)))))
                .singleElement()
                .satisfies(result -> assertThat(result.streamPosition()).isEqualTo(StreamPosition.of(1)));
        List<StreamAppend> two =
                List.of(new StreamAppend(one, any(), Events.some(1)), new StreamAppend(other, any(), Events.some(1)));
        if (severalStreams()) {
            assertThat(appender.append(two)).hasSize(2);
        } else {
            assertThatThrownBy(() -> appender.append(two))
                    .isInstanceOf(UnsupportedByStoreException.class)
                    .hasMessageContaining("25.1");
            assertThat(store().position(one)).isEqualTo(StreamPosition.of(1));
            assertThat(store().position(other)).isEqualTo(StreamPosition.NONE);
        }
    }

    /** The server can't check a stream without writing to it, so a guard is refused before anything is written. */
    @Override
    @Test
    default void emptyAppendToOneStreamGuardsTheOthers() {
        StreamName guard = Events.newStream();
        StreamName stream = Events.newStream();
        List<NewEvent> events = Events.some(1);
        store().append(guard, any(), Events.some(1));
        assertThatThrownBy(() -> store().require(MultiStreamAppender.class)
                        .append(List.of(
                                new StreamAppend(stream, any(), events),
                                new StreamAppend(guard, streamExists(), List.of()))))
                .isInstanceOf(UnsupportedByStoreException.class)
                .hasMessageContaining("gets no events");
        assertThat(store().position(stream)).isEqualTo(StreamPosition.NONE);
    }
}
