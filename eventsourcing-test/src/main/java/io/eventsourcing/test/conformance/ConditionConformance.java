package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.exactly;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.events;
import static io.eventsourcing.test.conformance.TestEvents.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An append is made if what it depends on is so. A store without {@link Capability#CONDITIONAL_APPEND} refuses it, which each
 * of these tests then expects.
 */
public interface ConditionConformance extends ConformanceSuite {

    @ParameterizedTest
    @EnumSource
    default void appendIsMadeIfItsConditionIsMet(ConditionCase each) {
        whereSupported(appender -> {
            AppendCondition condition = each.of(given());
            TestStream stream = TestStream.of(store(), 1);
            List<NewEvent> events = events(2);
            List<StreamAppend> appends = List.of(new StreamAppend(stream.name(), exactly(0), events));
            if (each.isMet()) {
                assertThat(appender.append(appends, List.of(condition)))
                        .extracting(AppendResult::streamPosition)
                        .containsExactly(stream.nowHas(events).position());
            } else {
                assertThatThrownBy(() -> appender.append(appends, List.of(condition)))
                        .isInstanceOfSatisfying(
                                ConditionNotMetException.class,
                                e -> assertThat(e.condition()).isEqualTo(condition))
                        .hasMessageContaining(condition.toString());
            }
            stream.isIntact();
        });
    }

    @Test
    default void firstConditionThatIsNotMetIsNamed() {
        whereSupported(appender -> {
            ConditionCase.Given given = given();
            TestStream stream = TestStream.missing(store());
            List<AppendCondition> met = List.of(
                    ConditionCase.POPULATED_STREAM.of(given),
                    ConditionCase.LAST_EVENT.of(given),
                    ConditionCase.NO_SUCH_TAG.of(given),
                    ConditionCase.TAG_BEHIND_ITS_POSITION.of(given));
            List<AppendCondition> all = new ArrayList<>(met);
            all.add(ConditionCase.TAG.of(given));
            all.add(ConditionCase.STREAM_THAT_IS_NOT_POPULATED.of(given));
            List<StreamAppend> appends = List.of(new StreamAppend(stream.name(), noStream(), events(1)));
            assertThatThrownBy(() -> appender.append(appends, all))
                    .isInstanceOfSatisfying(
                            ConditionNotMetException.class,
                            e -> assertThat(e.condition()).isEqualTo(all.get(4)));
            stream.isIntact();
            appender.append(appends, met);
            stream.nowHas(appends.get(0).events()).isIntact();
        });
    }

    @Test
    default void conflictOfAStreamIsAConflictWhateverTheConditions() {
        whereSupported(appender -> {
            ConditionCase.Given given = given();
            TestStream stream = TestStream.of(store(), 1);
            List<StreamAppend> appends = List.of(new StreamAppend(stream.name(), noStream(), events(1)));
            assertThatThrownBy(() -> appender.append(appends, List.of(ConditionCase.NO_SUCH_TAG.of(given))))
                    .isInstanceOf(VersionConflictException.class);
            stream.isIntact();
        });
    }

    @Test
    default void repeatedAppendSucceedsAlthoughItBreaksItsOwnCondition() {
        whereSupported(appender -> {
            String tag = "name:" + UUID.randomUUID();
            TestStream stream = TestStream.missing(store());
            List<NewEvent> events = List.of(tagged("Conformance.Claimed", tag));
            List<StreamAppend> appends = List.of(new StreamAppend(stream.name(), noStream(), events));
            List<AppendCondition> conditions = List.of(AppendCondition.noMatch(EventQuery.tagged(tag)));
            List<AppendResult> first = appender.append(appends, conditions);
            assertThat(appender.append(appends, conditions)).isEqualTo(first);
            stream.nowHas(events).isIntact();
            assertThatThrownBy(() -> appender.append(
                            List.of(new StreamAppend(TestEvents.newStream(), noStream(), events(1))), conditions))
                    .isInstanceOf(ConditionNotMetException.class);
        });
    }

    @Test
    default void conditionsAreOfAllStreamsOfAnAppend() {
        whereSupported(appender -> {
            ConditionCase.Given given = given();
            TestStream one = TestStream.missing(store());
            TestStream other = TestStream.of(store(), 1);
            List<StreamAppend> appends = List.of(
                    new StreamAppend(one.name(), noStream(), events(1)),
                    new StreamAppend(other.name(), exactly(0), events(2)));
            assertThatThrownBy(() -> appender.append(appends, List.of(ConditionCase.TAG.of(given))))
                    .isInstanceOf(ConditionNotMetException.class);
            one.isIntact();
            other.isIntact();
            appender.append(appends, List.of(ConditionCase.NO_SUCH_TAG.of(given)));
            one.nowHas(appends.get(0).events()).isIntact();
            other.nowHas(appends.get(1).events()).isIntact();
        });
    }

    @Test
    default void conditionsCanBeAskedWithoutAnEvent() {
        whereSupported(appender -> {
            ConditionCase.Given given = given();
            assertThat(appender.append(List.of(), List.of(ConditionCase.NO_SUCH_TAG.of(given))))
                    .isEmpty();
            assertThatThrownBy(() -> appender.append(List.of(), List.of(ConditionCase.TAG.of(given))))
                    .isInstanceOf(ConditionNotMetException.class);
        });
    }

    @Test
    default void conditionInATransactionSeesWhatTheTransactionHasAppended() {
        whereSupported(appender -> {
            if (!fixture().capabilities().contains(Capability.JOINS_TRANSACTIONS)) {
                return;
            }
            String tag = "name:" + UUID.randomUUID();
            StreamName stream = TestEvents.newStream();
            List<AppendCondition> conditions = List.of(AppendCondition.noMatch(EventQuery.tagged(tag)));
            fixture().inTransaction(store(), () -> {
                appender.append(claim(stream, tag), conditions);
                assertThatThrownBy(() -> appender.append(claim(TestEvents.newStream(), tag), conditions))
                        .isInstanceOf(ConditionNotMetException.class);
                return TransactionEnd.ROLLBACK;
            });
            fixture().inTransaction(store(), () -> {
                appender.append(claim(stream, tag), conditions);
                return TransactionEnd.COMMIT;
            });
            assertThat(store().read(stream, ReadOptions.forwards()).toList()).hasSize(1);
            assertThatThrownBy(() -> appender.append(claim(TestEvents.newStream(), tag), conditions))
                    .isInstanceOf(ConditionNotMetException.class);
        });
    }

    private static List<StreamAppend> claim(StreamName stream, String tag) {
        return List.of(new StreamAppend(stream, any(), List.of(tagged("Conformance.Claimed", tag))));
    }

    private ConditionCase.Given given() {
        String mark = ":" + UUID.randomUUID();
        StreamName stream = TestEvents.newStream();
        store().append(
                        stream,
                        noStream(),
                        List.of(
                                tagged("Conformance.First" + mark, "all" + mark),
                                tagged("Conformance.Middle" + mark, "all" + mark, "middle" + mark),
                                tagged("Conformance.Last" + mark, "all" + mark)));
        store().append(
                        TestEvents.newStream(),
                        any(),
                        List.of(tagged("Conformance.Noise", "noise"), TestEvents.event()));
        return new ConditionCase.Given(
                stream,
                TestEvents.newStream(),
                mark,
                store().read(stream, ReadOptions.forwards()).toList());
    }

    private void whereSupported(Consumer<ConditionalAppender> test) {
        if (fixture().capabilities().contains(Capability.CONDITIONAL_APPEND)) {
            test.accept(store().require(ConditionalAppender.class));
            return;
        }
        TestStream stream = TestStream.of(store(), 2);
        assertThatThrownBy(() -> store().require(ConditionalAppender.class)
                        .append(
                                List.of(new StreamAppend(stream.name(), any(), events(1))),
                                List.of(AppendCondition.stream(stream.name(), any()))))
                .isInstanceOf(UnsupportedByStoreException.class)
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining(ConditionalAppender.class.getSimpleName());
        stream.isIntact();
    }
}
