package io.eventsourcing.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition on event {@code e}, and what goes into its question marks. Immutable.
 *
 * @param parameters lists become arrays of texts
 */
record SqlCondition(String text, List<Object> parameters) {

    static SqlCondition of(String text, Object... parameters) {
        return new SqlCondition(text, List.of(parameters));
    }

    /** Nothing is known. */
    static SqlCondition any() {
        return of("TRUE");
    }

    static SqlCondition all(List<SqlCondition> parts) {
        return joined(parts, " AND ", "TRUE");
    }

    static SqlCondition oneOf(List<SqlCondition> parts) {
        return joined(parts, " OR ", "FALSE");
    }

    private static SqlCondition joined(List<SqlCondition> parts, String operator, String none) {
        if (parts.isEmpty()) {
            return of(none);
        }
        List<Object> parameters = new ArrayList<>();
        parts.forEach(part -> parameters.addAll(part.parameters));
        return new SqlCondition(
                parts.stream().map(SqlCondition::text).collect(Collectors.joining(operator, "(", ")")), parameters);
    }

    SqlCondition negated() {
        return new SqlCondition("NOT (" + text + ")", parameters);
    }

    /** @return the index of the parameter behind these */
    int bind(PreparedStatement statement, int index) throws SQLException {
        int next = index;
        for (Object parameter : parameters) {
            statement.setObject(next++, bindable(statement, parameter));
        }
        return next;
    }

    private static Object bindable(PreparedStatement statement, Object parameter) throws SQLException {
        if (parameter instanceof List<?> texts) {
            return statement.getConnection().createArrayOf("varchar", texts.toArray());
        }
        return parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter;
    }
}
