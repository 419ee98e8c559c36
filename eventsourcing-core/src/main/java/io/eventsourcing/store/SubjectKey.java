package io.eventsourcing.store;

import java.util.UUID;

/**
 * The key of one subject, encrypted. The array isn't copied; {@link #toString()} doesn't show it.
 *
 * @param id stored with what the key encrypts
 * @param wrapped the encrypted key, at most {@value #MAX_BYTES} bytes
 */
public record SubjectKey(UUID id, byte[] wrapped) {

    /** The most bytes that an encrypted key has. */
    public static final int MAX_BYTES = 200;

    @Override
    public boolean equals(Object other) {
        return other instanceof SubjectKey that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "SubjectKey[" + id + "]";
    }
}
