package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.SnapshotStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Snapshots of one name live apart, tenant by tenant, as the streams do that they are of. */
public interface TenantSnapshotConformance extends TenantSuite {

    @Test
    default void snapshotsOfTheSameNameLiveApart() {
        whereApart(three -> {
            TestStream.of(three.one(), 1);
            if (!fixture().capabilities().contains(Capability.SNAPSHOTS)) {
                return;
            }
            for (SnapshotName name : List.of(
                    SnapshotName.ofStream(TestEvents.newStream()),
                    SnapshotName.ofProjection("p" + UUID.randomUUID()))) {
                SnapshotStore one = snapshots(three.one());
                SnapshotStore other = snapshots(three.other());
                SnapshotStore whole = snapshots(three.whole());
                Snapshot late = snapshot(name, 9);
                one.save(late, 1);
                assertThat(other.latest(name)).isEmpty();
                assertThat(whole.latest(name)).isEmpty();
                Snapshot early = snapshot(name, 3);
                other.save(early, 1);
                whole.save(early, 1);
                assertThat(one.latest(name)).contains(late);
                assertThat(other.latest(name)).contains(early);
                one.delete(name);
                assertThat(one.latest(name)).isEmpty();
                assertThat(other.latest(name)).contains(early);
                assertThat(whole.latest(name)).contains(early);
            }
        });
    }

    private static SnapshotStore snapshots(EventStore store) {
        return store.require(SnapshotSource.class).snapshots();
    }

    private static Snapshot snapshot(SnapshotName name, long position) {
        return new Snapshot(
                name,
                position,
                UUID.randomUUID(),
                "Dog",
                "9f2c",
                new byte[] {(byte) position},
                Instant.parse("2026-02-03T04:05:06Z"));
    }
}
