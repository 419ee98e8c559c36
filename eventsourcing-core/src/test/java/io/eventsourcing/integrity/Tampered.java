package io.eventsourcing.integrity;

import io.eventsourcing.fixtures.ForwardingStore;
import io.eventsourcing.memory.MemorySeals;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import io.eventsourcing.store.Seals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A store in memory whose events, and whose seals, somebody changes behind its back. */
final class Tampered extends ForwardingStore {

    private UnaryOperator<List<RecordedEvent>> events = UnaryOperator.identity();
    private UnaryOperator<List<Seal>> changedSeals = UnaryOperator.identity();
    private final MemorySeals right = new MemorySeals();

    /** From now on the store has these events. */
    void events(UnaryOperator<List<RecordedEvent>> change) {
        events = change;
    }

    /** From now on the store has these seals. */
    void sealed(UnaryOperator<List<Seal>> change) {
        changedSeals = change;
    }

    void event(int index, UnaryOperator<RecordedEvent> change) {
        events(all -> {
            all.set(index, change.apply(all.get(index)));
            return all;
        });
    }

    void seal(int index, UnaryOperator<Seal> change) {
        sealed(all -> {
            all.set(index, change.apply(all.get(index)));
            return all;
        });
    }

    static Seal with(Seal seal, Optional<SealSignature> signature) {
        return new Seal(seal.number(), seal.commitPosition(), seal.predecessor(), seal.hash(), signature);
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        List<RecordedEvent> wanted = super.readAll(options).toList();
        List<RecordedEvent> all =
                new ArrayList<>(super.readAll(ReadOptions.forwards()).toList());
        boolean whole = options.from().isPresent() || wanted.size() == all.size();
        List<RecordedEvent> changed = events.apply(all).stream()
                .filter(event ->
                        whole || wanted.stream().anyMatch(one -> one.stream().equals(event.stream())))
                .filter(event -> event.commitPosition() >= options.from().orElse(0))
                .sorted(Comparator.comparing(RecordedEvent::commitPosition))
                .limit(options.limit())
                .toList();
        return new EventSequence() {
            @Override
            public Iterator<RecordedEvent> iterator() {
                return changed.iterator();
            }

            @Override
            public void close() {}
        };
    }

    Seals seals() {
        return new Seals() {
            @Override
            public Optional<Seal> last() {
                return all().stream().max(Comparator.comparing(Seal::number));
            }

            @Override
            public Optional<Seal> find(long commitPosition) {
                return all().stream()
                        .filter(seal -> seal.commitPosition() == commitPosition)
                        .findFirst();
            }

            @Override
            public List<Seal> read(long number, int count) {
                return all().stream()
                        .filter(seal -> seal.number() >= number)
                        .limit(count)
                        .toList();
            }

            @Override
            public boolean add(List<Seal> seals) {
                return right.add(seals);
            }

            private List<Seal> all() {
                List<Seal> all = new ArrayList<>();
                for (List<Seal> page = right.read(0, MAX_COUNT); !page.isEmpty(); ) {
                    all.addAll(page);
                    page = right.read(all.size(), MAX_COUNT);
                }
                return changedSeals.apply(all).stream()
                        .sorted(Comparator.comparing(Seal::number))
                        .toList();
            }
        };
    }
}
