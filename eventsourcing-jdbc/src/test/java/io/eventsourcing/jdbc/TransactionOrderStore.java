package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.Subscriptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Shows all events in the order of the transactions that wrote them, and of their positions within one: the order of a cursor
 * over transaction and position, both of which fit into one number here.
 */
final class TransactionOrderStore implements EventStore {

    private static final String KEY = "(e.xmin::text::bigint << 24 | e.commit_position)";

    private static final String ALL = """
            SELECT s.name, e.stream_position, %1$s, e.event_id, e.event_type, e.data, e.metadata, e.occurred_at
            FROM es_events e JOIN es_streams s ON s.stream_id = e.stream_id
            WHERE e.xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AND %1$s %2$s ?
            ORDER BY %1$s %3$s LIMIT ?""";

    private static final String FORWARDS = ALL.formatted(KEY, ">=", "ASC");
    private static final String BACKWARDS = ALL.formatted(KEY, "<=", "DESC");

    private final EventStore store;
    private final JdbcTemplate jdbc;
    private final Subscriptions subscriptions = new Subscriptions(this);

    TransactionOrderStore(EventStore store, DataSource pool) {
        this.store = store;
        this.jdbc = new JdbcTemplate(pool);
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return PagedEvents.ofAll(options, this::page);
    }

    private EventPage page(EventFilter filter, Span span, int count) {
        List<RecordedEvent> rows = jdbc.query(
                span.backwards() ? BACKWARDS : FORWARDS,
                (row, number) -> event(row),
                span.backwards() ? span.last() : span.first(),
                count);
        return EventPage.filtered(rows, rows.size() < count, filter, count, RecordedEvent::commitPosition);
    }

    private static RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                StreamName.of(row.getString(1)),
                row.getLong(2),
                row.getLong(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7),
                row.getTimestamp(8).toInstant());
    }

    @Override
    public String description() {
        return store.description();
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        return store.append(stream, expected, events);
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return store.read(stream, options);
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return store.position(stream);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return subscriptions.subscribe(options, listener);
    }

    @Override
    public void close() {
        subscriptions.close();
        store.close();
    }
}
