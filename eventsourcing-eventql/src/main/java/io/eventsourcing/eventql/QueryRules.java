package io.eventsourcing.eventql;

import java.util.Optional;
import java.util.stream.Stream;

/** What a query has to be like to make sense, beyond its grammar. */
final class QueryRules {

    private QueryRules() {}

    /** @throws EventQlException if it doesn't */
    static Query checked(Query query) {
        Scope scope = Scope.of(query.sources());
        query.condition().ifPresent(condition -> {
            requireNoAggregate(Stream.of(condition), "WHERE looks at single rows. Put the condition into HAVING");
            condition.require(Kind.BOOLEAN, scope, "WHERE");
        });
        query.grouping().ifPresent(grouping -> check(grouping, scope));
        query.ordering().ifPresent(ordering -> ordering.key().type(scope));
        query.projection().expression().type(scope);
        query.aggregates().forEach(QueryRules::requireNotNested);
        if (query.isAggregated()) {
            query.ordering().ifPresent(ordering -> requireNoBarePath(ordering.key()));
            requireNoBarePath(query.projection().expression());
            requireAggregate(query);
        }
        return query;
    }

    private static void check(Query.Grouping grouping, Scope scope) {
        requireNoAggregate(Stream.of(grouping.key()), "GROUP BY looks at single rows");
        grouping.key().type(scope);
        grouping.condition().ifPresent(condition -> {
            condition.require(Kind.BOOLEAN, scope, "HAVING");
            requireNoBarePath(condition);
            if (firstAggregate(condition).isEmpty()) {
                throw new EventQlException(
                        condition.at(), "HAVING looks at groups, and there is no aggregate in it, such as COUNT() > 1");
            }
        });
    }

    private static void requireAggregate(Query query) {
        Expression projection = query.projection().expression();
        if (query.grouping().isPresent() && firstAggregate(projection).isEmpty()) {
            throw new EventQlException(
                    projection.at(),
                    "With GROUP BY each row stands for a group, and there is no aggregate in what it is projected"
                            + " into, such as COUNT()");
        }
    }

    private static Optional<Expression> firstAggregate(Expression expression) {
        return expression.all().filter(AggregateCall.class::isInstance).findFirst();
    }

    private static void requireNotNested(AggregateCall call) {
        requireNoAggregate(
                call.operands().stream(), "An aggregate can't be part of another one. Compute it in a nested query");
    }

    private static void requireNoAggregate(Stream<Expression> expressions, String cure) {
        expressions.flatMap(expression -> firstAggregate(expression).stream()).forEach(found -> {
            throw new EventQlException(found.at(), "There can be no aggregate here: " + cure);
        });
    }

    private static void requireNoBarePath(Expression expression) {
        if (expression instanceof AggregateCall) {
            return;
        }
        if (expression instanceof Path path) {
            throw new EventQlException(
                    path.at(),
                    "This row stands for many, and '" + path.text()
                            + "' is of a single one. Put it into an aggregate; if"
                            + " it is the same in all of them, UNIQUE(" + path.text() + ")");
        }
        expression.operands().forEach(QueryRules::requireNoBarePath);
    }
}
