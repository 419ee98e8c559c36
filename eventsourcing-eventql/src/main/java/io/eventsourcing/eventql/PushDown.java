package io.eventsourcing.eventql;

import io.eventsourcing.store.EventPredicate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Finds in a condition where the events have to be looked for that can fulfil it. */
final class PushDown {

    private static final List<String> POSITION = List.of(EventRecord.POSITION);

    private final String alias;
    private final Row constants;

    private PushDown(String alias, Row constants) {
        this.alias = alias;
        this.constants = constants;
    }

    /**
     * Of the events that a name stands for.
     *
     * @param constants a row without values
     */
    static Search search(Expression condition, String alias, Row constants) {
        return new PushDown(alias, constants).search(condition);
    }

    /** Whether events come in this order by themselves, so that nothing has to be sorted. */
    static boolean isReadingOrder(Expression key, String alias) {
        return key instanceof Path path
                && path.alias().equals(alias)
                && path.fields().equals(POSITION);
    }

    private Search search(Expression condition) {
        if (condition instanceof Logic logic && logic.operator() == Logic.Operator.AND) {
            return search(logic.left()).and(search(logic.right()));
        }
        return range(condition)
                .or(() -> new Implication(alias, constants).of(condition).map(Search::of))
                .orElse(Search.EVERYWHERE);
    }

    private Optional<Search> range(Expression condition) {
        return condition instanceof Comparison comparison
                ? FieldComparison.of(comparison, alias, constants).flatMap(PushDown::range)
                : Optional.empty();
    }

    private static Optional<Search> range(FieldComparison comparison) {
        if (comparison.path().fields().equals(POSITION) && comparison.constant() instanceof BigDecimal position) {
            return Optional.of(Search.ofPosition(comparison.operator(), position));
        }
        return comparison.isOfStream() && comparison.operator() == Comparison.Operator.EQUAL
                ? Implication.stream(comparison.constant())
                        .map(EventPredicate.StreamIs::stream)
                        .map(Search::of)
                : Optional.empty();
    }
}
