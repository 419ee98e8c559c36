package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.NOTHING;
import static io.eventsourcing.test.conformance.TestEvents.allAfter;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.lastCommitPosition;
import static io.eventsourcing.test.conformance.TestEvents.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who doesn't know whether an append was made may make it again: it is made once. */
public interface IdempotencyConformance extends ConformanceSuite {

    @ParameterizedTest
    @EnumSource
    default void repeatedAppendWritesNothingAndHasTheFirstResult(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        long before = lastCommitPosition(store());
        List<NewEvent> batch = events(3);
        AppendResult first = stream.append(expectation.position(), batch);
        stream.repeats(expectation.position(), batch, first);
        stream.repeats(expectation.position(), batch, first);
        assertThat(allAfter(store(), before)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    default void repeatedAppendOfOneEventWritesNothingAndHasTheFirstResult(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = events(1);
        AppendResult first = stream.append(expectation.position(), batch);
        stream.repeats(expectation.position(), batch, first);
    }

    @ParameterizedTest
    @EnumSource
    default void appendIsRecognisedAfterOthers(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = events(2);
        AppendResult first = stream.append(expectation.position(), batch);
        stream.append(any(), events(3));
        stream.append(any(), events(40));
        TestStream.of(store(), 5);
        stream.repeats(expectation.position(), batch, first);
    }

    @ParameterizedTest
    @EnumSource
    default void everyAppendOfASeriesIsRecognised(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = events(2);
        AppendResult first = stream.append(expectation.position(), batch);
        List<NewEvent> next = events(1);
        ExpectedPosition behind = stream.asItIs();
        AppendResult second = stream.append(behind, next);
        stream.repeats(behind, next, second);
        stream.repeats(expectation.position(), batch, first);
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_STREAM", "EXACTLY"})
    default void otherEventsAtTheSamePlaceAreRefused(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        stream.append(expectation.position(), events(2));
        stream.refuses(expectation.position(), events(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANY", "STREAM_EXISTS"})
    default void otherEventsAtNoPlaceInParticularAreAppended(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        stream.append(expectation.position(), events(2));
        stream.append(expectation.position(), events(2));
        stream.isIntact();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_STREAM", "EXACTLY"})
    default void batchThatWasAppendedInPartIsRefused(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = events(4);
        stream.append(expectation.position(), batch.subList(0, 2));
        stream.refuses(expectation.position(), batch);
        stream.refuses(expectation.position(), batch.subList(1, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_STREAM", "EXACTLY"})
    default void sameEventsInAnotherOrderAreRefused(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = new ArrayList<>(events(3));
        stream.append(expectation.position(), List.copyOf(batch));
        Collections.reverse(batch);
        stream.refuses(expectation.position(), batch);
    }

    @Test
    default void sameEventsAtAnotherPlaceAreRefused() {
        TestStream stream = TestStream.of(store(), 3);
        List<NewEvent> batch = events(2);
        stream.append(exactly(2), batch);
        stream.refuses(exactly(1), batch);
        stream.refuses(exactly(3), batch);
        stream.refuses(noStream(), batch);
    }

    @Test
    default void sameEventsAtAPlaceFarAwayAreRefused() {
        TestStream stream = TestStream.missing(store());
        List<NewEvent> batch = events(2);
        stream.append(noStream(), batch);
        stream.refuses(exactly(1_000_000), batch);
        stream.refuses(exactly(Long.MAX_VALUE), batch);
    }

    @ParameterizedTest
    @EnumSource
    default void eventsAreRecognisedByIdAndStayAsTheyWere(Expectation expectation) {
        TestStream stream = expectation.newStream(store());
        List<NewEvent> batch = events(1);
        AppendResult first = stream.append(expectation.position(), batch);
        NewEvent changed = new NewEvent(
                batch.get(0).id(), "Conformance.Changed", utf8("changed"), NOTHING, TestEvents.TIME.plusSeconds(1));
        stream.repeats(expectation.position(), List.of(changed), first);
        assertThat(stream.read()).extracting(RecordedEvent::type).doesNotContain("Conformance.Changed");
    }
}
