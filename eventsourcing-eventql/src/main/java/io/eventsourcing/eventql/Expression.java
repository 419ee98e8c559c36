package io.eventsourcing.eventql;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a query that has a value for each row. An operation on a value that it isn't made for is null, not an error:
 * one strange event would else be the end of every query.
 */
sealed interface Expression
        permits AggregateCall,
                Arithmetic,
                ArrayOf,
                Cast,
                Comparison,
                Contains,
                FunctionCall,
                Literal,
                Logic,
                Negation,
                Path,
                RecordOf,
                Sign {

    Location at();

    List<Expression> operands();

    /** @throws EventQlException if it can make no sense, whatever the rows are */
    Type type(Scope scope);

    @Nullable
    Object value(Row row);

    /** This and all that it is made of. */
    default Stream<Expression> all() {
        return Stream.concat(Stream.of(this), operands().stream().flatMap(Expression::all));
    }

    /** @throws EventQlException if it can't be of this kind */
    default void require(Kind expected, Scope scope, String where) {
        Kind kind = type(scope).kind();
        if (!kind.mayBe(expected)) {
            throw new EventQlException(at(), where + " takes " + expected + ", and this is " + kind);
        }
    }
}
