package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps seals in a stream of their own, which the read of all events leaves out. Immutable. */
final class EventStoreDbSeals implements Seals {

    private static final StreamName STREAM = StreamName.of(ServerNames.SEALS + "store");

    private final StreamReads reads;
    private final Appends appends;

    EventStoreDbSeals(StreamReads reads, Appends appends) {
        this.reads = reads;
        this.appends = appends;
    }

    @Override
    public Optional<Seal> last() {
        return page(OptionalLong.empty(), true, 1).stream().findFirst();
    }

    /** Looks for it by halves, since streams have no other index. */
    @Override
    public Optional<Seal> find(long commitPosition) {
        long low = 0;
        long high = last().map(Seal::number).orElse(-1L);
        while (low <= high) {
            long middle = (low + high) >>> 1;
            Optional<Seal> seal = read(middle, 1).stream().findFirst();
            if (seal.isEmpty() || seal.get().commitPosition() == commitPosition) {
                return seal;
            }
            if (seal.get().commitPosition() < commitPosition) {
                low = seal.get().number() + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Seal> read(long number, int count) {
        return page(OptionalLong.of(number), false, count);
    }

    private List<Seal> page(OptionalLong from, boolean backwards, int count) {
        List<RecordedEvent> events = reads.page(STREAM, from, backwards, count);
        return events.stream().map(SealFormat::seal).toList();
    }

    @Override
    public boolean add(List<Seal> seals) {
        long first = seals.get(0).number();
        ExpectedPosition behind = first == 0 ? ExpectedPosition.noStream() : ExpectedPosition.exactly(first - 1);
        try {
            appends.append(new StreamAppend(
                    STREAM, behind, seals.stream().map(SealFormat::event).toList()));
            return true;
        } catch (VersionConflictException e) {
            return false;
        }
    }
}
