package io.eventsourcing.jdbc;

import io.eventsourcing.store.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
    public String tableName(String name) {
        return right.tableName(name);
    }

    @Override
    public List<StreamHead> lock(JdbcOperations jdbc, List<StreamName> streams) {
        return right.lock(jdbc, streams);
    }

    @Override
    public List<String> beforeReadingAll() {
        return right.beforeReadingAll();
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
    public void writeAtOnce(JdbcOperations jdbc, List<AppendRequest> requests) {
        right.writeAtOnce(jdbc, requests);
    }

    @Override
    public Map<StreamName, Long> insertStreams(JdbcOperations jdbc, List<StreamName> streams) {
        return right.insertStreams(jdbc, streams);
    }

    @Override
    public long[] insert(JdbcOperations jdbc, List<NewRow> rows, Map<StreamName, Long> streamIds) {
        return right.insert(jdbc, rows, streamIds);
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
