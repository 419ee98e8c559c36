package io.eventsourcing.benchmarks.store;

import java.util.List;
import java.util.stream.Stream;

/** All of them. */
final class Contests {

    private Contests() {}

    static List<Contest> all() {
        return Stream.concat(stores().stream(), Layout.contests().stream()).toList();
    }

    private static List<Contest> stores() {
        return List.of(
                AppendBatch.ofEqualBatches("append-batch", 1_000, Goal.atLeast(0.8)),
                AppendBatch.againstOneCopy("append-batch-import", 10_000, Goal.atLeast(0.8)),
                AppendOne.withoutLock("append-one-1", 1, Goal.atLeast(0.9)),
                AppendOne.ordered("append-one-1-ordered", Goal.atLeast(0.9)),
                AppendOne.withLock("append-one-32", 32, Goal.atLeast(8), Goal.atMost(0.5)),
                AppendOne.withoutLock("append-one-32-plain", 32, Goal.atLeast(1.5)),
                ConditionalAppend.contest("append-condition-1", 1, Goal.NONE),
                ConditionalAppend.contest("append-condition-32", 32, Goal.atLeast(8)),
                AxonAppend.one("axon-append", 32, Goal.atLeast(3)),
                AxonAppend.batch("axon-batch", 100, Goal.atLeast(2)),
                AxonAppend.tunedBatch("axon-batch-tuned", 100, Goal.NONE),
                AxonRead.load("axon-load", Vendor.POSTGRESQL, AxonPeer.DEFAULT_BATCH, Goal.atLeast(3)),
                AxonRead.load("axon-load-tuned", Vendor.POSTGRESQL, 10_000, Goal.NONE),
                AxonRead.load("axon-load-h2", Vendor.H2, AxonPeer.DEFAULT_BATCH, Goal.atLeast(3)),
                AxonRead.load("axon-load-h2-tuned", Vendor.H2, 10_000, Goal.NONE),
                AxonRead.all("axon-read-all", AxonPeer.DEFAULT_BATCH, Goal.atLeast(3)),
                AxonRead.all("axon-read-all-tuned", 10_000, Goal.NONE),
                Rebuild.contest("rebuild", Vendor.POSTGRESQL, Goal.atLeast(0.7)),
                Rebuild.contest("rebuild-h2", Vendor.H2, Goal.atLeast(0.7)),
                ProjectionRebuild.counting("projection-rebuild", Goal.atLeast(0.5)),
                ProjectionRebuild.rows("projection-rebuild-rows", Goal.NONE),
                SnapshotRestore.contest("snapshot-restore", Vendor.POSTGRESQL, Goal.NONE),
                SnapshotRestore.contest("snapshot-restore-h2", Vendor.H2, Goal.atMost(1)),
                ReadAll.contest("read-all", Goal.atLeast(0.8)),
                SeedFive.contest("seed-five", Vendor.H2),
                SeedFive.contest("seed-five-postgresql", Vendor.POSTGRESQL),
                TailLatency.contest("tail-latency"),
                ObserveLatency.contest("observe-latency"),
                EventQlQuery.ofAStream("eventql-stream"),
                EventQlQuery.ofData("eventql-data"),
                FlatCost.appends("flat-cost-append", Goal.atMost(1.3)),
                FlatCost.pages("flat-cost-page", Goal.atMost(1.3)));
    }
}
