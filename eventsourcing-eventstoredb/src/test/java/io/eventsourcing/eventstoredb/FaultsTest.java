package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.store.ExpectedPosition.streamExists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.eventstoredb.test.WriteFault;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong between the store and the server is repeated, or said as it is. */
class FaultsTest {

    private final EventStoreDbServer server = EventStoreDbServer.start();
    private final StreamName stream = Events.newStream();

    @AfterEach
    void stop() {
        server.close();
    }

    private EventStoreDbEventStore open() {
        return EventStoreDbEventStore.builder(server.connectionString()).open();
    }

    /** Gives up soon. */
    private EventStoreDbEventStore openImpatient(String parameters) {
        return EventStoreDbEventStore.builder(server.connectionString() + parameters)
                .patience(Duration.ofMillis(700))
                .open();
    }

    private static List<NewEvent> events(EventStore store, StreamName stream) {
        return store.read(stream, ReadOptions.forwards()).stream()
                .map(event -> new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp()))
                .toList();
    }

    static Stream<Arguments> faultsAndExpectations() {
        return Stream.of(WriteFault.values())
                .flatMap(fault -> Stream.of(any(), noStream(), streamExists(), exactly(1))
                        .map(expected -> Arguments.of(fault, expected)));
    }

    @ParameterizedTest
    @MethodSource("faultsAndExpectations")
    void appendWhoseAnswerIsAFaultIsMadeOnce(WriteFault fault, ExpectedPosition expected) {
        try (EventStoreDbEventStore store = open()) {
            List<NewEvent> before = Events.some(expected == noStream() ? 0 : 2);
            store.append(stream, any(), before);
            List<NewEvent> batch = Events.some(3);
            server.faults().failWrites(2, fault);
            AppendResult result = store.append(stream, expected, batch);
            assertThat(events(store, stream))
                    .isEqualTo(Stream.concat(before.stream(), batch.stream()).toList());
            RecordedEvent last = store.read(stream, ReadOptions.backwards().limit(1))
                    .iterator()
                    .next();
            assertThat(result)
                    .isEqualTo(
                            new AppendResult(stream, StreamPosition.of(last.streamPosition()), last.commitPosition()));
        }
    }

    static Stream<ExpectedPosition> expectationsWithoutAPlace() {
        return Stream.of(any(), streamExists());
    }

    /** The server remembers ids for some time, and in memory. */
    @ParameterizedTest
    @MethodSource("expectationsWithoutAPlace")
    void repeatedAppendIsRecognisedAlsoWhenTheServerHasForgottenIt(ExpectedPosition expected) {
        try (EventStoreDbEventStore store = open()) {
            store.append(stream, noStream(), Events.some(2));
            List<NewEvent> batch = Events.some(3);
            AppendResult first = store.append(stream, expected, batch);
            store.append(stream, any(), Events.some(50));
            server.faults().forgetEventIds();
            assertThat(store.append(stream, expected, batch)).isEqualTo(first);
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(54));
        }
    }

    @Test
    void repeatedAppendToSeveralStreamsIsRecognisedAlsoWhenTheServerHasForgottenIt() {
        try (EventStoreDbEventStore store = open()) {
            List<StreamAppend> appends = List.of(
                    new StreamAppend(stream, any(), Events.some(2)),
                    new StreamAppend(Events.newStream(), noStream(), Events.some(1)),
                    new StreamAppend(Events.newStream(), any(), Events.some(3)));
            List<AppendResult> first = store.append(appends);
            server.faults().forgetEventIds();
            server.faults().failWrites(1, WriteFault.UNAVAILABLE_AFTER_WRITING);
            assertThat(store.append(appends)).isEqualTo(first);
            for (StreamAppend append : appends) {
                assertThat(events(store, append.stream())).isEqualTo(append.events());
            }
        }
    }

    @Test
    void appendThatIsNeverAnsweredHasAnUnknownOutcomeAndCanBeRepeated() {
        try (EventStoreDbEventStore store = openImpatient("")) {
            List<NewEvent> batch = Events.some(2);
            server.faults().failWrites(1000, WriteFault.UNAVAILABLE_AFTER_WRITING);
            assertThatThrownBy(() -> store.append(stream, noStream(), batch))
                    .isInstanceOf(AppendOutcomeUnknownException.class)
                    .hasMessageContainingAll(stream.value(), "Repeat the same append");
            server.faults().clear();
            store.append(stream, noStream(), batch);
            assertThat(events(store, stream)).isEqualTo(batch);
        }
    }

    @Test
    void appendThatIsAnsweredTooLateHasAnUnknownOutcomeAndCanBeRepeated() {
        try (EventStoreDbEventStore store = openImpatient("&defaultDeadline=200")) {
            List<NewEvent> batch = Events.some(2);
            server.faults().delayAnswers(Duration.ofSeconds(2));
            assertThatThrownBy(() -> store.append(stream, noStream(), batch))
                    .isInstanceOf(AppendOutcomeUnknownException.class);
            server.faults().clear();
            store.append(stream, noStream(), batch);
            assertThat(events(store, stream)).isEqualTo(batch);
        }
    }

    @Test
    void appendToAServerThatIsDownWritesNothing() {
        try (EventStoreDbEventStore store = openImpatient("")) {
            server.stop();
            // what is under way when the connection is cut may still count as sent
            assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.append(stream, noStream(), Events.some(1)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("doesn't answer");
            server.startAgain();
            assertThat(store.position(stream)).isEqualTo(StreamPosition.NONE);
            store.append(stream, noStream(), Events.some(1));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "ABORTED", "CANCELLED", "INTERNAL"})
    void readThatFailsForAMomentIsRepeated(Status.Code code) {
        try (EventStoreDbEventStore store = open()) {
            store.append(stream, noStream(), Events.some(2));
            server.faults().failReads(2, code);
            assertThat(events(store, stream)).hasSize(2);
            server.faults().failReads(2, code);
            assertThat(store.readAll(ReadOptions.backwards()).toList()).hasSize(2);
        }
    }

    @Test
    void readOfAllThatTheUserMayNotMakeIsRefusedWithTheReason() {
        try (EventStoreDbServer secured =
                        EventStoreDbServer.builder().user("writer", "secret").start();
                EventStoreDbEventStore store = EventStoreDbEventStore.builder(
                                "esdb://writer:secret@127.0.0.1:" + secured.port() + "?tls=false")
                        .open()) {
            store.append(stream, any(), Events.some(1));
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
            assertThatThrownBy(() -> store.readAll(ReadOptions.forwards()).toList())
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContainingAll("may not", "$admins");
        }
    }

    @Test
    void callsGoOnAfterTheServerHasRestarted() {
        try (EventStoreDbEventStore store = open()) {
            for (int i = 0; i < 3; i++) {
                store.append(stream, any(), Events.some(1));
                server.stop();
                server.startAgain();
                assertThat(events(store, stream)).as("read first").hasSize(2 * i + 1);
                server.stop();
                server.startAgain();
                store.append(stream, exactly(2 * i), Events.some(1));
            }
        }
    }

    /** The client alone dies for good after three attempts. */
    @Test
    void callsGoOnAfterTheServerWasAwayForLong() {
        try (EventStoreDbEventStore store = openImpatient("&discoveryInterval=50")) {
            store.append(stream, any(), Events.some(1));
            server.stop();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
            }
            server.startAgain();
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
        }
    }

    @Test
    void interruptedCallEndsAndStaysInterrupted() {
        try (EventStoreDbEventStore store = open()) {
            server.stop();
            Thread caller = Thread.currentThread();
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(caller::interrupt);
            assertThatThrownBy(() -> store.append(stream, noStream(), Events.some(1)))
                    .isInstanceOfAny(AppendOutcomeUnknownException.class, StoreUnavailableException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            server.startAgain();
            caller.interrupt();
            assertThatThrownBy(() -> store.position(stream))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.position(stream).next()).isLessThan(2);
        }
    }
}
