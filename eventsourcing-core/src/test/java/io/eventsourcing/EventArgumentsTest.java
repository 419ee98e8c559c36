package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventArgumentsTest {

    static class Recorder extends Aggregate {
        final List<@Nullable Object> values = new ArrayList<>();
        long sum;

        @Event("Started")
        Recorder(byte b, short s, int i, long l, float f, double d, char c, boolean z) {
            values.addAll(List.of(b, s, i, l, f, d, c, z));
        }

        @Event
        void primitives(byte b, short s, int i, long l, float f, double d, char c, boolean z) {
            values.addAll(List.of(b, s, i, l, f, d, c, z));
        }

        @Event
        void texts(String first, String... rest) {
            values.add(first);
            values.addAll(Arrays.asList(rest));
        }

        @Event
        void numbers(long... numbers) {
            sum += Arrays.stream(numbers).sum();
        }

        @Event
        void boxes(
                @Nullable Integer number, @Nullable String text, @Nullable List<String> list, int @Nullable [] array) {
            values.add(number);
            values.add(text);
            values.add(list);
            values.add(array);
        }

        @Event
        void swapped(long first, double second, String third) {
            long copy = first;
            first = (long) second;
            second = copy;
            third = third + first + second;
            values.addAll(List.of(first, second, third));
        }

        @Event
        long longResult(long value) {
            return value + 1;
        }

        @Event
        double doubleResult(double value) {
            return value / 2;
        }

        @Event
        boolean booleanResult(boolean value) {
            return !value;
        }

        @Event
        byte[] arrayResult(byte[] value) {
            values.add(value[0]);
            return value;
        }

        @Event
        <T extends Comparable<T>> @Nullable Object genericResult(List<String> list) {
            values.addAll(list);
            return list.isEmpty() ? null : list.get(0);
        }
    }

    private final Recorder recorder =
            new Recorder(Byte.MIN_VALUE, Short.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, -0.0f, 1e-300, '\0', true);

    private PendingEvent last() {
        List<PendingEvent> events = recorder.pendingEvents();
        return events.get(events.size() - 1);
    }

    @Test
    void constructorTakesAllPrimitives() {
        assertThat(last().arguments())
                .containsExactly(
                        Map.entry("b", Byte.MIN_VALUE),
                        Map.entry("s", Short.MAX_VALUE),
                        Map.entry("i", Integer.MIN_VALUE),
                        Map.entry("l", Long.MAX_VALUE),
                        Map.entry("f", -0.0f),
                        Map.entry("d", 1e-300),
                        Map.entry("c", '\0'),
                        Map.entry("z", true));
        RoundTrip.of(recorder);
    }

    @Test
    void methodTakesAllPrimitives() {
        recorder.primitives((byte) 1, (short) -2, 3, -4, 5.5f, Double.MAX_VALUE, 'ß', false);

        assertThat(last().arguments().values())
                .containsExactly((byte) 1, (short) -2, 3, -4L, 5.5f, Double.MAX_VALUE, 'ß', false);
        RoundTrip.of(recorder);
    }

    @Test
    void variableArgumentsAreOneArray() {
        recorder.texts("a");
        assertThat(last().arguments()).containsEntry("rest", new String[0]);
        recorder.texts("a", "b", "c");
        assertThat(last().arguments()).containsEntry("rest", new String[] {"b", "c"});
        recorder.numbers(1, 2, 3);

        assertThat(RoundTrip.of(recorder).sum).isEqualTo(6);
    }

    @Test
    void argumentsMayBeNull() {
        recorder.boxes(null, null, null, null);
        assertThat(last().arguments())
                .hasSize(4)
                .allSatisfy((name, value) -> assertThat(value).isNull());
        recorder.boxes(1, "", List.of(), new int[] {1});

        RoundTrip.of(recorder);
    }

    @Test
    void reassignedPrimitivesAreRecordedAsTheCallerPassedThem() {
        recorder.swapped(1, 2.5, "x");

        assertThat(last()).hasToString("Swapped{first=1, second=2.5, third=x}");
        assertThat(RoundTrip.of(recorder).values).endsWith(2L, 1.0, "x21.0");
    }

    @Test
    void resultsOfEveryKindReachTheCaller() {
        byte[] array = {1};

        assertThat(recorder.longResult(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(recorder.doubleResult(1)).isEqualTo(0.5);
        assertThat(recorder.booleanResult(false)).isTrue();
        assertThat(recorder.arrayResult(array)).isSameAs(array);
        assertThat(recorder.<String>genericResult(List.of())).isNull();
        assertThat(recorder.<String>genericResult(List.of("x"))).isEqualTo("x");

        assertThat(recorder.version()).isEqualTo(7);
        RoundTrip.of(recorder);
    }
}
