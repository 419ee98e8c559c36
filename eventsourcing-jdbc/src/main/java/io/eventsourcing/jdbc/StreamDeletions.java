package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamEnd;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deletes streams, in the caller's transaction if there is one. Nothing is removed: a row says what isn't to be read. */
final class StreamDeletions {

    private static final String INSERT = "INSERT INTO es_deletions (stream_id, first_readable) VALUES (?, ?)";

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final JdbcTransactions transactions;

    StreamDeletions(JdbcTemplate jdbc, Vendor.Sql sql, JdbcTransactions transactions) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.transactions = transactions;
    }

    void delete(StreamKey stream, ExpectedPosition expected) {
        inTransaction(() -> locked(stream)
                .filter(head -> AppendRules.decideDeletion(stream.name(), expected, head.end()))
                .ifPresent(head -> insert(head, head.end().last().next())));
    }

    void tombstone(StreamKey stream, ExpectedPosition expected) {
        inTransaction(() -> locked(stream)
                .filter(head -> AppendRules.decideTombstone(stream.name(), expected, head.end()))
                .ifPresent(head -> {
                    insert(head, StreamEnd.NEVER);
                    sql.keepOut(jdbc, head);
                }));
    }

    private void inTransaction(Runnable work) {
        if (transactions.isActive()) {
            transactions.join(work);
        } else {
            transactions.runAlone(work);
        }
    }

    private Optional<StreamHead> locked(StreamKey stream) {
        sql.lockStream(jdbc, stream);
        return EventReads.head(jdbc, sql, stream);
    }

    private void insert(StreamHead head, long firstReadable) {
        jdbc.update(INSERT, head.streamId(), firstReadable);
    }
}
