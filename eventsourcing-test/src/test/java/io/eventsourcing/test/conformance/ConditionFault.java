package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Mistakes that backends make with tags and conditions, and a test that each of them fails. */
enum ConditionFault {
    DROPS_TAGS("tagsComeBack", () -> new WrongStore() {
        @Override
        public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
            return right.append(
                    stream,
                    expected,
                    events.stream().map(ConditionFault::untagged).toList());
        }
    }),
    IGNORES_CONDITIONS("appendIsMadeIfItsConditionIsMet", () -> new WrongStore() {
        @Override
        public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
            return right.append(appends);
        }
    }),
    LOOKS_AT_THE_FIRST_CONDITION_ONLY("firstConditionThatIsNotMetIsNamed", () -> new WrongStore() {
        @Override
        public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
            return right.append(appends, conditions.subList(0, 1));
        }
    }),
    LOOKS_AT_CONDITIONS_BEFORE_IT_LOCKS("oneOfManyWritersThatDependOnATagWins", LooksFirst::new),
    DECIDES_ON_WHAT_HAS_CHANGED("decisionsOnWhatWasReadNeverGoBeyondTheLimit", LooksFirst::new),
    LOOKS_AT_CONDITIONS_OF_A_REPETITION("repeatedAppendSucceedsAlthoughItBreaksItsOwnCondition", LooksFirst::new),
    FORGETS_THE_POSITION("appendIsMadeIfItsConditionIsMet", () -> new WrongStore() {
        @Override
        public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
            return right.append(
                    appends,
                    conditions.stream().map(ConditionFault::fromTheBeginning).toList());
        }
    });

    private final String test;
    private final Supplier<EventStore> store;

    ConditionFault(String test, Supplier<EventStore> store) {
        this.test = test;
        this.store = store;
    }

    /** A test that finds it. */
    String test() {
        return test;
    }

    EventStore newStore() {
        return store.get();
    }

    private static NewEvent untagged(NewEvent event) {
        return new NewEvent(event.id(), event.type(), event.data(), event.metadata(), event.timestamp(), Set.of());
    }

    private static AppendCondition fromTheBeginning(AppendCondition condition) {
        return condition instanceof AppendCondition.NoMatch noMatch
                ? AppendCondition.noMatch(noMatch.query())
                : condition;
    }

    /** Two steps, and a moment in between. */
    private static final class LooksFirst extends WrongStore {

        @Override
        public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
            right.append(List.of(), conditions);
            LockSupport.parkNanos(2_000_000);
            return right.append(appends);
        }
    }
}
