package io.eventsourcing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateComparisonTest {

    static class Box {
        Object content;

        Box(Object content) {
            this.content = content;
        }
    }

    record Value(Object content) {}

    private static final Box SHARED = new Box("x");
    private static final Value VALUE = new Value("x");

    static List<Arguments> alike() {
        return List.of(
                Arguments.of(null, null),
                Arguments.of(1, 1),
                Arguments.of(List.of(1, 2), new ArrayList<>(List.of(1, 2))),
                Arguments.of(new LinkedList<>(List.of(1)), new ArrayDeque<>(List.of(1))),
                Arguments.of(new HashSet<>(Set.of("a", "b")), new LinkedHashSet<>(List.of("b", "a"))),
                Arguments.of(Map.of("a", List.of(1)), new LinkedHashMap<>(Map.of("a", List.of(1)))),
                Arguments.of(new TreeMap<>(Map.of("a", 1)), new TreeMap<>(Map.of("a", 1))),
                Arguments.of(new PriorityQueue<>(List.of(2, 1)), new PriorityQueue<>(List.of(2, 1))),
                Arguments.of(Optional.of(new Box(1)), Optional.of(new Box(1))),
                Arguments.of(new Box(new int[] {1}), new Box(new int[] {1})),
                Arguments.of(Arrays.asList(VALUE, VALUE), List.of(new Value("x"), new Value("x"))));
    }

    static List<Arguments> unlike() {
        Comparator<Integer> descending = Comparator.reverseOrder();
        PriorityQueue<Integer> queue = new PriorityQueue<>(descending);
        queue.add(1);
        TreeSet<Integer> set = new TreeSet<>(descending);
        set.add(1);
        return List.of(
                Arguments.of(1, null),
                Arguments.of(null, 1),
                Arguments.of(1, 1L),
                Arguments.of(new BigDecimal("1.0"), new BigDecimal("1.00")),
                Arguments.of(List.of(1, 2), List.of(2, 1)),
                Arguments.of(List.of(1), List.of(1, 2)),
                Arguments.of(new TreeSet<>(Set.of("a")), new LinkedHashSet<>(Set.of("a"))),
                Arguments.of(set, new TreeSet<>(Set.of(1))),
                Arguments.of(new TreeMap<>(Map.of("a", 1)), new LinkedHashMap<>(Map.of("a", 1))),
                Arguments.of(queue, new PriorityQueue<>(List.of(1))),
                Arguments.of(new HashMap<>(Map.of("a", 1)), new HashMap<>(Map.of("b", 1))),
                Arguments.of(new HashMap<>(Map.of("a", 1)), new HashMap<>(Map.of("a", 2))),
                Arguments.of(new Box(1), new Box(2)),
                Arguments.of(new Box(1), new Value(1)),
                Arguments.of(new Box(new int[] {1}), new Box(new int[] {2})),
                Arguments.of(Optional.of(1), Optional.empty()),
                Arguments.of(Arrays.asList(SHARED, SHARED), List.of(new Box("x"), new Box("x"))));
    }

    @ParameterizedTest
    @MethodSource
    void alike(Object before, Object after) {
        assertThat(StateComparison.difference("it", before, after)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void unlike(Object before, Object after) {
        assertThat(StateComparison.difference("it", before, after))
                .get()
                .asString()
                .startsWith("it");
    }
}
