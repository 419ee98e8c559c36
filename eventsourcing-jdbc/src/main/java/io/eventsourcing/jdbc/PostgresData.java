package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventPredicate.DataCompares;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks into data as {@code jsonb}. Data need not be JSON, nor text at all, and nothing of it may fail the query, so what
 * {@code jsonb} doesn't take is in. The bytes are read as Latin 1, which none of them but 0 can break: JSON stays what it
 * is, only texts outside of ASCII become others, and those aren't looked for.
 */
final class PostgresData {

    /** Whether this server can tell what is JSON. */
    private static final String CAN_TELL =
            "SELECT current_setting('server_version_num')::int >= 160000 AND getdatabaseencoding() = 'UTF8'";

    /** Data that is larger may nest deeper than the server's stack. */
    private static final int MAX_BYTES = 8 * 1024;

    /** Numbers beyond make no difference to any business, and long texts of the queries. */
    private static final int MAX_DIGITS = 100;

    private static final String JSON = "convert_from(e.data, 'LATIN1')";

    private static final String GUARDED =
            "CASE WHEN octet_length(e.data) > " + MAX_BYTES + " OR position('\\x00'::bytea IN e.data) > 0 THEN TRUE"
                    + " WHEN NOT pg_input_is_valid(" + JSON + ", 'jsonb') THEN TRUE ELSE %s END";

    private static final String FIELD = "(" + JSON + "::jsonb #> ?)";

    private static final TextSearch TEXTS =
            new TextSearch("position(? IN e.data) > 0", text -> text.getBytes(StandardCharsets.UTF_8));

    private PostgresData() {}

    /** What this server can do. */
    static Function<DataCompares, SqlCondition> on(JdbcOperations jdbc) {
        boolean canTell = Boolean.TRUE.equals(jdbc.queryForObject(CAN_TELL, Boolean.class));
        return comparison -> {
            if (TextSearch.canFind(comparison)) {
                return TEXTS.of(comparison);
            }
            return canTell ? json(comparison) : SqlCondition.any();
        };
    }

    private static SqlCondition json(DataCompares comparison) {
        if (!Stream.concat(comparison.path().stream(), Stream.of(comparison.value()))
                .allMatch(PostgresData::isPlain)) {
            return SqlCondition.any();
        }
        String operator = PredicateSql.operator(comparison.comparison());
        List<String> path = comparison.path();
        if (comparison.value() instanceof BigDecimal number) {
            String test =
                    "jsonb_typeof(%s) = 'number' AND %s %s to_jsonb(?::numeric)".formatted(FIELD, FIELD, operator);
            return SqlCondition.of(GUARDED.formatted(test), path, path, number);
        }
        if (comparison.value() instanceof Boolean truth) {
            return SqlCondition.of(GUARDED.formatted(FIELD + " = to_jsonb(?::boolean)"), path, truth);
        }
        String test = "(%s::jsonb #>> ?) COLLATE \"C\" %s ?".formatted(JSON, operator);
        return SqlCondition.of(GUARDED.formatted(test), path, comparison.value());
    }

    private static boolean isPlain(Object value) {
        if (value instanceof BigDecimal number) {
            return number.precision() < MAX_DIGITS && Math.abs(number.scale()) < MAX_DIGITS;
        }
        return !(value instanceof String text)
                || StandardCharsets.US_ASCII.newEncoder().canEncode(text) && text.indexOf('\0') < 0;
    }
}
