package io.eventsourcing.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.memory.MemoryProjectionStore;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events of many pages, which are cut into batches, and some of which are read again. */
@Timeout(60)
class ReadAheadTest {

    private static final int EVENTS = 12_000;
    private static final int BIG = 700_000;

    private final EventStore events = new MemoryEventStore();

    private static NewEvent event(int bytes) {
        return new NewEvent(UUID.randomUUID(), "A.B", new byte[bytes], new byte[0], Instant.EPOCH);
    }

    private void append(String stream, int count, int bytes) {
        List<NewEvent> all =
                IntStream.range(0, count).mapToObj(i -> event(bytes)).toList();
        events.append(StreamName.of(stream), ExpectedPosition.any(), all);
    }

    private void run(ProjectionDefinition projection, ProjectionOptions options) {
        try (Projections projections = Projections.builder(EventSourcing.of(events), new MemoryProjectionStore())
                .build()) {
            projections.add(projection, options);
            projections.start();
            assertThat(projections.awaitAll(Duration.ofSeconds(50))).isTrue();
        }
    }

    @Test
    void everyEventOfManyPagesIsHandledOnceAndInOrder() {
        append("A-1", EVENTS, 2);
        List<Long> handled = new ArrayList<>();
        AtomicInteger failures = new AtomicInteger();
        ProjectionDefinition projection = ProjectionDefinition.named("pages")
                .on("A.B", event -> {
                    if (event.streamPosition() == 5_500 && failures.incrementAndGet() < 3) {
                        throw new IllegalStateException("planned");
                    }
                    handled.add(event.streamPosition());
                })
                .build();
        run(projection, ProjectionOptions.defaults().withBatchTime(Duration.ofMillis(50)));

        assertThat(failures).hasValue(3);
        assertThat(new LinkedHashSet<>(handled)) // memory doesn't undo what was done before the event that failed
                .containsExactlyElementsOf(LongStream.range(0, EVENTS).boxed().toList());
        assertThat(handled.stream().filter(position -> position > 5_500)).doesNotHaveDuplicates();
    }

    @Test
    void pagesOfBigEventsAreShort() {
        append("A-1", 4, BIG);
        append("A-2", 4, BIG);
        List<String> handled = new CopyOnWriteArrayList<>();
        ProjectionDefinition projection = ProjectionDefinition.named("big")
                .on("A.B", event -> handled.add(event.stream() + " " + event.streamPosition()))
                .build();
        run(projection, ProjectionOptions.defaults().withSegments(2));

        assertThat(handled)
                .containsExactlyInAnyOrder("A-1 0", "A-1 1", "A-1 2", "A-1 3", "A-2 0", "A-2 1", "A-2 2", "A-2 3");
    }
}
