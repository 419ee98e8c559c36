package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.eventstoredb.test.SubscriptionEnd;
import io.eventsourcing.store.AppendSignals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever registers hears of the appends of all stores, whatever happens to the subscription. */
class SignalsTest {

    private final EventStoreDbServer server = EventStoreDbServer.start();
    private final EventStoreDbEventStore store = open();
    private final EventStoreDbEventStore other = open();
    private final AwaitedSignals signals = new AwaitedSignals();

    private EventStoreDbEventStore open() {
        return EventStoreDbEventStore.builder(server.connectionString()).open();
    }

    private AppendSignals.Registration registration;

    @BeforeEach
    void register() throws InterruptedException {
        registration = store.onAppend(signals);
        signals.await("the signal that it listens");
        signals.forgetOld();
    }

    @AfterEach
    void stop() {
        registration.close();
        store.close();
        other.close();
        server.close();
    }

    private void othersAreHeard() throws InterruptedException {
        signals.forgetOld();
        other.append(Events.newStream(), any(), Events.some(1));
        signals.await("the signal of another store's append");
    }

    @Test
    void appendsOfOtherStoresAreHeard() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            othersAreHeard();
        }
    }

    @Test
    void ownAppendsAreHeardAtOnce() {
        store.append(Events.newStream(), any(), Events.some(1));
        assertThat(signals.isAny()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void subscriptionThatTheServerEndsIsMadeAnew(SubscriptionEnd end) throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            server.faults().endSubscriptions(end);
            signals.await("the signal that it listens again");
            othersAreHeard();
        }
    }

    @Test
    void subscriptionOutlivesARestartOfTheServer() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            server.stop();
            server.startAgain();
            signals.await("the signal that it listens again");
            othersAreHeard();
        }
    }

    @Test
    void subscriptionFollowsTheLeader() throws InterruptedException {
        try (EventStoreDbServer next =
                EventStoreDbServer.builder().joining(server).start()) {
            next.becomeLeader();
            signals.await("the signal that it listens again");
            othersAreHeard();
            server.becomeLeader();
            signals.await("the signal that it listens again");
            othersAreHeard();
        }
    }

    @Test
    void listenerThatThrowsDisturbsNobody() throws InterruptedException {
        AppendSignals.Registration faulty = store.onAppend(() -> {
            throw new IllegalStateException("a fault of a listener");
        });
        store.append(Events.newStream(), any(), Events.some(1));
        for (int i = 0; i < 3; i++) {
            othersAreHeard();
        }
        faulty.close();
    }

    @Test
    void whoHasLeftHearsNothingAndTheOthersGoOn() throws InterruptedException {
        AwaitedSignals left = new AwaitedSignals();
        AppendSignals.Registration leaving = store.onAppend(left);
        leaving.close();
        leaving.close();
        left.forgetOld();
        othersAreHeard();
        assertThat(left.isAny()).isFalse();
    }

    @Test
    void nobodyListensToTheServerWhenNobodyIsRegistered() throws InterruptedException {
        assertThat(isListening()).isTrue();
        registration.close();
        assertThat(isListening()).isFalse();
        registration = store.onAppend(signals);
        signals.await("the signal that it listens");
        othersAreHeard();
        store.close();
        assertThat(isListening()).isFalse();
    }

    private static boolean isListening() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("eventstoredb-signals")) {
                thread.join(200);
                return thread.isAlive();
            }
        }
        return false;
    }
}
