package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    EventWrites(JdbcTemplate jdbc, Vendor.Sql sql, EventReads reads) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.reads = reads;
    }

    /** Writes what can be written without a transaction around it; the others stay open. */
    void writeAtOnce(List<AppendRequest> requests) {
        sql.writeAtOnce(jdbc, requests);
    }

    /**
     * Writes what is to be written, and tells each request how it ended.
     *
     * @throws StaleSnapshotException if a stream has moved on behind the back of this transaction
     */
    void write(Collection<AppendRequest> requests) {
        Set<StreamName> streams = new LinkedHashSet<>();
        for (AppendRequest request : requests) {
            request.appends().stream().map(StreamAppend::stream).forEach(streams::add);
        }
        WritePlan plan = new WritePlan(streams, sql.lock(jdbc, List.copyOf(streams)), reads::stored);
        requests.forEach(plan::add);
        plan.written(plan.rows().isEmpty() ? new long[0] : insert(plan));
    }

    private long[] insert(WritePlan plan) {
        Map<StreamName, Long> ids = plan.streamIds();
        try {
            if (!plan.newStreams().isEmpty()) {
                ids.putAll(sql.insertStreams(jdbc, plan.newStreams()));
            }
            return sql.insert(jdbc, plan.rows(), ids);
        } catch (DuplicateKeyException e) {
            throw new StaleSnapshotException(e);
        }
    }
}
