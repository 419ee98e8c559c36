package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.EventQuery.ofTypes;
import static io.eventsourcing.store.EventQuery.tagged;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A condition on a stream with three events, whose types nothing else in the store has. Each has the tag {@code all}, the
 * middle one also {@code middle}; tags and types end with {@link Given#mark()}.
 */
enum ConditionCase {
    PRISTINE_STREAM(true, given -> AppendCondition.stream(given.missing, ExpectedPosition.noStream())),
    STREAM_THAT_IS_NOT_PRISTINE(false, given -> AppendCondition.stream(given.stream, ExpectedPosition.noStream())),
    POPULATED_STREAM(true, given -> AppendCondition.stream(given.stream, ExpectedPosition.streamExists())),
    STREAM_THAT_IS_NOT_POPULATED(
            false, given -> AppendCondition.stream(given.missing, ExpectedPosition.streamExists())),
    STREAM_AT_ITS_POSITION(true, given -> AppendCondition.stream(given.stream, ExpectedPosition.exactly(2))),
    STREAM_BEHIND_A_POSITION(false, given -> AppendCondition.stream(given.stream, ExpectedPosition.exactly(1))),
    STREAM_BEFORE_A_POSITION(false, given -> AppendCondition.stream(given.stream, ExpectedPosition.exactly(3))),
    LAST_EVENT(
            true,
            given -> AppendCondition.lastEvent(given.stream, given.events.get(2).id())),
    EVENT_THAT_IS_NOT_THE_LAST(
            false,
            given -> AppendCondition.lastEvent(given.stream, given.events.get(1).id())),
    EVENT_THAT_IS_NOT_THERE(false, given -> AppendCondition.lastEvent(given.stream, UUID.randomUUID())),
    LAST_EVENT_OF_ANOTHER_STREAM(
            false,
            given ->
                    AppendCondition.lastEvent(given.missing, given.events.get(2).id())),
    QUESTION_WITH_YES(true, given -> AppendCondition.isTrue("are all there?", all -> given.count(all) == 3)),
    QUESTION_WITH_NO(false, given -> AppendCondition.isTrue("are two there?", all -> given.count(all) == 2)),
    NO_SUCH_TAG(true, given -> none(tagged(given.of("none")))),
    TAG(false, given -> none(tagged(given.of("middle")))),
    BOTH_TAGS(false, given -> none(tagged(given.of("middle"), given.of("all")))),
    ONE_OF_BOTH_TAGS(true, given -> none(tagged(given.of("middle"), given.of("none")))),
    TAGS_IN_PART(true, given -> none(tagged(given.of("middle") + "x"))),
    NO_SUCH_TYPE(true, given -> none(ofTypes(given.of("Conformance.Other")))),
    TYPE(false, given -> none(ofTypes(given.of("Conformance.Last")))),
    ONE_OF_THE_TYPES(false, given -> none(ofTypes(given.of("Conformance.Other"), given.of("Conformance.Last")))),
    TYPE_WITH_TAG(false, given -> none(ofTypes(given.of("Conformance.First")).andTagged(given.of("all")))),
    TYPE_WITH_THE_TAG_OF_ANOTHER(
            true, given -> none(ofTypes(given.of("Conformance.First")).andTagged(given.of("middle")))),
    EITHER_QUERY(false, given -> none(tagged(given.of("none")).or(tagged(given.of("middle"))))),
    NEITHER_QUERY(true, given -> none(tagged(given.of("none")).or(ofTypes(given.of("Conformance.Other"))))),
    TAG_BEHIND_ITS_POSITION(true, given -> given.after(1, tagged(given.of("middle")))),
    TAG_BEFORE_ITS_POSITION(false, given -> given.after(0, tagged(given.of("middle")))),
    TAG_THAT_CAME_AGAIN(false, given -> given.after(1, tagged(given.of("all")))),
    TAG_BEHIND_THE_LAST_EVENT(true, given -> given.after(2, tagged(given.of("all")))),
    TYPE_BEHIND_ITS_POSITION(true, given -> given.after(0, ofTypes(given.of("Conformance.First")))),
    TYPE_BEFORE_ITS_POSITION(false, given -> given.after(0, ofTypes(given.of("Conformance.Last"))));

    /** What the store has. */
    record Given(StreamName stream, StreamName missing, String mark, List<RecordedEvent> events) {

        String of(String name) {
            return name + mark;
        }

        long count(AllReader all) {
            return all.readAll(ReadOptions.forwards()).stream()
                    .filter(event -> event.stream().equals(stream))
                    .count();
        }

        AppendCondition after(int event, EventQuery query) {
            return AppendCondition.noMatchAfter(events.get(event).commitPosition(), query);
        }
    }

    private final boolean met;
    private final Function<Given, AppendCondition> condition;

    ConditionCase(boolean met, Function<Given, AppendCondition> condition) {
        this.met = met;
        this.condition = condition;
    }

    private static AppendCondition none(EventQuery query) {
        return AppendCondition.noMatch(query);
    }

    boolean isMet() {
        return met;
    }

    AppendCondition of(Given given) {
        return condition.apply(given);
    }
}
