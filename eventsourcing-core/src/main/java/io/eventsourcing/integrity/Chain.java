package io.eventsourcing.integrity;

import io.eventsourcing.integrity.Breach.Reason;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.Seals;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Goes along all events and all seals, up to the seal that was the last one at the beginning, and stops at the first breach.
 * Holds one page of seals. For one thread, and one walk.
 */
final class Chain {

    private final Seals seals;
    private final IntegrityKeys keys;
    private final Optional<Seal> last;
    private final Optional<Seal> noted;

    private final Queue<Seal> page = new ArrayDeque<>();
    private long nextNumber;
    private String predecessor = HashedEvent.FIRST_PREDECESSOR;
    private long verified;
    private long unsealed;
    private @Nullable Breach breach;

    /** The first one behind the last that is signed: a signature is one of all that is before it, too. */
    private @Nullable Breach notSigned;

    /** @param noted a seal that must be there as it is; empty if nothing was noted */
    Chain(Seals seals, IntegrityKeys keys, Optional<Seal> noted) {
        this.seals = seals;
        this.keys = keys;
        this.last = seals.last();
        this.noted = noted;
    }

    Verification verify(Iterable<RecordedEvent> events) {
        for (RecordedEvent event : events) {
            step(event);
            if (breach != null) {
                return result();
            }
        }
        Optional<Seal> left = peek();
        if (left.isPresent()) {
            breach = behindTheEvents(left.get());
        } else if (noted.isPresent() && noted.get().number() >= nextNumber) {
            breach = Breach.of(Reason.NOT_AS_NOTED, noted.get(), "was sealed, and its seal isn't there any more");
        } else {
            breach = notSigned;
        }
        return result();
    }

    private Breach behindTheEvents(Seal left) {
        return left.number() == nextNumber ? Breach.missing(left) : missingSeal(left.commitPosition());
    }

    private Verification result() {
        return new Verification(verified, unsealed, Optional.ofNullable(breach), last);
    }

    private void step(RecordedEvent event) {
        Optional<Seal> seal = peek();
        if (seal.isEmpty()) {
            unsealed++;
        } else if (seal.get().number() != nextNumber) {
            breach = missingSeal(event.commitPosition());
        } else if (seal.get().commitPosition() < event.commitPosition()) {
            breach = Breach.missing(seal.get());
        } else if (seal.get().commitPosition() > event.commitPosition()) {
            breach = Breach.of(Reason.INSERTED_EVENT, event, "has no seal, though events behind it have some");
        } else {
            follow(new Link(event, seal.get()));
        }
    }

    private Breach missingSeal(long commitPosition) {
        return new Breach(
                Reason.MISSING_SEAL,
                commitPosition,
                "Seal number " + nextNumber + " isn't there. It was that of the event at commit position "
                        + commitPosition + ", or of one before it that isn't there either");
    }

    private void follow(Link link) {
        Seal seal = link.seal();
        breach = link.breach(predecessor)
                .or(() -> signatureBreach(link))
                .or(() -> notedBreach(seal))
                .orElse(null);
        if (breach == null) {
            page.remove();
            predecessor = seal.hash();
            nextNumber++;
            verified++;
        }
    }

    private Optional<Breach> signatureBreach(Link link) {
        Optional<Breach> found = link.breach(keys);
        if (found.isEmpty()) {
            notSigned = null;
        } else if (found.get().reason() == Reason.NOT_SIGNED) {
            notSigned = notSigned == null ? found.get() : notSigned;
            return Optional.empty();
        }
        return found;
    }

    private Optional<Breach> notedBreach(Seal seal) {
        return noted.filter(one -> one.number() == seal.number() && !one.hash().equals(seal.hash()))
                .map(one -> Breach.of(Reason.NOT_AS_NOTED, seal, "was sealed with another hash than was noted"));
    }

    /** The next one, if it was there at the beginning. */
    private Optional<Seal> peek() {
        if (page.isEmpty() && last.isPresent() && nextNumber <= last.get().number()) {
            seals.read(nextNumber, Seals.MAX_COUNT).stream()
                    .filter(seal -> seal.number() <= last.get().number())
                    .forEach(page::add);
        }
        return Optional.ofNullable(page.peek());
    }
}
