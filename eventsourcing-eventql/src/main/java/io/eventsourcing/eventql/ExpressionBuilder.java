package io.eventsourcing.eventql;

import io.eventsourcing.eventql.grammar.EventQlBaseVisitor;
import io.eventsourcing.eventql.grammar.EventQlParser.AndContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ArrayContext;
import io.eventsourcing.eventql.grammar.EventQlParser.AtomContext;
import io.eventsourcing.eventql.grammar.EventQlParser.CallContext;
import io.eventsourcing.eventql.grammar.EventQlParser.CastContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ComparisonContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ContainsContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ExpressionContext;
import io.eventsourcing.eventql.grammar.EventQlParser.FieldContext;
import io.eventsourcing.eventql.grammar.EventQlParser.NotContext;
import io.eventsourcing.eventql.grammar.EventQlParser.NothingContext;
import io.eventsourcing.eventql.grammar.EventQlParser.NumberContext;
import io.eventsourcing.eventql.grammar.EventQlParser.OrContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ParenthesesContext;
import io.eventsourcing.eventql.grammar.EventQlParser.PathContext;
import io.eventsourcing.eventql.grammar.EventQlParser.ProductContext;
import io.eventsourcing.eventql.grammar.EventQlParser.RecordContext;
import io.eventsourcing.eventql.grammar.EventQlParser.SignContext;
import io.eventsourcing.eventql.grammar.EventQlParser.SumContext;
import io.eventsourcing.eventql.grammar.EventQlParser.TextContext;
import io.eventsourcing.eventql.grammar.EventQlParser.TruthContext;
import io.eventsourcing.eventql.grammar.EventQlParser.XorContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Makes the expressions of one query of what was parsed. */
final class ExpressionBuilder extends EventQlBaseVisitor<Expression> {

    private final List<AggregateCall> aggregates = new ArrayList<>();
    private int depth;

    /** Those of all expressions that were built. */
    List<AggregateCall> aggregates() {
        return List.copyOf(aggregates);
    }

    Expression build(ParserRuleContext context) {
        Nesting.require(++depth, at(context));
        Expression expression = context.accept(this);
        depth--;
        return expression;
    }

    private List<Expression> build(List<ExpressionContext> contexts) {
        List<Expression> built = new ArrayList<>(contexts.size());
        contexts.forEach(context -> built.add(build(context)));
        return built;
    }

    private static Location at(ParserRuleContext context) {
        return Location.of(context.getStart());
    }

    @Override
    public Expression visitAtom(AtomContext atom) {
        return atom.primary().accept(this);
    }

    @Override
    public Expression visitParentheses(ParenthesesContext parentheses) {
        return build(parentheses.expression());
    }

    @Override
    public Expression visitText(TextContext text) {
        return new Literal(Quoted.text(text.STRING().getText()), at(text));
    }

    @Override
    public Expression visitNumber(NumberContext number) {
        Object value = Numbers.parse(number.getText());
        if (value == null) {
            throw new EventQlException(at(number), "This number is too large or too small");
        }
        return new Literal(value, at(number));
    }

    @Override
    public Expression visitTruth(TruthContext truth) {
        return new Literal(truth.TRUE() != null, at(truth));
    }

    @Override
    public Expression visitNothing(NothingContext nothing) {
        return new Literal(null, at(nothing));
    }

    @Override
    public Expression visitPath(PathContext path) {
        List<String> fields =
                path.name().stream().map(name -> name.getStart().getText()).toList();
        return new Path(path.NAME().getText(), fields, at(path));
    }

    @Override
    public Expression visitArray(ArrayContext array) {
        return new ArrayOf(build(array.expression()), at(array));
    }

    @Override
    public Expression visitRecord(RecordContext record) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        for (FieldContext field : record.field()) {
            if (fields.put(field.name().getText(), build(field.expression())) != null) {
                throw new EventQlException(
                        at(field), "The field '" + field.name().getText() + "' is already in this record");
            }
        }
        return RecordOf.of(fields, at(record));
    }

    @Override
    public Expression visitCall(CallContext call) {
        String name = call.NAME().getText();
        List<Expression> operands = build(call.expression());
        Aggregate aggregate = Aggregate.named(name);
        if (aggregate != null) {
            AggregateCall made = new AggregateCall(aggregate, aggregates.size(), operands, at(call));
            aggregates.add(made);
            return made;
        }
        Function function = Function.named(name);
        if (function == null) {
            throw new EventQlException(at(call), "There is no function '" + name + "'; there are " + functionNames());
        }
        return new FunctionCall(function, operands, at(call));
    }

    private static String functionNames() {
        Stream<String> aggregates = Stream.of(Aggregate.values()).map(Aggregate::name);
        return String.join(
                ", ", Stream.concat(Function.names(), aggregates).sorted().toList());
    }

    @Override
    public Expression visitCast(CastContext cast) {
        String name = cast.name().getText();
        return new Cast(build(cast.expression()), Cast.Target.of(name, at(cast.name())), at(cast));
    }

    @Override
    public Expression visitContains(ContainsContext contains) {
        return new Contains(build(contains.expression(0)), build(contains.expression(1)), at(contains));
    }

    @Override
    public Expression visitSign(SignContext sign) {
        boolean negative = sign.operator.getText().equals("-");
        return new Sign(negative, build(sign.expression()), at(sign));
    }

    @Override
    public Expression visitProduct(ProductContext product) {
        return arithmetic(product.operator, product.expression());
    }

    @Override
    public Expression visitSum(SumContext sum) {
        return arithmetic(sum.operator, sum.expression());
    }

    private Expression arithmetic(Token operator, List<ExpressionContext> sides) {
        return new Arithmetic(operator.getText(), build(sides.get(0)), build(sides.get(1)), Location.of(operator));
    }

    @Override
    public Expression visitComparison(ComparisonContext comparison) {
        return new Comparison(
                Comparison.Operator.of(comparison.operator.getText()),
                build(comparison.expression(0)),
                build(comparison.expression(1)),
                Location.of(comparison.operator));
    }

    @Override
    public Expression visitNot(NotContext not) {
        return new Negation(build(not.expression()), at(not));
    }

    @Override
    public Expression visitAnd(AndContext and) {
        return logic(Logic.Operator.AND, and.expression(), and);
    }

    @Override
    public Expression visitXor(XorContext xor) {
        return logic(Logic.Operator.XOR, xor.expression(), xor);
    }

    @Override
    public Expression visitOr(OrContext or) {
        return logic(Logic.Operator.OR, or.expression(), or);
    }

    private Expression logic(Logic.Operator operator, List<ExpressionContext> sides, ParserRuleContext context) {
        return new Logic(operator, build(sides.get(0)), build(sides.get(1)), at(context));
    }
}
