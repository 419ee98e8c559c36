package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/** Asks whether anything matches, while the append lock is held. Tags are found by a table of their own. */
final class H2Conditions {

    private static final String INSERT_TAG = "INSERT INTO es_event_tags (tag, commit_position) VALUES (?, ?)";

    private H2Conditions() {}

    static void insertTags(JdbcOperations jdbc, List<NewRow> rows) {
        List<Object[]> tags = rows.stream()
                .flatMap(row -> row.event().tags().stream().map(tag -> new Object[] {tag, row.commitPosition()}))
                .toList();
        if (!tags.isEmpty()) {
            jdbc.batchUpdate(INSERT_TAG, tags);
        }
    }

    static List<TenantCondition> matched(JdbcOperations jdbc, List<TenantCondition> conditions) {
        return conditions.stream()
                .filter(condition ->
                        condition.noMatch().query().items().stream().anyMatch(item -> isMatched(jdbc, condition, item)))
                .toList();
    }

    private static boolean isMatched(JdbcOperations jdbc, TenantCondition condition, EventQuery.Item item) {
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder("SELECT 1 FROM ");
        Iterator<String> tags = item.tags().iterator();
        if (tags.hasNext()) {
            sql.append("es_event_tags t JOIN es_events e ON e.commit_position = t.commit_position")
                    .append(" WHERE t.tag = ? AND t.commit_position > ?");
            parameters.add(tags.next());
        } else {
            sql.append("es_events e WHERE e.commit_position > ?");
        }
        parameters.add(condition.noMatch().after());
        tags.forEachRemaining(tag -> {
            sql.append(" AND EXISTS (SELECT 1 FROM es_event_tags o")
                    .append(" WHERE o.tag = ? AND o.commit_position = e.commit_position)");
            parameters.add(tag);
        });
        if (!item.types().isEmpty()) {
            sql.append(" AND e.event_type IN (")
                    .append(String.join(", ", Collections.nCopies(item.types().size(), "?")))
                    .append(")");
            parameters.addAll(item.types());
        }
        sql.append(" AND (SELECT s.tenant FROM es_streams s WHERE s.stream_id = e.stream_id) = ?");
        parameters.add(condition.tenant());
        sql.append(" AND ").append(H2Sql.ASKED).append(" LIMIT 1");
        return !jdbc.queryForList(sql.toString(), Integer.class, parameters.toArray())
                .isEmpty();
    }
}
