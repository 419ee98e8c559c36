package io.eventsourcing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;

/** The SQL of a vendor, but for what a subclass changes. */
class VariedSql implements Vendor.Sql {

    final Vendor.Sql right;

    VariedSql(Vendor.Sql right) {
        this.right = right;
    }

    @Override
    public void lockSchema(JdbcOperations jdbc) {
        right.lockSchema(jdbc);
    }

    @Override
    public String now() {
        return right.now();
    }

    @Override
    public String later() {
        return right.later();
    }

    @Override
    public void limitIdleness(JdbcOperations jdbc, Duration limit) {
        right.limitIdleness(jdbc, limit);
    }

    @Override
    public String tableName(String name) {
        return right.tableName(name);
    }

    @Override
    public Reservation reserve(JdbcOperations jdbc, Reservation.Wanted wanted, boolean waits) {
        return right.reserve(jdbc, wanted, waits);
    }

    @Override
    public void lockStream(JdbcOperations jdbc, StreamKey stream) {
        right.lockStream(jdbc, stream);
    }

    @Override
    public void keepOut(JdbcOperations jdbc, StreamHead tombstoned) {
        right.keepOut(jdbc, tombstoned);
    }

    @Override
    public List<String> beforeReadingAll() {
        return right.beforeReadingAll();
    }

    @Override
    public List<String> afterReadingAll() {
        return right.afterReadingAll();
    }

    @Override
    public void requireDecidable(ResultSet first) throws SQLException {
        right.requireDecidable(first);
    }

    @Override
    public void requirePrimary(JdbcOperations jdbc) {
        right.requirePrimary(jdbc);
    }

    @Override
    public String decided() {
        return right.decided();
    }

    @Override
    public boolean asksForEachRow() {
        return right.asksForEachRow();
    }

    @Override
    public String asked() {
        return right.asked();
    }

    @Override
    public NamePrefix namePrefix() {
        return right.namePrefix();
    }

    @Override
    public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {
        right.writeAtOnce(jdbc, requests, heads);
    }

    @Override
    public int lanes() {
        return right.lanes();
    }

    @Override
    public Map<Long, List<UUID>> ids(JdbcOperations jdbc, Collection<Repetitions.Range> ranges) {
        return right.ids(jdbc, ranges);
    }

    @Override
    public List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions) {
        return right.matched(jdbc, conditions);
    }

    @Override
    public void awaitOthers(JdbcOperations jdbc) {
        right.awaitOthers(jdbc);
    }

    @Override
    public void insert(JdbcOperations jdbc, List<NewRow> rows) {
        right.insert(jdbc, rows);
    }

    @Override
    public String saveSnapshot() {
        return right.saveSnapshot();
    }

    @Override
    public boolean isInMemory(JdbcOperations jdbc) {
        return right.isInMemory(jdbc);
    }

    @Override
    public List<String> durabilityWarnings(JdbcOperations jdbc) {
        return right.durabilityWarnings(jdbc);
    }
}
