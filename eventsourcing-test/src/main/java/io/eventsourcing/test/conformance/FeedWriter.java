package io.eventsourcing.test.conformance;

import static io.eventsourcing.store.ExpectedPosition.any;
import static io.eventsourcing.store.ExpectedPosition.noStream;
import static io.eventsourcing.test.conformance.TestEvents.events;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Appends in all the ways there are: to shared streams, to one of its own, and to new ones. Not thread-safe. */
final class FeedWriter {

    private final EventStore store;
    private final List<StreamName> shared;
    private final Random random;
    private final boolean severalStreams;
    private final StreamName own = TestEvents.newStream();

    /** @param severalStreams whether it may append to several streams at once */
    FeedWriter(EventStore store, List<StreamName> shared, long seed, boolean severalStreams) {
        this.store = store;
        this.shared = shared;
        this.random = new Random(seed);
        this.severalStreams = severalStreams;
    }

    /** Makes one append. */
    List<Written> append() {
        return switch (random.nextInt(5)) {
            case 0 -> List.of(anywhere(sharedStream()));
            case 1 -> List.of(atItsEnd(sharedStream()));
            case 2 -> List.of(atItsEnd(own));
            case 3 -> List.of(anywhere(TestEvents.newStream()));
            default -> severalStreams ? toTwoStreams() : List.of(atItsEnd(own));
        };
    }

    /** Makes several appends, but only one that others may have to wait for, since nobody says in which order they do. */
    List<Written> appendSeveral() {
        List<Written> written = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            written.add(atItsEnd(own));
        }
        written.addAll(append());
        for (int i = random.nextInt(3); i > 0; i--) {
            written.add(anywhere(TestEvents.newStream()));
        }
        return written;
    }

    private Written anywhere(StreamName stream) {
        List<NewEvent> events = someEvents();
        return new Written(store.append(stream, any(), events), events);
    }

    /** Until nobody else has been faster. */
    private Written atItsEnd(StreamName stream) {
        List<NewEvent> events = someEvents();
        while (true) {
            StreamPosition end = store.position(stream);
            try {
                return new Written(
                        store.append(stream, end.exists() ? ExpectedPosition.exactly(end.value()) : noStream(), events),
                        events);
            } catch (VersionConflictException e) {
                // once more, behind the winner
            }
        }
    }

    private List<Written> toTwoStreams() {
        List<NewEvent> first = someEvents();
        List<NewEvent> second = someEvents();
        List<AppendResult> results = store.require(MultiStreamAppender.class)
                .append(List.of(
                        new StreamAppend(sharedStream(), any(), first),
                        new StreamAppend(TestEvents.newStream(), noStream(), second)));
        return List.of(new Written(results.get(0), first), new Written(results.get(1), second));
    }

    private StreamName sharedStream() {
        return shared.get(random.nextInt(shared.size()));
    }

    private List<NewEvent> someEvents() {
        return events(random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1);
    }

    int random(int bound) {
        return random.nextInt(bound);
    }
}
