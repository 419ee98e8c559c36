package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventPredicate.Comparison;
import io.eventsourcing.store.EventPredicate.DataCompares;
import java.util.function.Function;

/**
 * Looks for a text in the bytes of the data, which takes a tenth of the time of reading them as JSON, and can't fail where
 * they are none. It finds the text wherever it stands, and whatever has it escaped.
 *
 * @param contains the condition that the data have a parameter in them
 * @param parameter makes a parameter of a text
 */
record TextSearch(String contains, Function<String, Object> parameter) {

    /** Bytes that aren't UTF-8 are read as this character. */
    private static final char REPLACEMENT = '\uFFFD';

    static boolean canFind(DataCompares comparison) {
        return comparison.comparison() == Comparison.EQUAL
                && comparison.value() instanceof String text
                && text.indexOf(REPLACEMENT) < 0
                && text.indexOf('\0') < 0;
    }

    SqlCondition of(DataCompares comparison) {
        String text = (String) comparison.value();
        String escape = text.chars().anyMatch(TextSearch::hasShortEscape) ? "\\" : "\\u";
        return SqlCondition.of(
                "(" + contains + " OR " + contains + ")", parameter.apply('"' + text + '"'), parameter.apply(escape));
    }

    private static boolean hasShortEscape(int character) {
        return character < ' ' || character == '"' || character == '\\' || character == '/';
    }
}
