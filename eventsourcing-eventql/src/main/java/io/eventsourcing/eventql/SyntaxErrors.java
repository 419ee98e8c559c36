package io.eventsourcing.eventql;

import io.eventsourcing.eventql.grammar.EventQlParser;
import java.util.LinkedHashSet;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Says at the first mistake what was found and what was expected. */
final class SyntaxErrors extends BaseErrorListener {

    @Override
    public void syntaxError(
            @Nullable Recognizer<?, ?> recognizer,
            @Nullable Object symbol,
            int line,
            int column,
            String message,
            @Nullable RecognitionException e) {
        Location at = new Location(line, column + 1);
        if (recognizer instanceof Parser parser && symbol instanceof Token token) {
            throw new EventQlException(at, "Found " + found(token) + ", expected " + expected(parser));
        }
        throw new EventQlException(
                at, "No part of EventQL begins so; is a quote missing, or a \\ too much? " + message);
    }

    private static String found(Token token) {
        return token.getType() == Token.EOF ? "the end of the query" : "'" + token.getText() + "'";
    }

    private static String expected(Parser parser) {
        Vocabulary vocabulary = parser.getVocabulary();
        Set<String> names = new LinkedHashSet<>();
        var expected = parser.getExpectedTokens();
        boolean anyExpression = expected.contains(EventQlParser.STRING);
        if (anyExpression) {
            names.add("an expression");
        }
        for (int type : expected.toArray()) {
            boolean beginsExpression = type == EventQlParser.NAME || isOperand(type, vocabulary);
            if (!anyExpression || !beginsExpression) {
                names.add(name(type, vocabulary));
            }
        }
        return names.isEmpty() ? "something else" : String.join(" or ", names);
    }

    private static boolean isOperand(int type, Vocabulary vocabulary) {
        return switch (type) {
            case EventQlParser.STRING,
                    EventQlParser.INTEGER,
                    EventQlParser.DECIMAL,
                    EventQlParser.TRUE,
                    EventQlParser.FALSE,
                    EventQlParser.NULL,
                    EventQlParser.NOT -> true;
            default -> "'('|'['|'{'|'+'|'-'".contains(vocabulary.getDisplayName(type));
        };
    }

    private static String name(int type, Vocabulary vocabulary) {
        return switch (type) {
            case EventQlParser.NAME -> "a name";
            case EventQlParser.INTEGER -> "a whole number";
            case EventQlParser.SKIP_ROWS -> "SKIP";
            case Token.EOF -> "the end of the query";
            default ->
                vocabulary.getSymbolicName(type) == null
                        ? vocabulary.getDisplayName(type)
                        : vocabulary.getSymbolicName(type);
        };
    }
}
