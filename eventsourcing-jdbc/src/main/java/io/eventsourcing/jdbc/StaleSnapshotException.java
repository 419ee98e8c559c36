package io.eventsourcing.jdbc;

import org.springframework.dao.DuplicateKeyException;

/** A transaction whose snapshot is older than its locks has lost against somebody whom it can't see. */
final class StaleSnapshotException extends RuntimeException {

    StaleSnapshotException(DuplicateKeyException cause) {
        super(cause);
    }
}
