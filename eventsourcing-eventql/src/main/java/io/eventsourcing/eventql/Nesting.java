package io.eventsourcing.eventql;

import io.eventsourcing.eventql.grammar.EventQlLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** How deep the parts of a query lie in each other. A deeper one would overflow the stack of whoever asks it. */
final class Nesting {

    static final int MAX_DEPTH = 250;

    private final Deque<Integer> open = new ArrayDeque<>();
    private int depth;
    private int prefixes;

    private Nesting() {}

    /** @throws EventQlException before a parser runs out of stack */
    static void requireFlat(List<Token> tokens) {
        Nesting nesting = new Nesting();
        for (Token token : tokens) {
            nesting.read(token.getType(), token.getText());
            require(nesting.depth + nesting.prefixes, Location.of(token));
        }
    }

    static void require(int depth, Location at) {
        if (depth > MAX_DEPTH) {
            throw new EventQlException(
                    at,
                    "More than " + MAX_DEPTH + " parts lie in each other or behind each other here. Use arrays, as in"
                            + " [\"a\", \"b\"] CONTAINS e.type, parentheses or nested queries");
        }
    }

    /** What stands before an operand nests as parentheses do, but nothing closes it. */
    private void read(int type, String text) {
        switch (text) {
            case "(", "[", "{" -> {
                open.push(prefixes + 1);
                depth += prefixes + 1;
                prefixes = 0;
            }
            case ")", "]", "}" -> {
                depth -= open.isEmpty() ? 0 : open.pop();
                prefixes = 0;
            }
            case "+", "-" -> prefixes++;
            default -> prefixes = type == EventQlLexer.NOT ? prefixes + 1 : 0;
        }
    }
}
