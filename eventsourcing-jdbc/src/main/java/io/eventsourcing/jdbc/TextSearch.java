package io.eventsourcing.jdbc;

import java.util.function.Function;

/**
 * Looks for a text in the bytes of data, wherever it stands, and finds whatever has characters escaped. Reading them as JSON
 * takes a database ten times as long, and longer than it takes to fetch them; and can fail.
 *
 * @param contains the condition that data have a parameter in them
 * @param parameter makes a parameter of a text
 */
record TextSearch(String contains, Function<String, Object> parameter) {

    /** Bytes that aren't UTF-8 are read as this character. */
    private static final char REPLACEMENT = '\uFFFD';

    /** A condition that holds where the text is the value of a field of JSON. */
    SqlCondition of(String text) {
        if (text.indexOf(REPLACEMENT) >= 0 || text.indexOf('\0') >= 0) {
            return SqlCondition.any();
        }
        String escape = text.chars().anyMatch(TextSearch::hasShortEscape) ? "\\" : "\\u";
        return SqlCondition.of(
                "(" + contains + " OR " + contains + ")", parameter.apply('"' + text + '"'), parameter.apply(escape));
    }

    private static boolean hasShortEscape(int character) {
        return character < ' ' || character == '"' || character == '\\' || character == '/';
    }
}
