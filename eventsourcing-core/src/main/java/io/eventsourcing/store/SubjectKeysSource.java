package io.eventsourcing.store;

/** A store that can keep the keys of subjects beside its events. */
public interface SubjectKeysSource {

    /** Always the same. It works for as long as the store is open. */
    SubjectKeys subjectKeys();
}
