package io.eventsourcing.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Where the keys are kept that the personal data of subjects is encrypted with, each encrypted itself. Whoever {@linkplain
 * #forget forgets} a subject makes all of that unreadable, so a backup of the keys must not live longer than the data should.
 * Implementations are thread-safe.
 */
public interface SubjectKeys {

    /** The longest name of a subject, in characters. */
    int MAX_SUBJECT_LENGTH = 200;

    /**
     * The key of a subject. If it has none, it gets the one that is given.
     *
     * <p>When this returns, the key is stored for good: also if a transaction of the caller's is rolled back, since events
     * that are encrypted with a lost key are lost.
     *
     * @param subject 1 to {@value #MAX_SUBJECT_LENGTH} characters
     * @param candidate with an id that no key ever had
     */
    SubjectKey getOrAdd(String subject, SubjectKey candidate);

    /** The key of this id; empty if it was forgotten. */
    Optional<SubjectKey> find(UUID id);

    /**
     * Deletes the subject's key, for good when this returns. If there is none, nothing happens. The subject may get another
     * key later, for what happens then.
     */
    void forget(String subject);

    /**
     * The keys of a tenant's subjects, who are others than those of the same names that this and other tenants have. Only
     * {@link #find} of this object finds them too, as a store reads the events of all its tenants.
     *
     * @param id as {@link Tenants#forTenant} wants it
     * @throws UnsupportedByStoreException if these keys can't be kept by tenant
     */
    default SubjectKeys forTenant(String id) {
        throw new UnsupportedByStoreException(
                "keeping the keys of subjects by tenant", getClass().getSimpleName());
    }
}
