package io.eventsourcing.eventql;

import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventPredicate.DataHasText;
import io.eventsourcing.store.EventPredicate.StreamIs;
import io.eventsourcing.store.EventPredicate.TypeIn;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every event fulfils that makes a condition true, in the words of stores; nothing if that can't be said. */
final class Implication {

    private final String alias;
    private final Row constants;

    Implication(String alias, Row constants) {
        this.alias = alias;
        this.constants = constants;
    }

    Optional<EventPredicate> of(Expression condition) {
        return implied(condition, true);
    }

    /** @param wanted whether the condition is to be true, or is to be false */
    private Optional<EventPredicate> implied(Expression condition, boolean wanted) {
        if (condition instanceof Negation negation) {
            return implied(negation.operand(), !wanted);
        }
        if (condition instanceof Logic logic) {
            return logic(logic, wanted);
        }
        if (condition instanceof Comparison comparison) {
            return FieldComparison.of(comparison, alias, constants).flatMap(compared -> compared(compared, wanted));
        }
        return leaf(condition).flatMap(predicate -> inSense(predicate, wanted));
    }

    private Optional<EventPredicate> logic(Logic logic, boolean wanted) {
        if (logic.operator() == Logic.Operator.XOR) {
            return Optional.empty();
        }
        Optional<EventPredicate> left = implied(logic.left(), wanted);
        Optional<EventPredicate> right = implied(logic.right(), wanted);
        boolean both = (logic.operator() == Logic.Operator.AND) == wanted;
        if (left.isPresent() && right.isPresent()) {
            List<EventPredicate> parts = List.of(left.get(), right.get());
            return Optional.of(both ? new EventPredicate.And(parts) : new EventPredicate.Or(parts));
        }
        return both ? left.or(() -> right) : Optional.empty();
    }

    /** Of a field that may be missing, stores can't say that something does not hold. */
    private static Optional<EventPredicate> inSense(EventPredicate predicate, boolean wanted) {
        if (wanted) {
            return Optional.of(predicate);
        }
        return isOfData(predicate) ? Optional.empty() : Optional.of(new EventPredicate.Not(predicate));
    }

    private static boolean isOfData(EventPredicate predicate) {
        return predicate instanceof DataHasText
                || predicate instanceof EventPredicate.Or or
                        && or.parts().stream().anyMatch(Implication::isOfData);
    }

    private Optional<EventPredicate> compared(FieldComparison comparison, boolean wanted) {
        if (comparison.operator() == Comparison.Operator.NOT_EQUAL) {
            FieldComparison opposite =
                    new FieldComparison(comparison.path(), Comparison.Operator.EQUAL, comparison.constant());
            return compared(opposite, !wanted);
        }
        return predicate(comparison).flatMap(predicate -> inSense(predicate, wanted));
    }

    private static Optional<EventPredicate> predicate(FieldComparison comparison) {
        EventPredicate.Comparison operator =
                EventPredicate.Comparison.valueOf(comparison.operator().name());
        if (comparison.field().equals(EventRecord.TIME)) {
            return Moments.predicate(operator, comparison.constant());
        }
        return operator == EventPredicate.Comparison.EQUAL
                ? equal(comparison, comparison.constant())
                : Optional.empty();
    }

    private static Optional<EventPredicate> equal(FieldComparison comparison, @Nullable Object constant) {
        if (comparison.isOfStream()) {
            return stream(constant).map(EventPredicate.class::cast);
        }
        return switch (comparison.field()) {
            case EventRecord.TYPE ->
                constant instanceof String type ? Optional.of(new TypeIn(Set.of(type))) : Optional.empty();
            case EventRecord.ID -> id(constant);
            case EventRecord.DATA -> data(comparison.path(), constant);
            default -> Optional.empty();
        };
    }

    static Optional<StreamIs> stream(@Nullable Object constant) {
        try {
            return constant instanceof String name ? Optional.of(new StreamIs(StreamName.of(name))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ids are compared as texts, and only one text of an id is as it is written. */
    private static Optional<EventPredicate> id(@Nullable Object constant) {
        try {
            return constant instanceof String text
                            && UUID.fromString(text).toString().equals(text)
                    ? Optional.of(new EventPredicate.IdIs(UUID.fromString(text)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<EventPredicate> data(Path path, @Nullable Object constant) {
        List<String> names = path.fields().subList(1, path.fields().size());
        return constant instanceof String text && !names.isEmpty()
                ? Optional.of(new DataHasText(names, text))
                : Optional.empty();
    }

    private Optional<EventPredicate> leaf(Expression condition) {
        if (condition instanceof Contains contains) {
            return contained(contains);
        }
        return condition instanceof FunctionCall call && call.function().name().equals(Function.STARTSWITH)
                ? starts(call)
                : Optional.empty();
    }

    private Optional<EventPredicate> starts(FunctionCall call) {
        boolean isOfStream = call.operands().get(0) instanceof Path path
                && FieldComparison.isField(path, alias)
                && new FieldComparison(path, Comparison.Operator.EQUAL, null).isOfStream();
        return isOfStream
                        && FieldComparison.isConstant(call.operands().get(1))
                        && call.operands().get(1).value(constants) instanceof String prefix
                ? Optional.of(new EventPredicate.StreamStartsWith(prefix))
                : Optional.empty();
    }

    private Optional<EventPredicate> contained(Contains contains) {
        boolean known = contains.element() instanceof Path path
                && FieldComparison.isField(path, alias)
                && FieldComparison.isConstant(contains.array());
        if (!known || !(contains.array().value(constants) instanceof Collection<?> elements)) {
            return Optional.empty();
        }
        List<EventPredicate> alternatives = new ArrayList<>();
        for (Object element : elements) {
            FieldComparison isElement =
                    new FieldComparison((Path) contains.element(), Comparison.Operator.EQUAL, element);
            predicate(isElement).ifPresent(alternatives::add);
        }
        return alternatives.size() == elements.size()
                ? Optional.of(new EventPredicate.Or(alternatives))
                : Optional.empty();
    }
}
