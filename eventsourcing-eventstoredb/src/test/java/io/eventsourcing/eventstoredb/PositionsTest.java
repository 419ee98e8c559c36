package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server reads all events from the start of a record alone; the store from anywhere. */
class PositionsTest {

    @Test
    void everyPlaceInTheLogIsAPlaceToReadFrom() {
        try (TestedServer server = TestedServer.start();
                EventStoreDbEventStore store = server.store().open()) {
            for (int i = 1; i <= 3; i++) {
                store.append(Events.newStream(), ExpectedPosition.any(), Events.some(1 + i % 2));
            }
            List<RecordedEvent> all = store.readAll(ReadOptions.forwards()).toList();
            List<RecordedEvent> last = all.subList(Math.max(0, all.size() - 3), all.size());
            assertThat(last).hasSize(3);
            for (long position = last.get(0).commitPosition() - 2;
                    position <= last.get(2).commitPosition() + 2;
                    position++) {
                isReadForwards(store, last, position);
                isReadBackwards(store, last, position);
            }
        }
    }

    private static void isReadForwards(EventStoreDbEventStore store, List<RecordedEvent> last, long position) {
        List<RecordedEvent> expected = last.stream()
                .filter(event -> event.commitPosition() >= position)
                .toList();
        assertThat(store.readAll(ReadOptions.forwards().from(position)).toList())
                .as("forwards from %d", position)
                .isEqualTo(expected);
        assertThat(store.readAll(ReadOptions.forwards().from(position).limit(1)).toList())
                .as("forwards from %d, one", position)
                .isEqualTo(expected.subList(0, Math.min(1, expected.size())));
    }

    private static void isReadBackwards(EventStoreDbEventStore store, List<RecordedEvent> last, long position) {
        List<RecordedEvent> expected = new ArrayList<>(
                last.stream().filter(event -> event.commitPosition() < position).toList());
        Collections.reverse(expected);
        assertThat(store.readAll(ReadOptions.backwards().from(position).limit(expected.size()))
                        .toList())
                .as("backwards from %d", position)
                .isEqualTo(expected);
    }
}
