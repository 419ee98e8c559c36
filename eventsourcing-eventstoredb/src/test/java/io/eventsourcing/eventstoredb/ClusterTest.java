package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cluster changes its leader, and loses nodes. */
class ClusterTest {

    private final EventStoreDbServer one = EventStoreDbServer.start();
    private final EventStoreDbServer other =
            EventStoreDbServer.builder().joining(one).start();
    private final StreamName stream = Events.newStream();

    @AfterEach
    void stop() {
        other.close();
        one.close();
    }

    private static EventStoreDbEventStore open(String connectionString) {
        return EventStoreDbEventStore.builder(connectionString).open();
    }

    private void worksWhileTheLeaderChanges(String connectionString) {
        try (EventStoreDbEventStore store = open(connectionString)) {
            store.append(stream, any(), Events.some(1));
            other.becomeLeader();
            store.append(stream, exactly(0), Events.some(1));
            one.becomeLeader();
            assertThat(store.position(stream)).as("read first").isEqualTo(StreamPosition.of(1));
            assertThat(store.readAll(ReadOptions.backwards()).toList()).hasSize(2);
            store.append(stream, exactly(1), Events.some(1));
        }
    }

    @Test
    void leaderIsFoundThroughTheCluster() {
        worksWhileTheLeaderChanges(other.discoveryConnectionString());
    }

    /** The client alone goes back to the follower for ever. */
    @Test
    void leaderIsFoundAlsoFromOneAddressAlone() {
        worksWhileTheLeaderChanges(other.connectionString());
    }

    @Test
    void leaderIsFoundAmongSeveralAddresses() {
        worksWhileTheLeaderChanges("esdb://127.0.0.1:" + one.port() + ",127.0.0.1:" + other.port() + "?tls=false");
    }

    /** The client alone looks for another node after failed appends, and not after failed reads. */
    @Test
    void readsGoToAnotherNodeWhenTheirsIsGone() {
        try (EventStoreDbEventStore store = open(other.discoveryConnectionString())) {
            store.append(stream, any(), Events.some(1));
            one.stop();
            other.becomeLeader();
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
            assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(1);
        }
    }

    @Test
    void leaderThatWasFoundFromOneAddressMayGoAgain() {
        try (EventStoreDbEventStore store = open(other.connectionString())) {
            store.append(stream, any(), Events.some(1));
            one.stop();
            other.becomeLeader();
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(0));
            store.append(stream, exactly(0), Events.some(1));
        }
    }
}
