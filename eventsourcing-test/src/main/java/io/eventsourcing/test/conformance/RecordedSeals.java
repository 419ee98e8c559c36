package io.eventsourcing.test.conformance;

import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The seals of a store, and what was added through this object. Thread-safe. */
final class RecordedSeals implements Seals {

    private final Seals seals;
    private final List<Seal> added = new ArrayList<>();

    RecordedSeals(Seals seals) {
        this.seals = seals;
    }

    synchronized List<Seal> added() {
        return List.copyOf(added);
    }

    /** The number that the next seal has. */
    long next() {
        return last().map(last -> last.number() + 1).orElse(0L);
    }

    /** All of them from a number on, a few at a time. */
    List<Seal> from(long number) {
        List<Seal> all = new ArrayList<>();
        List<Seal> page = read(number, 7);
        while (!page.isEmpty() && page.size() <= 7) {
            all.addAll(page);
            page = read(page.get(page.size() - 1).number() + 1, 7);
        }
        return all;
    }

    @Override
    public Optional<Seal> last() {
        return seals.last();
    }

    @Override
    public Optional<Seal> find(long commitPosition) {
        return seals.find(commitPosition);
    }

    @Override
    public List<Seal> read(long number, int count) {
        return seals.read(number, count);
    }

    @Override
    public boolean add(List<Seal> more) {
        boolean done = seals.add(more);
        synchronized (this) {
            if (done) {
                added.addAll(more);
            }
        }
        return done;
    }
}
