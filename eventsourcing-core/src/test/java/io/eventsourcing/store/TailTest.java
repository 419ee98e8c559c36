package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TailTest {

    private static final int MEGABYTE = 1 << 20;

    private static List<RecordedEvent> events(int bytes, long... positions) {
        return LongStream.of(positions)
                .mapToObj(position -> new RecordedEvent(
                        StreamName.of("Dog-1"),
                        position,
                        position,
                        UUID.randomUUID(),
                        "Dog.TrickAdded",
                        new byte[bytes],
                        new byte[0],
                        Instant.EPOCH))
                .toList();
    }

    private static List<Long> behind(Tail tail, long position) {
        return tail.behind(position).orElseThrow().stream()
                .map(RecordedEvent::commitPosition)
                .toList();
    }

    @Test
    void hasEverythingBehindWhereItBegins() {
        Tail tail = Tail.at(5).with(events(1, 7, 8)).with(events(1, 11));
        assertThat(tail.head()).isEqualTo(11);
        assertThat(tail.behind(4)).isEmpty();
        assertThat(behind(tail, 5)).containsExactly(7L, 8L, 11L);
        assertThat(behind(tail, 6)).containsExactly(7L, 8L, 11L);
        assertThat(behind(tail, 7)).containsExactly(8L, 11L);
        assertThat(behind(tail, 9)).containsExactly(11L);
        assertThat(behind(tail, 11)).isEmpty();
        assertThat(behind(tail, 99)).isEmpty();
    }

    @Test
    void anUnknownOneKnowsNothing() {
        assertThat(Tail.UNKNOWN.behind(0)).isEmpty();
        assertThat(Tail.UNKNOWN.behind(99)).isEmpty();
        assertThat(Tail.UNKNOWN.head()).isNegative();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        Tail tail = Tail.at(0);
        for (long i = 1; i <= 1_500; i++) {
            tail = tail.with(events(1, 2 * i));
        }
        assertThat(tail.behind(999)).isEmpty();
        assertThat(behind(tail, 1_000)).hasSize(1_000).startsWith(1_002L).endsWith(3_000L);
    }

    @Test
    void forgetsTheOldestWhenTheyAreTooLarge() {
        Tail tail = Tail.at(0).with(events(MEGABYTE, 1, 2, 3, 4, 5, 6));
        assertThat(tail.behind(1)).isEmpty();
        assertThat(behind(tail, 2)).containsExactly(3L, 4L, 5L, 6L);
        Tail huge = tail.with(events(10 * MEGABYTE, 7));
        assertThat(huge.behind(5)).isEmpty();
        assertThat(behind(huge, 6)).containsExactly(7L);
    }

    @Test
    void pausesGrowUpToALimit() {
        BackOff backOff = new BackOff();
        assertThat(backOff.next()).isEqualTo(Duration.ofMillis(100));
        assertThat(backOff.next()).isEqualTo(Duration.ofMillis(200));
        for (int i = 0; i < 100; i++) {
            assertThat(backOff.next()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(10));
        }
        assertThat(backOff.next()).isEqualTo(Duration.ofSeconds(10));
        backOff.reset();
        assertThat(backOff.next()).isEqualTo(Duration.ofMillis(100));
    }
}
