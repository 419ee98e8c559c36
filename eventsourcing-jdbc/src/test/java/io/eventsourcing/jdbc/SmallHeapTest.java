package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A read takes the same memory however long it is: a JVM with little heap reads an H2 file with many more events than fit
 * in. In each build these are {@value #EVENTS} events in {@value #HEAP_MEGABYTES} MB; the Maven profile {@code ten-million}
 * makes them ten million in 64 MB.
 */
class SmallHeapTest {

    private static final int EVENTS = 200_000;
    private static final int HEAP_MEGABYTES = 32;

    private static final int BYTES = 200;
    private static final StreamName STREAM = StreamName.of("Dog-1");

    @TempDir
    Path folder;

    /** Runs in the JVM with little heap. */
    static final class Reader {

        private Reader() {}

        /** Prints how many events it has read, in the way that the second argument says. */
        public static void main(String[] arguments) {
            try (HikariDataSource pool = Databases.h2File(Path.of(arguments[0])).pool(1);
                    EventStore store = JdbcEventStore.builder(pool).open()) {
                System.out.println("read " + count(store, arguments[1]));
            }
        }

        private static long count(EventStore store, String way) {
            ReadOptions forwards = ReadOptions.forwards();
            return switch (way) {
                case "all" -> store.readAll(forwards).stream().count();
                case "backwards" ->
                    store.readAll(ReadOptions.backwards()).stream().count();
                case "stream" -> store.read(STREAM, forwards).stream().count();
                case "types" ->
                    store.readAll(forwards.types("Type1", "Type2")).stream().count();
                case "publisher" -> published(store.readAll(forwards));
                case "list" -> store.readAll(forwards).toList().size();
                default -> throw new IllegalArgumentException(way);
            };
        }

        private static long published(EventSequence events) {
            Counter counter = new Counter();
            events.publisher().subscribe(counter);
            return counter.await();
        }
    }

    private static final class Counter implements Flow.Subscriber<RecordedEvent> {

        private final CountDownLatch end = new CountDownLatch(1);
        private volatile long count;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread at a time
        public void onNext(RecordedEvent event) {
            count++;
        }

        @Override
        public void onError(Throwable e) {
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }

        long await() {
            try {
                end.await();
                return count;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void aReadIsOfBoundedMemoryWhateverItsLength() throws Exception {
        int events = Integer.getInteger("eventsourcing.test.events", EVENTS);
        int heap = Integer.getInteger("eventsourcing.test.heap", HEAP_MEGABYTES);
        fill(events);
        for (String way : List.of("all", "publisher")) {
            assertThat(output(heap, way)).as(way).endsWith("read " + events);
        }
        assertThat(output(heap, "types")).endsWith("read " + events / 10 * 2);
        assertThat(output(heap, "list"))
                .as("what can't hold them all can't hold them all")
                .contains("OutOfMemoryError");
    }

    /** By one statement, which is a hundred times faster than appends. */
    private void fill(int events) {
        try (HikariDataSource pool = Databases.h2File(folder).pool(1)) {
            JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open()
                    .close();
            JdbcTemplate jdbc = new JdbcTemplate(pool);
            jdbc.update("INSERT INTO es_streams (name) VALUES (?)", STREAM.value());
            jdbc.update("""
                    INSERT INTO es_events
                        (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
                    SELECT x, 1, x - 1, RANDOM_UUID(), TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00',
                        'Type' || MOD(x, 10), CAST(REPEAT('ab', %d) AS VARBINARY), CAST('' AS VARBINARY)
                    FROM SYSTEM_RANGE(1, ?)""".formatted(BYTES / 2), events);
        }
    }

    private String output(int heapMegabytes, String way) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reader.class.getName(),
                        folder.toString(),
                        way)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }
}
