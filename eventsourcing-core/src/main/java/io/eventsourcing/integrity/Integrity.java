package io.eventsourcing.integrity;

import io.eventsourcing.integrity.Breach.Reason;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.TransactionAware;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Seals events, and verifies that what is sealed is as it was. A seal holds an event's hash, which covers all of the event
 * and the hash of the event before it; and, if there is a key, a signature of the hash. Events are sealed behind the appends,
 * in the order of their commit positions, so that appends cost nothing; an event that was changed before it was sealed is
 * sealed as it is then.
 *
 * <p>What the hash covers are the bytes that are stored. So the chain holds when personal data is forgotten, and when streams
 * are deleted, since the events stay in the read of all events. Thread-safe; several processes may seal.
 */
public final class Integrity {

    private final EventStore store;
    private final Seals seals;
    private final IntegrityKeys keys;

    private Integrity(EventStore store, Seals seals, IntegrityKeys keys) {
        this.store = store;
        this.seals = seals;
        this.keys = keys;
    }

    /**
     * With seals that are kept beside the events.
     *
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store can't keep seals
     */
    public static Integrity of(EventStore store, IntegrityKeys keys) {
        return new Integrity(store, store.require(SealsSource.class).seals(), keys);
    }

    /** With seals that are kept somewhere else, such as in a database that whoever writes events can't change. */
    public static Integrity of(EventStore store, Seals seals, IntegrityKeys keys) {
        return new Integrity(store, seals, keys);
    }

    /**
     * Seals all events that are there and aren't sealed, unless somebody else does it at the same time.
     *
     * @return how many events this call has sealed
     * @throws IllegalStateException in a transaction that appends would join: its events could still be rolled back
     */
    public long seal() {
        if (store instanceof TransactionAware joining && joining.isInTransaction()) {
            throw new IllegalStateException(
                    "Events are sealed outside of transactions, since those of a transaction can be rolled back."
                            + " Seal behind it");
        }
        return new Sealing(store, seals, keys).run();
    }

    /**
     * Seals events as they come, until the subscription, or the store, is closed. Each process may do it; what fails is
     * tried again.
     */
    public Subscription sealContinuously() {
        long start = seals.last().map(Seal::commitPosition).orElse(0L);
        AtomicLong sealed = new AtomicLong(start);
        return store.subscribe(SubscribeOptions.after(start).named("sealing"), event -> {
            if (event.commitPosition() > sealed.get()) {
                seal();
                sealed.set(seals.last().map(Seal::commitPosition).orElse(0L));
            }
        });
    }

    /**
     * Verifies an event that was read: that it is the one that was sealed, and was sealed behind the one before it. If there
     * are keys, it must be signed.
     */
    public Verification verifyEvent(RecordedEvent event) {
        Optional<Seal> last = seals.last();
        Optional<Breach> breach = isSealed(event, last)
                ? breach(event)
                : Optional.of(Breach.of(Reason.UNSEALED, event, "is not sealed yet"));
        return new Verification(breach.isEmpty() ? 1 : 0, isSealed(event, last) ? 0 : 1, breach, last);
    }

    /**
     * Verifies the events of a stream, each as {@link #verifyEvent} does, and that none is missing between them; also if the
     * stream was deleted. That the last ones were removed, or all of them, is only found by {@link #verifyAll}.
     */
    public Verification verifyStream(StreamName stream) {
        Optional<Seal> last = seals.last();
        long verified = 0;
        long unsealed = 0;
        StreamFilter filter = StreamFilter.prefix(stream.value());
        try (EventSequence events = store.readAll(ReadOptions.forwards().streams(filter))) {
            long position = 0;
            for (RecordedEvent event : events) {
                if (!event.stream().equals(stream)) {
                    continue;
                }
                Optional<Breach> breach =
                        gap(event, position++).or(() -> isSealed(event, last) ? breach(event) : Optional.empty());
                if (breach.isPresent()) {
                    return new Verification(verified, unsealed, breach, last);
                }
                verified += isSealed(event, last) ? 1 : 0;
                unsealed += isSealed(event, last) ? 0 : 1;
            }
        }
        return new Verification(verified, unsealed, Optional.empty(), last);
    }

    /**
     * Verifies all events of the store. If there are keys, each signature must be right, and the last sealed event must be
     * signed: its signature speaks for all before it, so a store can begin to sign at any time. Reads everything, with one
     * page of events and of seals in memory.
     */
    public Verification verifyAll() {
        return verifyAll(Optional.empty());
    }

    /**
     * The same; and the chain must have a seal that was noted before, where nobody could change it. Without that, nothing
     * shows that the newest events were removed together with their seals; or, without signatures, that the whole chain was
     * written anew.
     */
    public Verification verifyAll(Seal noted) {
        return verifyAll(Optional.of(noted));
    }

    private Verification verifyAll(Optional<Seal> noted) {
        Chain chain = new Chain(seals, keys, noted);
        try (EventSequence events = store.readAll(ReadOptions.forwards())) {
            return chain.verify(events);
        }
    }

    private static boolean isSealed(RecordedEvent event, Optional<Seal> last) {
        return last.isPresent() && event.commitPosition() <= last.get().commitPosition();
    }

    private static Optional<Breach> gap(RecordedEvent event, long expected) {
        return event.streamPosition() == expected
                ? Optional.empty()
                : Optional.of(Breach.of(
                        Reason.MISSING_EVENT,
                        event,
                        "comes where the event of stream position " + expected + " should be"));
    }

    private Optional<Breach> breach(RecordedEvent event) {
        Optional<Seal> found = seals.find(event.commitPosition());
        if (found.isEmpty()) {
            return Optional.of(
                    Breach.of(Reason.INSERTED_EVENT, event, "has no seal, though events behind it have some"));
        }
        Link link = new Link(event, found.get());
        return link.breach(predecessor(found.get())).or(() -> link.breach(keys));
    }

    /** What is no hash if there is none. */
    private String predecessor(Seal seal) {
        if (seal.number() == 0) {
            return HashedEvent.FIRST_PREDECESSOR;
        }
        List<Seal> before = seals.read(seal.number() - 1, 1);
        return before.isEmpty() || before.get(0).number() != seal.number() - 1
                ? "missing"
                : before.get(0).hash();
    }
}
