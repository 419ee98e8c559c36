package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.KnownHeads.Head;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Writes appends in a single round trip, which is also their transaction: the driver sends all statements of a text
 * together, and the server runs them as one transaction where none was begun. It takes the appends whose place is known,
 * and leaves open those that the database refuses, for reasons that only {@link EventWrites} can tell.
 *
 * <p>A stream or a tag that somebody else holds isn't waited for: it would hold up all the others.
 */
final class PostgresAtOnce {

    private final KnownHeads heads;
    private final List<PlacedAppend> appends;
    private final boolean tagged;
    private final boolean allKnown;

    /** The streams that get a row if they have none. */
    private final List<StreamKey> beginning;

    private PostgresAtOnce(KnownHeads heads, List<PlacedAppend> appends) {
        this.heads = heads;
        this.appends = appends;
        this.tagged = appends.stream().map(PlacedAppend::request).anyMatch(AppendRequest::mindsTags);
        this.allKnown = appends.stream().allMatch(append -> append.head() != null);
        this.beginning = appends.stream()
                .filter(append -> append.position() < 0)
                .map(PlacedAppend::stream)
                .toList();
    }

    /** Does nothing on connections that don't commit by themselves. */
    static void write(JdbcOperations jdbc, List<AppendRequest> requests, KnownHeads heads) {
        List<PlacedAppend> appends = PlacedAppend.of(requests, heads, PostgresInsert.ROWS_WORTH_A_COPY - 1);
        if (!appends.isEmpty()) {
            new PostgresAtOnce(heads, appends).write(jdbc);
        }
    }

    private void write(JdbcOperations jdbc) {
        jdbc.execute(text(), (PreparedStatement statement) -> {
            boolean commits = statement.getConnection().getAutoCommit();
            if (commits) {
                bind(statement);
                statement.execute();
                tell(lastResult(statement));
            }
            return commits;
        });
    }

    private String text() {
        if (isOneAtHead()) {
            return AtOnceText.ONE_AT_HEAD;
        }
        if (allKnown) {
            return tagged ? AtOnceText.TAGGED_AT_HEADS : AtOnceText.AT_HEADS;
        }
        if (beginning.isEmpty()) {
            return tagged ? AtOnceText.TAGGED_BY_NAME : AtOnceText.BY_NAME;
        }
        return tagged ? AtOnceText.TAGGED_WITH_NEW : AtOnceText.WITH_NEW;
    }

    private boolean isOneAtHead() {
        return allKnown
                && !tagged
                && appends.size() == 1
                && appends.get(0).events().size() == 1;
    }

    private void bind(PreparedStatement statement) throws SQLException {
        if (isOneAtHead()) {
            bindOne(statement, appends.get(0));
            return;
        }
        Columns columns = new Columns(statement);
        if (!beginning.isEmpty()) {
            PostgresReservation.addNewStreams(columns, beginning);
        }
        if (tagged) {
            bindTags(columns);
        }
        bindStreams(columns);
        bindEvents(columns);
        if (tagged) {
            PostgresConditions.bind(columns, numbers().boxed().flatMap(this::conditions));
        }
    }

    private static void bindOne(PreparedStatement statement, PlacedAppend append) throws SQLException {
        NewEvent event = append.events().get(0);
        Head head = append.requireHead();
        statement.setObject(1, event.id());
        statement.setObject(2, event.timestamp().atOffset(ZoneOffset.UTC));
        statement.setString(3, event.type());
        statement.setBytes(4, event.data());
        statement.setBytes(5, event.metadata());
        statement.setLong(6, head.streamId());
        statement.setInt(7, PostgresSql.lockKey(append.stream()));
        statement.setLong(8, head.position());
        statement.setObject(9, head.eventId());
    }

    private record TagLock(int number, int key, boolean alone) {}

    private void bindTags(Columns columns) throws SQLException {
        List<TagLock> locks = numbers().boxed().flatMap(this::locks).toList();
        columns.addInts(locks.stream().map(TagLock::number));
        columns.addInts(locks.stream().map(TagLock::key));
        columns.addBooleans(locks.stream().map(TagLock::alone));
    }

    private Stream<TagLock> locks(int number) {
        TagLocks locks = TagLocks.of(List.of(appends.get(number - 1).request()));
        return locks.exclusive().entrySet().stream().map(lock -> new TagLock(number, lock.getKey(), lock.getValue()));
    }

    private Stream<PostgresConditions.Numbered> conditions(int number) {
        return appends.get(number - 1)
                .request()
                .noMatches()
                .map(condition -> new PostgresConditions.Numbered(number, condition));
    }

    /** Of the appends, from 1 on, as arrays in SQL. */
    private IntStream numbers() {
        return IntStream.rangeClosed(1, appends.size());
    }

    private void bindStreams(Columns columns) throws SQLException {
        if (allKnown) {
            columns.addLongs(appends.stream().map(append -> append.requireHead().streamId()));
        } else {
            PostgresReservation.addStreams(
                    columns, appends.stream().map(PlacedAppend::stream).toList());
        }
        columns.addLongs(appends.stream().map(PlacedAppend::position));
        columns.addIds(appends.stream().map(PostgresAtOnce::lastEvent));
        columns.addInts(appends.stream().map(append -> PostgresSql.lockKey(append.stream())));
    }

    private static @Nullable UUID lastEvent(PlacedAppend append) {
        return append.head() == null ? null : append.head().eventId();
    }

    private void bindEvents(Columns columns) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        List<Long> positions = new ArrayList<>();
        List<NewEvent> events = new ArrayList<>();
        for (int i = 0; i < appends.size(); i++) {
            long next = appends.get(i).position() + 1;
            for (NewEvent event : appends.get(i).events()) {
                numbers.add(i + 1);
                positions.add(next++);
                events.add(event);
            }
        }
        columns.addInts(numbers.stream());
        columns.addLongs(positions.stream());
        columns.addEvents(events);
        if (tagged) {
            columns.addArrays(events.stream().map(NewEvent::tags));
        }
    }

    private static ResultSet lastResult(PreparedStatement statement) throws SQLException {
        while (true) {
            ResultSet current = statement.getResultSet();
            if (current != null && current.getMetaData().getColumnCount() > 1) {
                return current;
            }
            statement.getMoreResults();
        }
    }

    /** Rows come in the order of the events, all of an append or none. */
    private void tell(ResultSet rows) throws SQLException {
        boolean more = rows.next();
        for (PlacedAppend append : appends) {
            long commitPosition = 0;
            long streamId = 0;
            for (int i = 0; more && i < append.events().size(); i++) {
                if (!rows.getObject(2, UUID.class).equals(append.events().get(i).id())) {
                    break;
                }
                commitPosition = rows.getLong(1);
                streamId = rows.getLong(3);
                more = rows.next();
            }
            if (commitPosition > 0) {
                succeed(append, streamId, commitPosition);
            }
        }
    }

    private void succeed(PlacedAppend placed, long streamId, long commitPosition) {
        StreamAppend append = placed.append();
        Head end = placed.end(streamId);
        heads.saw(placed.stream(), end);
        placed.request()
                .succeed(List.of(new AppendResult(append.stream(), StreamPosition.of(end.position()), commitPosition)));
    }
}
