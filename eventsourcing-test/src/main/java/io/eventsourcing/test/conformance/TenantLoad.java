package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.Tenants;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Threads that append to streams of the same names in all tenants, and read them meanwhile. Thread-safe. */
final class TenantLoad {

    private static final int THREADS = 6;
    private static final int APPENDS = 40;

    private final TenantSuite.Three three;
    private final List<String> tenants;
    private final String prefix = UUID.randomUUID() + "-";
    private final List<StreamName> names =
            IntStream.range(0, 4).mapToObj(i -> StreamName.of(prefix + i)).toList();
    private final Map<UUID, String> tenantOf = new ConcurrentHashMap<>();
    private volatile int awaited = -1;

    TenantLoad(TenantSuite.Three three) {
        this.three = three;
        this.tenants = List.of(three.oneId(), three.otherId(), Tenants.DEFAULT);
    }

    void run() {
        Race.of(THREADS, number -> {
            Random random = new Random(number);
            for (int i = 0; i < APPENDS; i++) {
                int tenant = random.nextInt(3);
                StreamName name = names.get(random.nextInt(names.size()));
                append(tenant, name, 1 + random.nextInt(3));
                assertReadsAreApart(random.nextInt(2), name);
            }
            return number;
        });
    }

    private void append(int tenant, StreamName name, int count) {
        List<NewEvent> events = TestEvents.events(count);
        events.forEach(event -> tenantOf.put(event.id(), tenants.get(tenant)));
        three.all().get(tenant).append(name, any(), events);
    }

    private void assertReadsAreApart(int tenant, StreamName name) {
        EventStore store = three.all().get(tenant);
        List<RecordedEvent> read = new ArrayList<>(
                store.read(name, ReadOptions.backwards().limit(3)).toList());
        read.addAll(store.readAll(ReadOptions.backwards().limit(5)).toList());
        read.addAll(store.readAll(ReadOptions.forwards()
                        .streams(StreamFilter.prefix(prefix))
                        .limit(5))
                .toList());
        read.addAll(store.readAll(
                        ReadOptions.forwards().types("Conformance.Happened1").limit(5))
                .toList());
        assertAreOf(tenants.get(tenant), read);
    }

    private void assertAreOf(String tenant, List<RecordedEvent> read) {
        assertThat(read).allSatisfy(event -> {
            assertThat(tenantOf.get(event.id())).as("tenant of what is read").isEqualTo(tenant);
            assertThat(event.tenant()).isEqualTo(tenant);
        });
    }

    /** All that the tenant has appended, and nothing else. */
    void assertHas(EventStore store, String tenant) {
        List<RecordedEvent> all = store.readAll(ReadOptions.forwards()).toList();
        assertAreOf(tenant, all);
        assertThat(all)
                .hasSize((int) tenantOf.values().stream().filter(tenant::equals).count());
        List<RecordedEvent> byStream = new ArrayList<>();
        names.forEach(
                name -> byStream.addAll(store.read(name, ReadOptions.forwards()).toList()));
        assertThat(byStream).containsExactlyInAnyOrderElementsOf(all);
    }

    /** All that was appended, in one order. */
    void assertWhole(List<RecordedEvent> events) {
        assertThat(events).hasSize(tenantOf.size());
        assertThat(events).allSatisfy(event -> assertThat(event.tenant()).isEqualTo(tenantOf.get(event.id())));
        assertThat(events).extracting(RecordedEvent::commitPosition).isSorted().doesNotHaveDuplicates();
    }

    /** Takes events until {@link #end} has said how many there are. */
    CompletableFuture<List<RecordedEvent>> observe(EventSequence observed) {
        return CompletableFuture.supplyAsync(() -> {
            List<RecordedEvent> seen = new ArrayList<>();
            Iterator<RecordedEvent> events = observed.iterator();
            while (awaited < 0 || seen.size() < awaited) {
                seen.add(events.next());
            }
            return seen;
        });
    }

    /** What was taken. */
    List<RecordedEvent> end(CompletableFuture<List<RecordedEvent>> looped) {
        awaited = (int) tenantOf.values().stream().filter(three.oneId()::equals).count();
        three.one().append(names.get(0), any(), TestEvents.events(1)); // one that waits already is to look again
        try {
            return looped.get(Patience.seconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("The loop over events of a tenant hasn't ended", e);
        }
    }
}
