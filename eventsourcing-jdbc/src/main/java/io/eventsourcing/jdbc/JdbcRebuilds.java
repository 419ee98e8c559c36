package io.eventsourcing.jdbc;

import io.eventsourcing.projection.RebuildStore;
import io.eventsourcing.projection.SegmentCheckpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps rebuilds in the tables of projections. Thread-safe. */
final class JdbcRebuilds implements RebuildStore {

    private static final String WHAT = "Keeping how far a rebuild has come";

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final Vendor.Sql sql;
    private final TransactionTemplate transaction;
    private final SegmentRows rows;
    private final JdbcDeadLetters deadLetters;

    JdbcRebuilds(JdbcTemplate template, Vendor.Sql sql, TransactionTemplate transaction, JdbcDeadLetters deadLetters) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.sql = sql;
        this.transaction = transaction;
        this.rows = new SegmentRows(template, sql);
        this.deadLetters = deadLetters;
    }

    private boolean inTransaction(BooleanSupplier work) {
        return Failures.translated(WHAT, () -> Boolean.TRUE.equals(transaction.execute(status -> work.getAsBoolean())));
    }

    @Override
    public boolean create(String projection) {
        return inTransaction(() -> {
            if (!rows.lock(projection) || rows.isRebuilt(projection)) {
                return false;
            }
            if (rows.wanted(projection).isPresent()) {
                throw RebuildStore.isBeingDivided(projection);
            }
            template.update(
                    "INSERT INTO es_projections (name, paused) VALUES (?, TRUE)", RebuildStore.nameOf(projection));
            rows.insert(RebuildStore.beginning(rows.checkpoints(projection)), rows.retiredToken(projection));
            return true;
        });
    }

    @Override
    public Optional<Instant> since(String projection) {
        return Failures.translated(
                WHAT,
                () -> jdbc.sql("SELECT created_at FROM es_projections WHERE name = ? AND " + sql.asked())
                        .param(RebuildStore.nameOf(projection))
                        .query((row, index) ->
                                row.getObject(1, OffsetDateTime.class).toInstant())
                        .optional());
    }

    @Override
    public void hold(String projection, Duration duration) {
        Failures.translated(WHAT, () -> {
            template.update(
                    "UPDATE es_projections SET held_until = " + sql.later() + " WHERE name = ?",
                    duration.toMillis(),
                    projection);
        });
    }

    /** Looks without locks first, since it is asked for again and again; then takes both from their owners. */
    @Override
    public boolean complete(String projection, Runnable work) {
        String rebuild = RebuildStore.nameOf(projection);
        boolean areEqual =
                Failures.translated(WHAT, () -> areEqual(rows.checkpoints(projection), rows.checkpoints(rebuild)));
        return areEqual
                && inTransaction(() -> fence(projection, rebuild))
                && inTransaction(() -> fence(projection, rebuild) && exchange(projection, rebuild, work));
    }

    private boolean fence(String projection, String rebuild) {
        boolean areThere = rows.lock(projection) && rows.lock(rebuild);
        if (areThere) {
            rows.fence(projection);
            rows.fence(rebuild);
        }
        return areThere;
    }

    private boolean exchange(String projection, String rebuild, Runnable work) {
        if (!areEqual(rows.checkpoints(projection), rows.checkpoints(rebuild))) {
            return false;
        }
        work.run();
        deadLetters.replace(projection, rebuild);
        template.update("UPDATE es_projections SET held_until = NULL WHERE name = ?", projection);
        rows.retire(projection, rebuild);
        return true;
    }

    private static boolean areEqual(List<SegmentCheckpoint> live, List<SegmentCheckpoint> rebuilt) {
        return !live.isEmpty() && positions(live).equals(positions(rebuilt));
    }

    private static List<Long> positions(List<SegmentCheckpoint> checkpoints) {
        return checkpoints.stream().map(SegmentCheckpoint::position).toList();
    }

    @Override
    public boolean remove(String projection) {
        String rebuild = RebuildStore.nameOf(projection);
        return inTransaction(() -> {
            boolean isThere = rows.lock(projection) && rows.lock(rebuild);
            if (isThere) {
                rows.fence(rebuild);
                deadLetters.removeAll(rebuild);
                rows.retire(projection, rebuild);
            }
            return isThere;
        });
    }
}
