package io.eventsourcing.memory;

import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps seals in memory, for as long as this object lives. A seal's number is its index. Thread-safe. */
public final class MemorySeals implements Seals {

    private final List<Seal> all = new ArrayList<>();

    @Override
    public synchronized Optional<Seal> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    @Override
    public synchronized Optional<Seal> find(long commitPosition) {
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = all.get(middle).commitPosition();
            if (found == commitPosition) {
                return Optional.of(all.get(middle));
            }
            low = found < commitPosition ? middle + 1 : low;
            high = found < commitPosition ? high : middle - 1;
        }
        return Optional.empty();
    }

    @Override
    public synchronized List<Seal> read(long number, int count) {
        int start = (int) Math.min(number, all.size());
        return List.copyOf(all.subList(start, (int) Math.min(start + (long) count, all.size())));
    }

    @Override
    public synchronized boolean add(List<Seal> seals) {
        if (seals.get(0).number() != all.size()) {
            return false;
        }
        all.addAll(seals);
        return true;
    }
}
