package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.event;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Tenants;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever follows a tenant sees it alone, and who follows the store sees all, also while all of them are written to. */
public interface TenantLoadConformance extends TenantSuite {

    @Test
    default void subscriptionOfATenantSeesItAlone() {
        whereApart(three -> {
            StreamName name = StreamName.of(UUID.randomUUID() + "-1");
            three.append(name, event(), event(), event());
            long before = lastCommitPosition(three.whole());
            SubscribeOptions prefix = SubscribeOptions.fromBeginning().streams(StreamFilter.prefix(name.value()));
            String type = "Conformance." + UUID.randomUUID();
            SubscribeOptions latest = SubscribeOptions.fromLatest(type, SubscribeOptions.IfMissing.WAIT_FOR_EVENT);
            try (Recorder mine = Recorder.of(three.one(), 0);
                    Recorder others = Recorder.of(three.other(), prefix);
                    Recorder new1 = Recorder.of(three.one(), SubscribeOptions.fromNow());
                    Recorder waiting = Recorder.of(three.other(), latest);
                    Recorder all = Recorder.of(three.whole(), before)) {
                three.append(name, event(type), event(), event(type));
                three.append(name, event(), event(type), event());
                three.append(name, event(), event(), event());
                List<RecordedEvent> ofOne = of(three.one());
                List<RecordedEvent> ofOther = of(three.other());
                mine.sees(ofOne, lastCommitPosition(three.whole()));
                others.sees(ofOther, lastCommitPosition(three.whole()));
                new1.sees(ofOne.subList(1, 4), lastCommitPosition(three.whole()));
                waiting.sees(ofOther.subList(2, 4), lastCommitPosition(three.whole()));
                all.sees(allAfter(three.whole(), before));
                assertThat(mine.seen()).extracting(RecordedEvent::tenant).containsOnly(three.oneId());
            }
        });
    }

    private static List<RecordedEvent> of(EventStore store) {
        return store.readAll(ReadOptions.forwards()).toList();
    }

    @Test
    default void closingATenantsStoreEndsItsSubscriptionsAlone() {
        whereApart(three -> {
            StreamName name = TestEvents.newStream();
            long before = lastCommitPosition(three.whole());
            EventStore again = three.whole().require(Tenants.class).forTenant(three.oneId());
            try (Recorder closed = Recorder.of(three.one(), 0);
                    Recorder ofAgain = Recorder.of(again, 0);
                    Recorder others = Recorder.of(three.other(), 0);
                    Recorder all = Recorder.of(three.whole(), before)) {
                three.append(name, event(), event(), event());
                closed.sees(of(three.one()), lastCommitPosition(three.whole()));
                three.one().close();
                three.one().close();
                assertThat(closed.subscription().isRunning()).isFalse();
                assertThatIllegalStateException()
                        .isThrownBy(() -> three.one().subscribe(SubscribeOptions.fromNow(), event -> {}))
                        .withMessageContaining("closed");
                again.append(name, any(), events(1));
                three.other().append(name, any(), events(1));
                three.whole().append(name, any(), events(1));
                ofAgain.sees(of(again), lastCommitPosition(three.whole()));
                others.sees(of(three.other()), lastCommitPosition(three.whole()));
                all.sees(allAfter(three.whole(), before));
                assertThat(closed.seen()).hasSize(1);
            }
        });
    }

    @Test
    default void tenantSeesNothingOfOthersWhileAllAreWrittenTo() {
        whereApart(three -> {
            long before = lastCommitPosition(three.whole());
            TenantLoad load = new TenantLoad(three);
            try (Recorder one = Recorder.of(three.one(), 0);
                    Recorder other = Recorder.of(three.other(), SubscribeOptions.fromBeginning());
                    Recorder whole = Recorder.of(three.whole(), before);
                    EventSequence observed = three.one().observe(SubscribeOptions.fromBeginning())) {
                CompletableFuture<List<RecordedEvent>> looped = load.observe(observed);
                load.run();
                load.assertHas(three.one(), three.oneId());
                load.assertHas(three.other(), three.otherId());
                load.assertWhole(allAfter(three.whole(), before));
                one.sees(of(three.one()), lastCommitPosition(three.whole()));
                other.sees(of(three.other()), lastCommitPosition(three.whole()));
                whole.sees(allAfter(three.whole(), before));
                List<UUID> seen = TestEvents.ids(load.end(looped));
                assertThat(TestEvents.ids(of(three.one()))).startsWith(seen.toArray(UUID[]::new));
            }
        });
    }

    @Test
    default void tenantsAreThereAfterReopening() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.DURABLE)) {
                return;
            }
            StreamName name = TestEvents.newStream();
            three.append(name, event(), event(), event());
            Tenants reopened = fixture().reopen().require(Tenants.class);
            EventStore one = reopened.forTenant(three.oneId());
            assertThat(of(one)).isEqualTo(of(three.one())).hasSize(1);
            one.append(name, any(), events(1));
            assertThat(of(three.one())).isEqualTo(of(one)).hasSize(2);
            assertThat(of(three.other())).hasSize(1);
        });
    }

    @Test
    default void appendsOfTwoTenantsJoinOneTransaction() {
        whereApart(three -> {
            if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
                return;
            }
            StreamName name = TestEvents.newStream();
            for (TransactionEnd end : TransactionEnd.values()) {
                fixture().inTransaction(three.whole(), () -> {
                    three.append(name, event(), event(), event());
                    assertThat(three.one().position(name).exists()).isTrue();
                    return end;
                });
            }
            for (EventStore store : three.all()) {
                assertThat(store.read(name, ReadOptions.forwards()).toList()).hasSize(1);
            }
        });
    }
}
