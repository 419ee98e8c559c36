package io.eventsourcing.store;

import java.util.List;
import java.util.Optional;

/**
 * Where seals are kept: one behind the other, never changed and never removed. They are no events: no read and no subscription
 * has them. Implementations are thread-safe.
 */
public interface Seals {

    /** The most that can be added, and read, at once. */
    int MAX_COUNT = 1_000;

    /** The one of the highest number; empty if there is none. What was added is in it, for whoever asks afterwards. */
    Optional<Seal> last();

    /** The seal of the event at this commit position; empty if there is none. */
    Optional<Seal> find(long commitPosition);

    /**
     * Seals in the order of their numbers.
     *
     * @param number of the first; if it is missing, the next ones come
     * @param count 1 to {@value #MAX_COUNT}
     */
    List<Seal> read(long number, int count);

    /**
     * Adds seals behind the last one, all of them or none. When this returns true, they are stored for good: also if a
     * transaction of the caller's is rolled back. If its outcome isn't known, whoever looks at {@link #last()} knows it.
     *
     * @param seals 1 to {@value #MAX_COUNT}, whose numbers are those behind the last one's
     * @return false if somebody else was faster, and a seal of the first one's number is there already; then nothing was
     *     written
     * @throws StoreUnavailableException if the store can't be reached
     */
    boolean add(List<Seal> seals);
}
