package io.eventsourcing.store;

/** This backend can't do what was asked for. Nothing was written. */
public class UnsupportedByStoreException extends EventStoreException {

    public UnsupportedByStoreException(String capability, String store) {
        super(store + " does not support " + capability + ", and nothing was written");
    }
}
