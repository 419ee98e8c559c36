package io.eventsourcing.integrity;

import io.eventsourcing.integrity.Breach.Reason;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import java.util.Optional;

/** One event and its seal. */
record Link(RecordedEvent event, Seal seal) {

    /**
     * What is wrong with it, but for its signature.
     *
     * @param predecessor the hash of the seal before this one
     */
    Optional<Breach> breach(String predecessor) {
        if (!HashedEvent.of(event, seal.predecessor()).hash().equals(seal.hash())) {
            return Optional.of(Breach.changed(event));
        }
        return seal.predecessor().equals(predecessor)
                ? Optional.empty()
                : Optional.of(Breach.of(
                        Reason.WRONG_PREDECESSOR,
                        event,
                        "was sealed behind an event of another hash than the one before it"));
    }

    /** What is wrong with its signature. If there are no keys, nothing is asked. */
    Optional<Breach> breach(IntegrityKeys keys) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (seal.signature().isEmpty()) {
            return Optional.of(Breach.of(Reason.NOT_SIGNED, event, "is not signed"));
        }
        SealSignature signature = seal.signature().get();
        if (!keys.has(signature)) {
            // it is stored, so it may be anything, and messages end up in logs
            String id = signature.keyId().replaceAll("[^0-9a-f]", "?");
            return Optional.of(
                    Breach.of(Reason.UNKNOWN_KEY, event, "is signed with key " + id + ", which isn't in " + keys));
        }
        return keys.isRight(seal.hash(), signature)
                ? Optional.empty()
                : Optional.of(Breach.of(Reason.WRONG_SIGNATURE, event, "has a signature that its key has not made"));
    }
}
