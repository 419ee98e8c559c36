package io.eventsourcing.spring;

import io.eventsourcing.store.EventStoreException;

/** The jdbc module was chosen, and there is no data source, or more than one and none that comes first. */
final class DataSourceMissingException extends EventStoreException {

    private final long found;

    DataSourceMissingException(long found) {
        super(found == 0 ? "There is no DataSource to keep events in" : "There are " + found + " DataSources");
        this.found = found;
    }

    long found() {
        return found;
    }
}
