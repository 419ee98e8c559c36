package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamFilter;
import io.eventsourcing.store.StreamName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Streams whose names form a tree, some that only look as if they belonged to it, and events of types that nothing else in the
 * store has. Not thread-safe.
 */
final class TestTree {

    /** Behind the root of the tree; the third and the last two don't belong to it. */
    private static final List<String> NAMES = List.of("", "/one", "shop", "/one/leaf", "/%", "x/one", "-5");

    private final EventStore store;
    private final String unique = UUID.randomUUID().toString().replace("-", "");
    private final List<UUID> appended = new ArrayList<>();
    private final long before;

    TestTree(EventStore store) {
        this.store = store;
        this.before = TestEvents.lastCommitPosition(store);
    }

    /** Two events of each stream, in turns, none of which happened when the one before it had just happened. */
    static TestTree of(EventStore store) {
        TestTree tree = new TestTree(store);
        for (int i = 0; i < 2 * NAMES.size(); i++) {
            tree.append(NAMES.get(i % NAMES.size()), i % 3, TestEvents.TIME.plusSeconds((i * 5L) % 14));
        }
        tree.isIntact();
        return tree;
    }

    /** @param behind the root, which may be empty */
    void append(String behind, int type, Instant timestamp) {
        NewEvent event = TestEvents.event(type(type), timestamp);
        store.append(stream(behind), ExpectedPosition.any(), List.of(event));
        appended.add(event.id());
    }

    String root() {
        return "/" + unique;
    }

    StreamName stream(String behind) {
        return StreamName.of(root() + behind);
    }

    /** One of as many types as one likes. */
    String type(int number) {
        return "Conformance." + unique + number;
    }

    /** The position behind which it begins. */
    long before() {
        return before;
    }

    /** All of its events, and those of the streams that look like it. */
    List<RecordedEvent> events() {
        return TestEvents.allAfter(store, before);
    }

    void isIntact() {
        assertThat(TestEvents.ids(events())).as("what was appended").isEqualTo(appended);
    }

    /** What conditions can be about. */
    Query.Choice choice(List<Long> positions) {
        return new Query.Choice(
                positions,
                List.of(
                        StreamFilter.all(),
                        StreamFilter.tree(root()),
                        StreamFilter.tree(root() + "/one"),
                        StreamFilter.tree("/"),
                        StreamFilter.prefix(root()),
                        StreamFilter.prefix(root() + "/%"),
                        StreamFilter.prefix(root() + "-")),
                List.of(type(0), type(1), type(2), type(3)),
                List.of(
                        TestEvents.TIME.minusSeconds(1),
                        TestEvents.TIME.plusSeconds(6),
                        TestEvents.TIME.plusSeconds(20)));
    }

    List<RecordedEvent> read(ReadOptions options) {
        return store.readAll(options).toList();
    }
}
