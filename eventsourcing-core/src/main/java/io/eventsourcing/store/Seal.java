package io.eventsourcing.store;

import java.util.Optional;

/**
 * What was noted of an event when it was sealed: a link of the chain that all events of a store are in. It is as it was found
 * in the store, so it may be anything; {@link io.eventsourcing.integrity.Integrity} says whether it is right.
 *
 * @param number 0 for the first event of the store, and 1 more for each one behind it
 * @param commitPosition of the event
 * @param predecessor the hash of the event before it, as 64 lower-case hexadecimal digits; zeros for the first one
 * @param hash the event's own, written the same way
 * @param signature of the hash, if it was signed
 */
public record Seal(
        long number, long commitPosition, String predecessor, String hash, Optional<SealSignature> signature) {}
