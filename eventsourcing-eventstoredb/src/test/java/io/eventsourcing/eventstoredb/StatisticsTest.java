package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.eventstoredb.test.WriteFault;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.grpc.Status;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a store says about its connection. */
class StatisticsTest {

    private final EventStoreDbServer server = EventStoreDbServer.start();
    private final StreamName stream = Events.newStream();

    @AfterEach
    void stop() {
        server.close();
    }

    private EventStoreDbEventStore open(boolean lazily) {
        return EventStoreDbEventStore.builder(server.connectionString())
                .patience(Duration.ofMillis(700))
                .lazyStart(lazily)
                .open();
    }

    @Test
    void nothingIsConnectedBeforeTheFirstCall() {
        try (EventStoreDbEventStore store = open(true)) {
            assertThat(store.statistics()).isEqualTo(new ConnectionStatistics(false, 0, 0));
            store.position(stream);
            assertThat(store.statistics()).isEqualTo(new ConnectionStatistics(true, 0, 0));
        }
    }

    @Test
    void repeatedCallsAndNewClientsAreCounted() {
        try (EventStoreDbEventStore store = open(false)) {
            store.append(stream, ExpectedPosition.any(), Events.some(1));
            server.faults().failReads(2, Status.Code.UNAVAILABLE);
            store.position(stream);
            assertThat(store.statistics()).isEqualTo(new ConnectionStatistics(true, 2, 2));
            server.faults().failWrites(1, WriteFault.UNAVAILABLE_AFTER_WRITING);
            store.append(stream, ExpectedPosition.exactly(0), Events.some(1));
            assertThat(store.statistics().retries()).isEqualTo(3);
        }
    }

    @Test
    void serverThatGoesAwayAndComesBackIsLoggedOnceEach() {
        Logger logger = (Logger) LoggerFactory.getLogger(CallWatch.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try (EventStoreDbEventStore store = open(false)) {
            server.stop();
            assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
            server.startAgain();
            store.position(stream);
            store.position(stream);
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        String address = "The server at 127.0.0.1:" + server.port();
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        away -> assertThat(away).startsWith(address + " doesn't answer ("),
                        back -> assertThat(back).isEqualTo(address + " answers again"));
        assertThat(log.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
    }

    /** A client that has been cut off learns of it by its next call. */
    @Test
    void serverThatGoesAwayIsNotConnectedUntilItIsBack() {
        try (EventStoreDbEventStore store = open(false)) {
            server.stop();
            assertThatThrownBy(() -> store.position(stream)).isInstanceOf(StoreUnavailableException.class);
            assertThat(store.statistics().connected()).isFalse();
            server.startAgain();
            store.position(stream);
            assertThat(store.statistics().connected()).isTrue();
        }
    }
}
