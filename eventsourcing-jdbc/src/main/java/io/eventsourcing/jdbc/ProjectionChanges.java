package io.eventsourcing.jdbc;

import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentDivision;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Changes projections while they run. All of it runs in the caller's transaction. Thread-safe. */
final class ProjectionChanges {

    private final JdbcTemplate template;
    private final SegmentRows rows;
    private final JdbcDeadLetters deadLetters;

    ProjectionChanges(JdbcTemplate template, Vendor.Sql sql, JdbcDeadLetters deadLetters) {
        this.template = template;
        this.rows = new SegmentRows(template, sql);
        this.deadLetters = deadLetters;
    }

    void resize(String projection, int segments) {
        requireNoRebuild(projection);
        template.update("UPDATE es_projections SET wanted_segments = ? WHERE name = ?", segments, projection);
    }

    /** @return whether it was done now */
    boolean divide(String projection) {
        return rows.lock(projection)
                && rows.wanted(projection)
                        .filter(count -> divide(projection, count))
                        .isPresent();
    }

    private boolean divide(String projection, int count) {
        SegmentDivision division = new SegmentDivision(projection, count, rows.lockSegments(projection));
        Optional<List<SegmentCheckpoint>> divided = division.segments();
        if (divided.isEmpty()) {
            rows.limit(projection, division.limit());
            return false;
        }
        long token = rows.highestToken(projection) + 1;
        rows.delete(projection);
        rows.insert(divided.get(), token);
        template.update("UPDATE es_projections SET wanted_segments = NULL WHERE name = ?", projection);
        return true;
    }

    /**
     * Takes a projection from its owners. To be committed before its tables are written to: whoever has begun a batch holds
     * locks on them, and would wait in the end for whoever waits for those.
     */
    void fence(String projection) {
        if (requireNoRebuild(projection)) {
            rows.fence(projection);
        }
    }

    void reset(String projection, Runnable work) {
        if (requireNoRebuild(projection)) {
            rows.fence(projection);
            work.run();
            deadLetters.removeAll(projection);
            rows.rewind(projection);
        }
    }

    /** @return whether there is such a projection */
    private boolean requireNoRebuild(String projection) {
        boolean isThere = rows.lock(projection);
        if (isThere && rows.isRebuilt(projection)) {
            throw RebuildStore.isBeingRebuilt(projection);
        }
        return isThere;
    }
}
