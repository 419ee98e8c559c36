package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Decides and writes appends in the transaction of the calling thread. Nothing is written until all of them are decided,
 * so a conflict leaves a transaction of the caller's usable.
 */
final class EventWrites {

    private static final String INSERT_STREAM = "INSERT INTO es_streams (name) VALUES (?)";

    private static final String STREAM_ID = "SELECT stream_id FROM es_streams WHERE tenant = '' AND name = ?";

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final EventReads reads;

    /** One append, and what became of it earlier if it is repeated. */
    private record Decided(StreamAppend append, StreamHead head, Optional<AppendResult> earlier) {

        StreamPosition end() {
            return StreamPosition.of(head.position().value() + append.events().size());
        }
    }

    EventWrites(JdbcTemplate jdbc, Vendor.Sql sql, EventReads reads) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.reads = reads;
    }

    List<AppendResult> append(List<StreamAppend> appends) {
        List<Decided> decided = decide(appends);
        List<NewRow> rows = new ArrayList<>();
        for (Decided each : decided) {
            if (each.earlier().isEmpty()) {
                rows.addAll(rows(each));
            }
        }
        return results(decided, insert(rows, decided));
    }

    private List<Decided> decide(List<StreamAppend> appends) {
        List<StreamName> streams = appends.stream().map(StreamAppend::stream).toList();
        Map<StreamName, StreamHead> heads =
                sql.lock(jdbc, streams).stream().collect(Collectors.toMap(StreamHead::name, Function.identity()));
        List<Decided> decided = new ArrayList<>(appends.size());
        for (StreamAppend append : appends) {
            StreamHead head = heads.getOrDefault(append.stream(), StreamHead.missing(append.stream()));
            decided.add(new Decided(append, head, earlier(append, head)));
        }
        return decided;
    }

    private Optional<AppendResult> earlier(StreamAppend append, StreamHead head) {
        return AppendRules.decide(append, head.position(), (first, last) -> reads.stored(head.streamId(), first, last));
    }

    private List<NewRow> rows(Decided decided) {
        StreamHead head = decided.head();
        long streamId = head.hasRow() ? head.streamId() : newStream(decided);
        long position = head.position().next();
        List<NewRow> rows = new ArrayList<>(decided.append().events().size());
        for (NewEvent event : decided.append().events()) {
            rows.add(new NewRow(streamId, position++, event));
        }
        return rows;
    }

    private long newStream(Decided decided) {
        String name = decided.append().stream().value();
        try {
            jdbc.update(INSERT_STREAM, name);
        } catch (DuplicateKeyException e) {
            throw conflictUnseen(decided, e);
        }
        Long id = jdbc.queryForObject(STREAM_ID, Long.class, name);
        if (id == null) {
            throw new IllegalStateException("The row of stream " + name + " is gone");
        }
        return id;
    }

    private long[] insert(List<NewRow> rows, List<Decided> decided) {
        if (rows.isEmpty()) {
            return new long[0];
        }
        try {
            return sql.insert(jdbc, rows);
        } catch (DuplicateKeyException e) {
            throw conflictUnseen(decided.get(0), e);
        }
    }

    /** A transaction of the caller's whose snapshot is older than the lock can't see whom it lost to. */
    private static VersionConflictException conflictUnseen(Decided decided, DuplicateKeyException e) {
        StreamAppend append = decided.append();
        StreamPosition atLeast = StreamPosition.of(decided.head().position().next());
        VersionConflictException conflict = new VersionConflictException(append.stream(), append.expected(), atLeast);
        conflict.initCause(e);
        return conflict;
    }

    private static List<AppendResult> results(List<Decided> decided, long[] commitPositions) {
        List<AppendResult> results = new ArrayList<>(decided.size());
        int written = 0;
        for (Decided each : decided) {
            if (each.earlier().isPresent()) {
                results.add(each.earlier().get());
            } else {
                written += each.append().events().size();
                results.add(new AppendResult(each.append().stream(), each.end(), commitPositions[written - 1]));
            }
        }
        return results;
    }
}
