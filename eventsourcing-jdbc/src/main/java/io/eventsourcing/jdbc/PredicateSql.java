package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventPredicate.And;
import io.eventsourcing.store.EventPredicate.DataHasText;
import io.eventsourcing.store.EventPredicate.Happened;
import io.eventsourcing.store.EventPredicate.IdIs;
import io.eventsourcing.store.EventPredicate.Not;
import io.eventsourcing.store.EventPredicate.Or;
import io.eventsourcing.store.EventPredicate.StreamIs;
import io.eventsourcing.store.EventPredicate.StreamStartsWith;
import io.eventsourcing.store.EventPredicate.TypeIn;
import java.util.List;
import java.util.Optional;

/** Says a predicate in SQL, or something that holds wherever the predicate does. */
final class PredicateSql {

    private static final String STREAMS = "SELECT s.stream_id FROM es_streams s WHERE %s AND s.name %s AND %s";
    private static final String LIKE = "LIKE ? ESCAPE '!'";
    private static final String IS = "= ?";

    private final Vendor.Sql sql;
    private final TextSearch texts;
    private final Optional<String> tenant;

    /** @param tenant whose streams are meant; empty for those of all tenants */
    PredicateSql(Vendor.Sql sql, TextSearch texts, Optional<String> tenant) {
        this.sql = sql;
        this.texts = texts;
        this.tenant = tenant;
    }

    SqlCondition of(EventPredicate predicate) {
        return of(predicate, true);
    }

    /** @param wanted whether the predicate is to hold, or isn't to */
    private SqlCondition of(EventPredicate predicate, boolean wanted) {
        if (predicate instanceof Not not) {
            return of(not.part(), !wanted);
        }
        if (predicate instanceof And and) {
            return wanted ? SqlCondition.all(parts(and.parts(), true)) : SqlCondition.oneOf(parts(and.parts(), false));
        }
        if (predicate instanceof Or or) {
            return wanted ? SqlCondition.oneOf(parts(or.parts(), true)) : SqlCondition.all(parts(or.parts(), false));
        }
        if (predicate instanceof DataHasText data) {
            // the contrary of more than what was asked for would be less
            return wanted ? texts.of(data.text()) : SqlCondition.any();
        }
        return wanted ? column(predicate) : column(predicate).negated();
    }

    private List<SqlCondition> parts(List<EventPredicate> parts, boolean wanted) {
        return parts.stream().map(part -> of(part, wanted)).toList();
    }

    private SqlCondition column(EventPredicate predicate) {
        if (predicate instanceof TypeIn types) {
            return SqlCondition.of("e.event_type = ANY (?)", List.copyOf(types.types()));
        }
        if (predicate instanceof StreamIs stream) {
            return named(stream.stream().value());
        }
        if (predicate instanceof StreamStartsWith start) {
            return like(start.prefix().replaceAll("[!%_]", "!$0") + "%");
        }
        if (predicate instanceof Happened happened) {
            return SqlCondition.of("e.occurred_at " + operator(happened.comparison()) + " ?", happened.instant());
        }
        return SqlCondition.of("e.event_id = ?", ((IdIs) predicate).id());
    }

    private SqlCondition named(String name) {
        if (tenant.isPresent()) {
            return SqlCondition.of(isOneOf(streams("s.tenant = ?", IS)), tenant.get(), name);
        }
        String ofDefault = streams(FilterSql.OF_DEFAULT, IS);
        if (sql.asksForEachRow()) {
            return SqlCondition.oneOf(List.of(
                    SqlCondition.of(isOneOf(ofDefault), name), SqlCondition.of(ofEach(FilterSql.OF_OTHERS, IS), name)));
        }
        // an array that is made once can be looked for by an index, either of two conditions can't
        return SqlCondition.of(
                "e.stream_id = ANY (ARRAY(" + ofDefault + " UNION ALL " + streams(FilterSql.OF_OTHERS, IS) + "))",
                name,
                name);
    }

    private SqlCondition like(String pattern) {
        if (sql.asksForEachRow()) {
            return tenant.map(id -> SqlCondition.of(ofEach("s.tenant = ?", LIKE), id, pattern))
                    .orElseGet(() -> SqlCondition.of(ofEach("TRUE", LIKE), pattern));
        }
        if (tenant.isPresent()) {
            return SqlCondition.of("e.stream_id IN (" + streams("s.tenant = ?", LIKE) + ")", tenant.get(), pattern);
        }
        return SqlCondition.of(
                "e.stream_id IN (" + streams(FilterSql.OF_DEFAULT, LIKE) + " UNION ALL "
                        + streams(FilterSql.OF_OTHERS, LIKE) + ")",
                pattern,
                pattern);
    }

    /** About the stream of each event, by its number. */
    private static String ofEach(String ofTenant, String name) {
        return "(SELECT " + ofTenant + " AND s.name " + name + " FROM es_streams s WHERE s.stream_id = e.stream_id)";
    }

    private static String isOneOf(String oneStream) {
        return "e.stream_id = COALESCE((" + oneStream + "), 0)";
    }

    private String streams(String ofTenant, String name) {
        return STREAMS.formatted(ofTenant, name, sql.asked());
    }

    private static String operator(EventPredicate.Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }
}
