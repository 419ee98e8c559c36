package io.eventsourcing.eventql;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A field of an event, compared with a value that is the same for all of them. */
record FieldComparison(
        Path path, Comparison.Operator operator, @Nullable Object constant) {

    /** Nothing if it is another comparison. */
    static Optional<FieldComparison> of(Comparison comparison, String alias, Row constants) {
        if (comparison.left() instanceof Path path && isField(path, alias) && isConstant(comparison.right())) {
            return Optional.of(new FieldComparison(
                    path, comparison.operator(), comparison.right().value(constants)));
        }
        if (comparison.right() instanceof Path path && isField(path, alias) && isConstant(comparison.left())) {
            return Optional.of(new FieldComparison(
                    path, comparison.operator().turned(), comparison.left().value(constants)));
        }
        return Optional.empty();
    }

    static boolean isField(Path path, String alias) {
        return path.alias().equals(alias) && !path.fields().isEmpty();
    }

    static boolean isConstant(Expression expression) {
        return expression
                .all()
                .noneMatch(part -> part instanceof Path
                        || part instanceof AggregateCall
                        || part instanceof FunctionCall call
                                && call.function().name().equals(Function.RAND));
    }

    String field() {
        return path.fields().get(0);
    }

    boolean isOfStream() {
        return field().equals(EventRecord.STREAM) || field().equals(EventRecord.SUBJECT);
    }
}
