package io.eventsourcing.jdbc;

import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.projection.SegmentState;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of a projection, as transactions need them that change all of it. Whoever changes it locks it first. Thread-safe.
 */
final class SegmentRows {

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Vendor.Sql sql;

    SegmentRows(JdbcTemplate template, Vendor.Sql sql) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.sql = sql;
    }

    /**
     * Keeps others from changing the projection until the transaction ends; its segments can still be worked on.
     *
     * @return whether there is such a projection
     */
    boolean lock(String projection) {
        return template.update("UPDATE es_projections SET name = name WHERE name = ?", projection) > 0;
    }

    /** Keeps its owners from moving the segments until the transaction ends, and reads them. */
    List<SegmentCheckpoint> lockSegments(String projection) {
        template.update("UPDATE es_projection_segments SET token = token WHERE projection = ?", projection);
        return checkpoints(projection);
    }

    /** In the order of their slots. */
    List<SegmentCheckpoint> checkpoints(String projection) {
        return jdbc.sql("SELECT first_slot, last_slot, commit_position, replay_until FROM es_projection_segments"
                        + " WHERE projection = ? AND " + sql.asked() + " ORDER BY first_slot")
                .param(projection)
                .query((row, index) -> new SegmentCheckpoint(
                        new SegmentId(projection, row.getInt(1), row.getInt(2)), row.getLong(3), row.getLong(4)))
                .list();
    }

    /** Into how many segments it is to be divided; empty if it stays as it is. */
    Optional<Integer> wanted(String projection) {
        return jdbc.sql("SELECT wanted_segments FROM es_projections WHERE name = ? AND wanted_segments IS NOT NULL AND "
                        + sql.asked())
                .param(projection)
                .query(Integer.class)
                .optional();
    }

    boolean isRebuilt(String projection) {
        return jdbc.sql("SELECT COUNT(*) FROM es_projections WHERE name = ? AND " + sql.asked())
                        .param(RebuildStore.nameOf(projection))
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The highest token of the rebuilds that there were. */
    long retiredToken(String projection) {
        return jdbc.sql("SELECT retired_token FROM es_projections WHERE name = ? AND " + sql.asked())
                .param(projection)
                .query(Long.class)
                .single();
    }

    /** The highest token that a segment has, or one had that was retired. */
    long highestToken(String projection) {
        return jdbc.sql("SELECT GREATEST(retired_token, (SELECT COALESCE(MAX(token), 0) FROM es_projection_segments"
                        + " WHERE projection = name)) FROM es_projections WHERE name = ? AND " + sql.asked())
                .param(projection)
                .query(Long.class)
                .single();
    }

    /** @param token the next owner's is greater */
    void insert(List<SegmentCheckpoint> segments, long token) {
        template.batchUpdate(
                "INSERT INTO es_projection_segments (projection, first_slot, last_slot, commit_position, replay_until,"
                        + " token) VALUES (?, ?, ?, ?, ?, ?)",
                segments.stream().map(segment -> row(segment, token)).toList());
    }

    private static Object[] row(SegmentCheckpoint checkpoint, long token) {
        SegmentId segment = checkpoint.segment();
        return new Object[] {
            segment.projection(),
            segment.first(),
            segment.last(),
            checkpoint.position(),
            checkpoint.replayUntil(),
            token
        };
    }

    /** Removes a rebuild, whose tokens no later one has. */
    void retire(String projection, String rebuild) {
        template.update(
                "UPDATE es_projections SET retired_token = ? WHERE name = ?",
                Math.max(highestToken(rebuild), retiredToken(projection)),
                projection);
        delete(rebuild);
        template.update("DELETE FROM es_projection_nodes WHERE projection = ?", rebuild);
        template.update("DELETE FROM es_projections WHERE name = ?", rebuild);
    }

    void delete(String projection) {
        template.update("DELETE FROM es_projection_segments WHERE projection = ?", projection);
    }

    /** No lease holds any more. */
    void fence(String projection) {
        template.update(
                "UPDATE es_projection_segments SET token = token + 1, owner = NULL, leased_until = NULL"
                        + " WHERE projection = ?",
                projection);
    }

    /** Events up to where a segment is are a replay from now on. */
    void rewind(String projection) {
        template.update(
                "UPDATE es_projection_segments SET replay_until = GREATEST(replay_until, commit_position),"
                        + " commit_position = 0, commit_limit = ? WHERE projection = ?",
                SegmentState.NO_LIMIT,
                projection);
    }

    void limit(String projection, long limit) {
        template.update("UPDATE es_projection_segments SET commit_limit = ? WHERE projection = ?", limit, projection);
    }
}
