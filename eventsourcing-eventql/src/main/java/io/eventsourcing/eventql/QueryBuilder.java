package io.eventsourcing.eventql;

import io.eventsourcing.eventql.grammar.EventQlBaseVisitor;
import io.eventsourcing.eventql.grammar.EventQlParser.EventTypesContext;
import io.eventsourcing.eventql.grammar.EventQlParser.EventsContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ExpressionContext;
import io.eventsourcing.eventql.grammar.EventQlParser.GroupContext;
import io.eventsourcing.eventql.grammar.EventQlParser.NestedContext;
import io.eventsourcing.eventql.grammar.EventQlParser.OrderContext;
import io.eventsourcing.eventql.grammar.EventQlParser.QueryContext;
import io.eventsourcing.eventql.grammar.EventQlParser.SkipContext;
import io.eventsourcing.eventql.grammar.EventQlParser.SourceContext;
import io.eventsourcing.eventql.grammar.EventQlParser.SubjectsContext;
import io.eventsourcing.eventql.grammar.EventQlParser.TopContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Makes a query of what was parsed. For one query; one that is nested in it has its own. */
final class QueryBuilder {

    private final ExpressionBuilder expressions = new ExpressionBuilder();

    Query build(QueryContext query) {
        List<Source> sources = query.source().stream().map(this::source).toList();
        Optional<Expression> condition = optional(query.condition);
        Optional<Query.Grouping> grouping = atMostOne(query, GroupContext.class).map(this::grouping);
        Optional<Query.Ordering> ordering = atMostOne(query, OrderContext.class).map(this::ordering);
        Expression projection = expressions.build(query.projection);
        return QueryRules.checked(new Query(
                sources,
                condition,
                grouping,
                ordering,
                range(query),
                new Query.Projection(projection, query.distinct != null),
                expressions.aggregates()));
    }

    private Source source(SourceContext source) {
        Token alias = source.NAME().getSymbol();
        return new Source(alias.getText(), source.origin().accept(ORIGINS), Location.of(alias));
    }

    private static final EventQlBaseVisitor<Origin> ORIGINS = new EventQlBaseVisitor<>() {

        @Override
        public Origin visitEvents(EventsContext events) {
            return new Origin.Events();
        }

        @Override
        public Origin visitSubjects(SubjectsContext subjects) {
            return new Origin.Subjects();
        }

        @Override
        public Origin visitEventTypes(EventTypesContext types) {
            return new Origin.EventTypes();
        }

        @Override
        public Origin visitNested(NestedContext nested) {
            return new Origin.Nested(new QueryBuilder().build(nested.query()));
        }
    };

    private Query.Grouping grouping(GroupContext group) {
        return new Query.Grouping(expressions.build(group.key), optional(group.condition));
    }

    private Query.Ordering ordering(OrderContext order) {
        boolean descending = order.direction != null && order.DESC() != null;
        return new Query.Ordering(expressions.build(order.expression()), descending);
    }

    private Optional<Expression> optional(@Nullable ExpressionContext expression) {
        return expression == null ? Optional.empty() : Optional.of(expressions.build(expression));
    }

    private static Query.Range range(QueryContext query) {
        long skip = atMostOne(query, SkipContext.class)
                .map(clause -> number(clause.INTEGER().getSymbol()))
                .orElse(0L);
        Optional<Long> top = atMostOne(query, TopContext.class)
                .map(clause -> number(clause.INTEGER().getSymbol()));
        return new Query.Range(skip, top.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static long number(Token token) {
        try {
            return Long.parseLong(token.getText());
        } catch (NumberFormatException e) {
            throw new EventQlException(Location.of(token), "A count of rows is at most " + Long.MAX_VALUE);
        }
    }

    private static <C extends ParserRuleContext> Optional<C> atMostOne(QueryContext query, Class<C> clause) {
        List<C> found = query.getRuleContexts(clause);
        if (found.size() > 1) {
            Token second = found.get(1).getStart();
            throw new EventQlException(
                    Location.of(second), "There is a second '" + second.getText() + "', and a query has at most one");
        }
        return found.stream().findFirst();
    }
}
