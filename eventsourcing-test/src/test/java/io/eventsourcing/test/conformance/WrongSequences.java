package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/** A store whose reads find what they should, and return it in a wrong way. */
final class WrongSequences extends WrongStore {

    private final UnaryOperator<EventSequence> mistake;

    WrongSequences(UnaryOperator<EventSequence> mistake) {
        this.mistake = mistake;
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return mistake.apply(right.read(stream, options));
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return mistake.apply(right.readAll(options));
    }

    /** Has read everything already, and only pretends to be closed. */
    record Quiet(EventSequence events) implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            List<RecordedEvent> all = new ArrayList<>();
            events.forEach(all::add);
            return all.iterator();
        }

        @Override
        public void close() {}
    }

    /** Doesn't know that it has come to its end. */
    record BrokenOff(EventSequence events) implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            Iterator<RecordedEvent> right = events.iterator();
            return new Iterator<>() {
                private boolean ended;

                @Override
                public boolean hasNext() {
                    if (ended) {
                        throw new CancellationException();
                    }
                    ended = !right.hasNext();
                    return !ended;
                }

                @Override
                public RecordedEvent next() {
                    return right.next();
                }
            };
        }

        @Override
        public void close() {
            events.close();
        }
    }

    /** Passes on all that there is to whoever subscribes. */
    record Hasty(EventSequence events) implements EventSequence {

        @Override
        public Iterator<RecordedEvent> iterator() {
            return events.iterator();
        }

        @Override
        public void close() {
            events.close();
        }

        @Override
        public Flow.Publisher<RecordedEvent> publisher() {
            List<RecordedEvent> all = events.toList();
            return subscriber -> {
                subscriber.onSubscribe(new Flow.Subscription() {
                    @Override
                    public void request(long count) {}

                    @Override
                    public void cancel() {}
                });
                all.forEach(subscriber::onNext);
                subscriber.onComplete();
            };
        }
    }
}
