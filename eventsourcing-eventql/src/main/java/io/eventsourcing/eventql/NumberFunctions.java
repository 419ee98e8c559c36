package io.eventsourcing.eventql;

import static io.eventsourcing.eventql.Kind.ANY;
import static io.eventsourcing.eventql.Kind.BOOLEAN;
import static io.eventsourcing.eventql.Kind.NUMBER;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of numbers, and {@code IF}. */
final class NumberFunctions {

    private static final int MOST_DIGITS = 1000;

    static final List<Function> ALL = List.of(
            ofOne("ABS", number -> number(number).abs()),
            ofOne("CEIL", number -> Numbers.round(number, 0, RoundingMode.CEILING)),
            ofOne("FLOOR", number -> Numbers.round(number, 0, RoundingMode.FLOOR)),
            new Function("ROUND", List.of(NUMBER, NUMBER), 1, NUMBER, (arguments, row) -> round(arguments)),
            ofDouble("COS", Math::cos),
            ofDouble("EXP", Math::exp),
            ofDouble("SQRT", Math::sqrt),
            Function.of("POW", List.of(NUMBER, NUMBER), NUMBER, (arguments, row) -> power(arguments)),
            Function.of(Function.RAND, List.of(), NUMBER, (arguments, row) -> Numbers.of(random())),
            Function.of("PI", List.of(), NUMBER, (arguments, row) -> Numbers.of(Math.PI)),
            Function.of(
                    "IF",
                    List.of(BOOLEAN, ANY, ANY),
                    ANY,
                    (arguments, row) -> arguments.get(Values.isTrue(arguments.get(0)) ? 1 : 2)));

    private interface OfOne {
        BigDecimal value(BigDecimal number);
    }

    private NumberFunctions() {}

    private static Function ofOne(String name, OfOne body) {
        return Function.of(name, List.of(NUMBER), NUMBER, (arguments, row) -> body.value(number(arguments.get(0))));
    }

    private static Function ofDouble(String name, DoubleUnaryOperator body) {
        return Function.of(
                name,
                List.of(NUMBER),
                NUMBER,
                (arguments, row) ->
                        Numbers.of(body.applyAsDouble(number(arguments.get(0)).doubleValue())));
    }

    private static BigDecimal number(Object argument) {
        return (BigDecimal) argument;
    }

    private static double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Half away from zero, as in school. */
    private static @Nullable BigDecimal round(List<?> arguments) {
        Integer digits = arguments.size() == 1 ? Integer.valueOf(0) : Numbers.index(number(arguments.get(1)));
        return digits == null || Math.abs(digits) > MOST_DIGITS
                ? null
                : Numbers.round(number(arguments.get(0)), digits, RoundingMode.HALF_UP);
    }

    private static @Nullable BigDecimal power(List<?> arguments) {
        BigDecimal base = number(arguments.get(0));
        Integer exponent = Numbers.index(number(arguments.get(1)));
        if (exponent == null || Math.abs(exponent) > MOST_DIGITS) {
            return Numbers.of(
                    Math.pow(base.doubleValue(), number(arguments.get(1)).doubleValue()));
        }
        try {
            return Numbers.bounded(base.pow(exponent, Numbers.PRECISION));
        } catch (ArithmeticException e) {
            // 0 to a negative power
            return null;
        }
    }
}
