package io.eventsourcing.jdbc;

import io.eventsourcing.store.AllReader;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    private final Function<String, AllReader> readers;

    /** @param readers of the events of each tenant */
    EventWrites(
            JdbcTemplate jdbc,
            Vendor.Sql sql,
            EventReads reads,
            KnownHeads heads,
            Function<String, AllReader> readers) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.reads = reads;
        this.heads = heads;
        this.readers = readers;
    }

    /** Takes note of what was committed. */
    void committed(Map<StreamKey, KnownHeads.Head> ends) {
        ends.forEach(heads::saw);
    }

    /** Writes what can be written without a transaction around it; the others stay open. */
    void writeAtOnce(List<AppendRequest> requests) {
        sql.writeAtOnce(jdbc, requests, heads);
    }

    /**
     * Writes what is to be written, and tells each request how it ended.
     *
     * @return where streams end once it is committed
     * @return the ends of streams that it has moved, once it is committed
     * @param waits whether to wait for streams that somebody else holds; else requests that need them stay open
     * @throws StaleSnapshotException if a stream has moved on behind the back of this transaction
     */
    Map<StreamKey, KnownHeads.Head> write(Collection<AppendRequest> requests, boolean waits) {
        Reservation reservation = sql.reserve(jdbc, Reservation.Wanted.by(requests), waits);
        Repetitions repetitions = Repetitions.find(jdbc, sql, requests, reservation.heads(), reads::stored);
        WritePlan plan = new WritePlan(reservation, reads::stored, repetitions, matched(requests), readers);
        requests.stream()
                .filter(request -> !request.needsAny(reservation.busy()))
                .forEach(plan::add);
        if (!plan.rows().isEmpty()) {
            insert(plan.rows());
        }
        plan.written();
        return plan.heads();
    }

    /** The conditions that aren't met by what was committed; asked for when nobody can change it any more. */
    private Set<TenantCondition> matched(Collection<AppendRequest> requests) {
        if (requests.stream().allMatch(request -> request.conditions().isEmpty())) {
            return Set.of();
        }
        if (requests.stream().anyMatch(AppendRequest::needsToBeAlone)) {
            sql.awaitOthers(jdbc);
        }
        List<TenantCondition> queries =
                requests.stream().flatMap(AppendRequest::noMatches).distinct().toList();
        return Set.copyOf(sql.matched(jdbc, queries));
    }

    private void insert(List<NewRow> rows) {
        try {
            sql.insert(jdbc, rows);
        } catch (DuplicateKeyException e) {
            throw new StaleSnapshotException(e);
        }
    }
}
