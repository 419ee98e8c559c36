package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.EventSchemas;
import io.eventsourcing.store.EventType;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is in the store. Immutable. */
final class JdbcCatalogue {

    private static final int PAGE = 1_000;

    /** By the index of the names, and of each stream by that of its positions. */
    private static final String STREAMS = """
            SELECT s.name FROM es_streams s
            WHERE s.tenant = ? AND %s
                AND EXISTS (SELECT 1 FROM es_events e WHERE e.stream_id = s.stream_id AND e.stream_position >= COALESCE(
                        (SELECT MAX(d.first_readable) FROM es_deletions d WHERE d.stream_id = s.stream_id), 0))
            ORDER BY s.name LIMIT %d""";

    /** Positions below 1 are those of tombstones. */
    private static final String TYPES = """
            SELECT e.event_type, COUNT(*), MIN(e.commit_position), MAX(e.commit_position) FROM es_events e
            WHERE e.commit_position > 0%s GROUP BY e.event_type""";

    private static final String ONE_TYPE = " AND e.event_type = ?";
    private static final String OF_TENANT =
            " AND e.stream_id IN (SELECT s.stream_id FROM es_streams s WHERE s.tenant = ?)";

    private final JdbcTemplate jdbc;
    private final Vendor.Sql sql;
    private final TenantScope scope;
    private final EventSchemas schemas;

    JdbcCatalogue(JdbcTemplate jdbc, Vendor.Sql sql, TenantScope scope, EventSchemas schemas) {
        this.jdbc = jdbc;
        this.sql = sql;
        this.scope = scope;
        this.schemas = schemas;
    }

    JdbcCatalogue of(TenantScope tenant) {
        return new JdbcCatalogue(jdbc, sql, tenant, schemas);
    }

    /** The next names behind one, or the first ones. */
    List<StreamName> page(StreamFilter filter, Optional<StreamName> behind) {
        List<StreamName> names = new ArrayList<>();
        if (behind.isEmpty()) {
            filter.name().ifPresent(name -> names.addAll(streams("s.name = ?", List.of(name))));
        }
        List<String> parameters = new ArrayList<>();
        parameters.add(behind.map(StreamName::value).orElse(""));
        if (filter.isAll()) {
            names.addAll(streams("s.name > ?", parameters));
        } else {
            parameters.addAll(sql.namePrefix().parameters(filter.prefix()));
            names.addAll(streams("s.name > ? AND " + sql.namePrefix().condition(), parameters));
        }
        return names;
    }

    private List<StreamName> streams(String condition, List<String> names) {
        List<String> parameters = new ArrayList<>();
        parameters.add(scope.tenant());
        parameters.addAll(names);
        return jdbc.query(
                STREAMS.formatted(condition, PAGE),
                (row, number) -> StreamName.of(row.getString(1)),
                parameters.toArray());
    }

    List<EventType> eventTypes() {
        return EventType.withSchemas(types("", List.of()), schemas.all(), scope.isWhole());
    }

    List<OpenAppend> openAppends() {
        return sql.openAppends(jdbc);
    }

    Optional<EventType> eventType(String name) {
        List<EventSchema> own = schemas.all().stream()
                .filter(schema -> schema.type().equals(name))
                .toList();
        return EventType.withSchemas(types(ONE_TYPE, List.of(name)), own, scope.isWhole()).stream()
                .findFirst();
    }

    private List<EventType> types(String condition, List<String> names) {
        List<String> parameters = new ArrayList<>(names);
        if (!scope.isWhole()) {
            parameters.add(scope.tenant());
        }
        return jdbc.query(
                TYPES.formatted(scope.isWhole() ? condition : condition + OF_TENANT),
                (row, number) -> new EventType(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                parameters.toArray());
    }
}
