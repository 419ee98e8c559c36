package io.eventsourcing.eventql;

import static io.eventsourcing.eventql.Kind.BOOLEAN;
import static io.eventsourcing.eventql.Kind.NUMBER;
import static io.eventsourcing.eventql.Kind.STRING;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of texts. Characters are Unicode code points, and are counted from 1, as SQL does. */
final class TextFunctions {

    static final List<Function> ALL = List.of(
            ofOne("LOWER", text -> text.toLowerCase(Locale.ROOT)),
            ofOne("UPPER", text -> text.toUpperCase(Locale.ROOT)),
            ofOne("TRIM", String::strip),
            ofOne("LTRIM", String::stripLeading),
            ofOne("RTRIM", String::stripTrailing),
            Function.of("LEN", List.of(STRING), NUMBER, (arguments, row) -> length(text(arguments, 0))),
            Function.of("INSTR", List.of(STRING, STRING), NUMBER, (arguments, row) -> find(arguments)),
            new Function(
                    "SUBSTRING", List.of(STRING, NUMBER, NUMBER), 2, STRING, (arguments, row) -> substring(arguments)),
            Function.of("REPLACE", List.of(STRING, STRING, STRING), STRING, (arguments, row) -> replace(arguments)),
            test(Function.STARTSWITH, String::startsWith),
            test("ENDSWITH", String::endsWith));

    private TextFunctions() {}

    private static Function ofOne(String name, UnaryOperator<String> body) {
        return Function.of(name, List.of(STRING), STRING, (arguments, row) -> body.apply(text(arguments, 0)));
    }

    private static Function test(String name, BiPredicate<String, String> body) {
        return Function.of(
                name,
                List.of(STRING, STRING),
                BOOLEAN,
                (arguments, row) -> body.test(text(arguments, 0), text(arguments, 1)));
    }

    private static String text(List<?> arguments, int index) {
        return (String) arguments.get(index);
    }

    private static BigDecimal length(String text) {
        return Numbers.of(text.codePointCount(0, text.length()));
    }

    private static BigDecimal find(List<?> arguments) {
        String text = text(arguments, 0);
        int index = text.indexOf(text(arguments, 1));
        return Numbers.of(index < 0 ? 0 : text.codePointCount(0, index) + 1);
    }

    private static String replace(List<?> arguments) {
        String sought = text(arguments, 1);
        return sought.isEmpty() ? text(arguments, 0) : text(arguments, 0).replace(sought, text(arguments, 2));
    }

    /** What lies outside of the text is left out. */
    private static @Nullable String substring(List<?> arguments) {
        String text = text(arguments, 0);
        Integer first = Numbers.index((BigDecimal) arguments.get(1));
        Integer count =
                arguments.size() == 2 ? Integer.valueOf(text.length()) : Numbers.index((BigDecimal) arguments.get(2));
        if (first == null || count == null || count < 0) {
            return null;
        }
        int characters = text.codePointCount(0, text.length());
        int start = (int) Math.min(Math.max(0, first - 1L), characters);
        int end = (int) Math.max(start, Math.min(characters, first - 1L + count));
        return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
    }
}
