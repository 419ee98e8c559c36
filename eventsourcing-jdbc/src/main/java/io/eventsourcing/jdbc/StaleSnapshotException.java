package io.eventsourcing.jdbc;

import org.springframework.dao.DataAccessException;

/** A transaction whose snapshot is older than its locks has lost against somebody whom it can't see. */
final class StaleSnapshotException extends RuntimeException {

    StaleSnapshotException(DataAccessException cause) {
        super(cause);
    }
}
