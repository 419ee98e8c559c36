package io.eventsourcing.test.conformance;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.PagedEvents;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/** A store that reads all events page by page, which a subclass does wrongly. */
class WrongPages extends WrongStore {

    @Override
    public EventSequence readAll(ReadOptions options) {
        List<RecordedEvent> all = right.readAll(ReadOptions.forwards()).toList();
        return PagedEvents.ofAll(options, (filter, span, count) -> page(all, filter, span, count));
    }

    /** What is right. */
    EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
        return right(all, filter, span, count, RecordedEvent::commitPosition);
    }

    static EventPage right(List<RecordedEvent> stream, EventFilter filter, Span span, int count) {
        return right(stream, filter, span, count, RecordedEvent::streamPosition);
    }

    private static EventPage right(
            List<RecordedEvent> events,
            EventFilter filter,
            Span span,
            int count,
            ToLongFunction<RecordedEvent> position) {
        List<RecordedEvent> ordered = span.backwards() ? TestEvents.reversed(events) : events;
        List<RecordedEvent> left = ordered.stream()
                .filter(event -> position.applyAsLong(event) >= span.first())
                .filter(event -> position.applyAsLong(event) <= span.last())
                .toList();
        return EventPage.filtered(left, true, filter, count, position);
    }

    /** Has an opinion of its own of what a filter wants. */
    static final class Choosing extends WrongPages {

        private final BiPredicate<EventFilter, RecordedEvent> choice;

        Choosing(BiPredicate<EventFilter, RecordedEvent> choice) {
            this.choice = choice;
        }

        @Override
        EventPage page(List<RecordedEvent> all, EventFilter filter, Span span, int count) {
            return super.page(
                    all.stream().filter(event -> choice.test(filter, event)).toList(),
                    EventFilter.everything(),
                    span,
                    count);
        }
    }
}
