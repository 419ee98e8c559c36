package io.eventsourcing.jdbc;

import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import io.eventsourcing.store.Seals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps seals in the table {@code es_seals}. Adding some has a transaction of its own, with a connection beside that of the
 * caller's transaction if there is one. That a number is there once is what keeps the chain from having branches.
 * Thread-safe.
 */
public final class JdbcSeals implements Seals {

    private static final String WHAT = "Reading seals";
    private static final String SELECT =
            "SELECT seal_number, commit_position, predecessor, hash, key_id, signature FROM es_seals WHERE ";
    private static final String INSERT =
            "INSERT INTO es_seals (seal_number, commit_position, predecessor, hash, key_id, signature)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate own;
    private final String selectLast;

    JdbcSeals(JdbcTemplate jdbc, PlatformTransactionManager manager, Vendor.Sql sql) {
        this.jdbc = jdbc;
        this.own = JdbcTransactions.apart(manager);
        this.selectLast = SELECT + sql.asked() + " ORDER BY seal_number DESC LIMIT 1";
    }

    /**
     * In a database beside a store, such as one that those who write events can't change. The tables of an event store are
     * made there, or must be there.
     *
     * @throws SchemaNotCurrentException if the tables aren't there and weren't to be made
     * @throws io.eventsourcing.store.StoreUnavailableException if the database can't be reached
     */
    public static JdbcSeals open(DataSource dataSource, SchemaInitialization initialization) {
        PlatformTransactionManager manager = new JdbcTransactionManager(dataSource);
        Vendor vendor = JdbcEventStore.builder(dataSource)
                .transactionManager(manager)
                .initializeSchema(initialization)
                .prepare();
        return new JdbcSeals(new JdbcTemplate(dataSource), manager, vendor.sql());
    }

    @Override
    public Optional<Seal> last() {
        return Failures.translated(
                WHAT, () -> jdbc.query(selectLast, JdbcSeals::seal).stream().findFirst());
    }

    @Override
    public Optional<Seal> find(long commitPosition) {
        return Failures.translated(
                WHAT,
                () -> jdbc.query(SELECT + "commit_position = ?", JdbcSeals::seal, commitPosition).stream()
                        .findFirst());
    }

    @Override
    public List<Seal> read(long number, int count) {
        return Failures.translated(
                WHAT,
                () -> jdbc.query(
                        SELECT + "seal_number >= ? ORDER BY seal_number LIMIT ?", JdbcSeals::seal, number, count));
    }

    @Override
    public boolean add(List<Seal> seals) {
        return Failures.translated("Sealing events", () -> isAdded(seals));
    }

    private boolean isAdded(List<Seal> seals) {
        try {
            own.executeWithoutResult(status -> jdbc.batchUpdate(INSERT, seals, seals.size(), JdbcSeals::bind));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private static void bind(PreparedStatement statement, Seal seal) throws SQLException {
        HexFormat hex = HexFormat.of();
        statement.setLong(1, seal.number());
        statement.setLong(2, seal.commitPosition());
        statement.setBytes(3, hex.parseHex(seal.predecessor()));
        statement.setBytes(4, hex.parseHex(seal.hash()));
        statement.setString(5, seal.signature().map(SealSignature::keyId).orElse(null));
        statement.setBytes(
                6,
                seal.signature()
                        .map(signature -> hex.parseHex(signature.value()))
                        .orElse(null));
    }

    private static Seal seal(ResultSet row, int index) throws SQLException {
        HexFormat hex = HexFormat.of();
        String keyId = row.getString("key_id");
        byte[] signature = row.getBytes("signature");
        return new Seal(
                row.getLong("seal_number"),
                row.getLong("commit_position"),
                hex.formatHex(row.getBytes("predecessor")),
                hex.formatHex(row.getBytes("hash")),
                keyId == null || signature == null
                        ? Optional.empty()
                        : Optional.of(new SealSignature(keyId, hex.formatHex(signature))));
    }
}
