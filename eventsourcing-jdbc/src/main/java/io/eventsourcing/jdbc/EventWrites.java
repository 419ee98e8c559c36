package io.eventsourcing.jdbc;

import java.util.Collection;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides and writes requests in the transaction of the calling thread. Nothing is written until all of them are decided,
 * so a conflict leaves a transaction of the caller's usable.
 */
final class EventWrites {

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final EventReads reads;
    private final KnownHeads heads;

    EventWrites(JdbcTemplate jdbc, Vendor.Sql sql, EventReads reads, KnownHeads heads) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.reads = reads;
        this.heads = heads;
    }

    /** Writes what can be written without a transaction around it; the others stay open. */
    void writeAtOnce(List<AppendRequest> requests) {
        sql.writeAtOnce(jdbc, requests, heads);
    }

    /**
     * Writes what is to be written, and tells each request how it ended.
     *
     * @param waits whether to wait for streams that somebody else holds; else requests that need them stay open
     * @throws StaleSnapshotException if a stream has moved on behind the back of this transaction
     */
    void write(Collection<AppendRequest> requests, boolean waits) {
        Reservation reservation = sql.reserve(jdbc, Reservation.Wanted.by(requests), waits);
        WritePlan plan = new WritePlan(reservation, reads::stored);
        requests.stream()
                .filter(request -> !request.needsAny(reservation.busy()))
                .forEach(plan::add);
        if (!plan.rows().isEmpty()) {
            insert(plan.rows());
        }
        plan.written();
    }

    private void insert(List<NewRow> rows) {
        try {
            sql.insert(jdbc, rows);
        } catch (DuplicateKeyException e) {
            throw new StaleSnapshotException(e);
        }
    }
}
