package io.eventsourcing.store;

/** A store that can keep the seals of its events beside them. */
public interface SealsSource {

    /** Always the same. It works for as long as the store is open. */
    Seals seals();
}
