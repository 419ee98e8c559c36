package io.eventsourcing.eventql;

import io.eventsourcing.eventql.grammar.EventQlLexer;
import io.eventsourcing.eventql.grammar.EventQlParser;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;

/** Makes a tree of a text. */
final class QueryParser {

    private static final int MAX_LENGTH = 64 * 1024;

    private QueryParser() {}

    /** @throws EventQlException if the text is no query that makes sense */
    static Query parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new EventQlException(
                    new Location(1, 1),
                    "A query has at most " + MAX_LENGTH + " characters, this one has " + text.length());
        }
        EventQlLexer lexer = new EventQlLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new SyntaxErrors());
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        Nesting.requireFlat(tokens.getTokens());
        EventQlParser parser = new EventQlParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxErrors());
        return new QueryBuilder().build(parser.file().query());
    }
}
