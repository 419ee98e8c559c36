package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.store.ExpectedPosition;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to an aggregate, it is the same by its events alone, by events behind snapshots, and from the cache: at
 * every version, under new names, with upcasters, and when it is deleted and made anew.
 */
class SnapshotEqualityTest {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    record Entry(String text, BigDecimal amount) {}

    @AggregateName("Account")
    static class AccountOnce extends Aggregate {
        private final List<Entry> entries = new ArrayList<>();
        private BigDecimal balance = BigDecimal.ZERO;

        @Event("Opened")
        AccountOnce(UUID id, String owner) {
            super(id);
        }

        @Event("Booked")
        void book(BigDecimal amount) {
            balance = balance.add(amount);
            entries.add(new Entry("", amount));
        }
    }

    @AggregateName(value = "Ledger", formerly = "Account")
    static class Account extends Aggregate {
        private final String owner;
        private final List<Entry> entries = new ArrayList<>();
        private final Map<String, List<BigDecimal>> byText = new LinkedHashMap<>();
        private final NavigableMap<Integer, String> notes = new TreeMap<>();
        private final Deque<String> recent = new ArrayDeque<>();
        private BigDecimal balance = BigDecimal.ZERO;

        @Event("Opened")
        Account(UUID id, String owner) {
            super(id);
            this.owner = owner;
        }

        @Event(value = "Booked", revision = 2)
        void book(BigDecimal amount, String text) {
            balance = balance.add(amount);
            entries.add(new Entry(text, amount));
            byText.computeIfAbsent(text, any -> new ArrayList<>()).add(amount);
        }

        @Event("Noted")
        void note(int line, String text) {
            notes.put(line, text);
            recent.addFirst(text);
            if (recent.size() > 3) {
                recent.removeLast();
            }
        }
    }

    private final MemoryEventStore store = new MemoryEventStore();
    private final EventSourcing before = builder()
            .snapshots(SnapshotOptions.of(SnapshotPolicy.every(4)).writtenBy(Runnable::run))
            .build();
    private final EventSourcing plain = today().build();
    private final EventSourcing snapshots = today().snapshots(
                    SnapshotOptions.of(SnapshotPolicy.every(7)).keeping(4).writtenBy(Runnable::run))
            .build();
    private final EventSourcing cached = today().cacheSize(3).build();
    private final EventSourcing both = today().cacheSize(3)
            .snapshots(SnapshotOptions.of(SnapshotPolicy.every(5)).keeping(2).writtenBy(Runnable::run))
            .build();

    private EventSourcingBuilder builder() {
        return EventSourcing.builder(store).cipherKeys(KEYS);
    }

    private EventSourcingBuilder today() {
        return builder().upcasters(List.of(Upcaster.from("Ledger.Booked", 1).change(data -> data.put("text", "old"))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anAggregateIsTheSameWhicheverWayItIsLoaded(long seed) {
        Random random = new Random(seed);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(UUID.randomUUID());
        }
        ids.subList(0, 2).forEach(id -> openOnce(random, id));
        for (int step = 0; step < 100; step++) {
            UUID id = ids.get(random.nextInt(ids.size()));
            change(random, id);
            if (step % 10 == 0) {
                assertSame(id);
            }
        }
        ids.forEach(this::assertSame);
        ids.forEach(this::assertSameInThePast);
        assertThat(snapshots.snapshotStatistics().used()).isPositive();
        assertThat(cached.snapshotStatistics().used()).isPositive();
        assertThat(both.snapshotStatistics().failed()).isZero();
    }

    private void openOnce(Random random, UUID id) {
        AccountOnce account = new AccountOnce(id, "owner");
        before.save(account);
        for (int i = random.nextInt(12); i > 0; i--) {
            account.book(amount(random));
            before.save(account);
        }
    }

    private void change(Random random, UUID id) {
        EventSourcing writer = List.of(plain, snapshots, cached, both).get(random.nextInt(4));
        Account account = writer.repository()
                .find(Account.class, id)
                .orElseGet(() -> new Account(id, "owner " + random.nextInt()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            command(random, account);
        }
        if (random.nextInt(10) > 0) { // else it fails before it saves
            writer.save(account);
        }
        if (random.nextInt(60) == 0) {
            store.delete(account.stream(), ExpectedPosition.any());
        }
    }

    private static void command(Random random, Account account) {
        if (random.nextBoolean()) {
            account.book(amount(random), "text " + random.nextInt(4));
        } else {
            account.note(random.nextInt(20), "note " + random.nextInt());
        }
    }

    private static BigDecimal amount(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), 2);
    }

    private void assertSame(UUID id) {
        Account expected = plain.repository().find(Account.class, id).orElse(null);
        for (EventSourcing each : List.of(snapshots, cached, both)) {
            assertSame(each.repository().find(Account.class, id).orElse(null), expected);
        }
    }

    private void assertSameInThePast(UUID id) {
        Account last = plain.repository().find(Account.class, id).orElse(null);
        long first = last == null
                ? 0
                : 1
                        + plain.repository()
                                .history(Account.class, id)
                                .iterator()
                                .next()
                                .streamPosition();
        for (long version = first;
                last != null && version <= last.version();
                version += 1 + version % 3) { // most of them
            Account expected = plain.repository().get(Account.class, id, version);
            assertThat(expected.version()).isEqualTo(version);
            for (EventSourcing each : List.of(snapshots, cached, both)) {
                assertSame(each.repository().get(Account.class, id, version), expected);
            }
        }
    }

    private static void assertSame(Account actual, Account expected) {
        assertThat(facts(actual)).isEqualTo(facts(expected));
    }

    private static List<Object> facts(Account account) {
        return account == null
                ? List.of()
                : List.of(
                        account.id(),
                        account.version(),
                        account.createdOn(),
                        account.modifiedOn(),
                        account.stream(),
                        account.owner,
                        account.entries,
                        account.byText,
                        List.copyOf(account.byText.keySet()),
                        account.notes,
                        List.copyOf(account.recent),
                        account.balance);
    }
}
