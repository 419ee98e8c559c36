package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AsyncEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many callers on virtual threads, with fewer connections than callers. Where there are no virtual threads, or {@code
 * synchronized} still pins them (before Java 24), only the results count.
 */
class VirtualThreadsTest {

    private static final int CALLERS = 200;
    private static final int JAVA_WITHOUT_PINNING = 24;

    @TempDir
    private Path folder;

    private static ExecutorService threads() throws ReflectiveOperationException {
        if (Runtime.version().feature() < JAVA_WITHOUT_PINNING) {
            return Executors.newFixedThreadPool(CALLERS);
        }
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void noCallPinsItsCarrier(Vendor vendor) throws Exception {
        Databases.Coordinates database = vendor == Vendor.H2 ? Databases.h2File(folder) : Databases.newPostgres();
        ExecutorService threads = threads();
        try (HikariDataSource pool = database.pool(4);
                JdbcEventStore store = JdbcEventStore.builder(pool)
                        .initializeSchema(SchemaInitialization.ALWAYS)
                        .open()) {
            AsyncEventStore async = AsyncEventStore.of(store, threads);
            call(async); // classes are loaded, which pins
            assertThat(pinned(() -> call(async)))
                    .as("where virtual threads were pinned")
                    .isEmpty();
            assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(2 * 3 * CALLERS);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    /** What waits while its class is initialised pins its carrier for good. */
    private static final class Pinning {
        static {
            LockSupport.parkNanos(50_000_000);
        }

        static void load() {}
    }

    @Test
    void threadThatIsPinnedWouldBeNoticed() throws Exception {
        ExecutorService threads = threads();
        try {
            List<String> pinned = pinned(
                    () -> CompletableFuture.runAsync(Pinning::load, threads).join());
            assertThat(pinned).hasSize(Runtime.version().feature() < JAVA_WITHOUT_PINNING ? 0 : 1);
        } finally {
            threads.shutdown();
        }
    }

    private List<String> pinned(Runnable calls) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ofMillis(1))
                    .withStackTrace();
            recording.start();
            calls.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getStackTrace() == null
                        ? "nowhere"
                        : event.getStackTrace().getFrames().stream()
                                .limit(12)
                                .map(VirtualThreadsTest::place)
                                .toList()
                                .toString())
                .distinct()
                .toList();
    }

    private static String place(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static void call(AsyncEventStore async) {
        CompletableFuture<?>[] calls = IntStream.range(0, CALLERS)
                .mapToObj(i -> call(async, StreamName.of("Dog", UUID.randomUUID())))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).orTimeout(2, TimeUnit.MINUTES).join();
    }

    private static CompletableFuture<List<RecordedEvent>> call(AsyncEventStore async, StreamName stream) {
        return async.append(stream, ExpectedPosition.noStream(), List.of(TransactionContract.event()))
                .thenCompose(first -> append(async, stream, first))
                .thenCompose(second -> append(async, stream, second))
                .thenCompose(third -> async.read(stream, ReadOptions.forwards()))
                .toCompletableFuture();
    }

    private static CompletableFuture<AppendResult> append(AsyncEventStore async, StreamName stream, AppendResult last) {
        return async.append(
                        stream,
                        ExpectedPosition.exactly(last.streamPosition().value()),
                        List.of(TransactionContract.event()))
                .toCompletableFuture();
    }
}
