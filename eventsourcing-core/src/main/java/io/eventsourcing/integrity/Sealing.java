package io.eventsourcing.integrity;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes on with the chain. Several may do it at once: of the seals of one number, the first ones count. Immutable. */
final class Sealing {

    /** So many seals are added at once. */
    static final int BATCH = 250;

    /** Each time somebody else was faster, so there is something to go on behind; unless it can't be seen. */
    private static final int FRUITLESS = 1_000;

    private final AllReader events;
    private final Seals seals;
    private final IntegrityKeys keys;

    Sealing(AllReader events, Seals seals, IntegrityKeys keys) {
        this.events = events;
        this.seals = seals;
        this.keys = keys;
    }

    /** Seals what is there. How many events that were. */
    long run() {
        long sealed = 0;
        int fruitless = 0;
        while (fruitless < FRUITLESS) {
            List<Seal> next = next(seals.last());
            if (next.isEmpty()) {
                return sealed;
            }
            boolean added = seals.add(next);
            sealed += added ? next.size() : 0;
            fruitless = added ? 0 : fruitless + 1;
        }
        throw new StoreUnavailableException(
                "Others have sealed faster " + FRUITLESS + " times in a row, or the last seal isn't seen. Seal again",
                null);
    }

    private List<Seal> next(Optional<Seal> last) {
        long behind = last.map(Seal::commitPosition).orElse(0L);
        List<Seal> next = new ArrayList<>();
        @Nullable Seal predecessor = last.orElse(null);
        for (RecordedEvent event : events.readAll(
                        ReadOptions.forwards().from(behind + 1).limit(BATCH))
                .toList()) {
            predecessor = seal(event, predecessor);
            next.add(predecessor);
        }
        return next;
    }

    private Seal seal(RecordedEvent event, @Nullable Seal predecessor) {
        String before = predecessor == null ? HashedEvent.FIRST_PREDECESSOR : predecessor.hash();
        String hash = HashedEvent.of(event, before).hash();
        long number = predecessor == null ? 0 : predecessor.number() + 1;
        return new Seal(number, event.commitPosition(), before, hash, keys.sign(hash));
    }
}
