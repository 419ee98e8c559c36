package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import io.grpc.Status;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.ReadResult;
import io.kurrent.dbclient.ResolvedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;

/**
 * Reads the events of all streams, a page at a time. Immutable.
 *
 * <p>A position is a place in the server's log, and the server reads from the start of a record alone: other places it
 * refuses. Here a position need not exist, and followers ask for the one behind the last that they have seen. So a read
 * forwards tries the place before the one it was asked for, and drops what is found there; then the one it was asked for;
 * and when neither is the start of a record, the last event before it, which it looks for from the end. That last way takes
 * as long as there are events behind it, but nobody goes it with positions of events.
 *
 * <p>The server leaves out what isn't wanted. It looks for as long as it takes, so a page that it doesn't find in time is
 * fetched with all that is ours, and chosen from here.
 */
final class AllReads {

    private static final int SCAN = 1000;

    /** What the server sent for one call. */
    private record Page(List<io.kurrent.dbclient.RecordedEvent> events, boolean isFull) {

        static Page of(ReadResult read, int count) {
            List<io.kurrent.dbclient.RecordedEvent> events = read.getEvents().stream()
                    .map(ResolvedEvent::getOriginalEvent)
                    .toList();
            return new Page(events, events.size() >= count);
        }

        OptionalLong last() {
            return OptionalLong.of(position(events.get(events.size() - 1)));
        }
    }

    /** What the server is to leave out, and how many events it is to send. */
    private record Wanted(EventFilter filter, int count) {

        Wanted everything() {
            return new Wanted(EventFilter.everything(), Math.max(count, SCAN));
        }

        boolean isEverything() {
            return filter.types().isEmpty() && filter.streams().isAll();
        }
    }

    private final Connection connection;
    private final ServerNames names;

    AllReads(Connection connection, ServerNames names) {
        this.connection = connection;
        this.names = names;
    }

    EventPage page(EventFilter filter, Span span, int count) {
        // one more, for the event that is there already
        Wanted wanted = new Wanted(filter, count + 1);
        if (wanted.isEverything()) {
            return found(fetch(wanted, span), filter, span, count);
        }
        return fetchInTime(wanted, span)
                .map(page -> found(page, filter, span, count))
                .orElseGet(() -> found(fetch(wanted.everything(), span), filter, span, count));
    }

    private Page fetch(Wanted wanted, Span span) {
        return span.backwards() ? firstBackwards(wanted, span.last()) : firstForwards(wanted, span.first());
    }

    /** Empty if it takes the server too long. */
    private Optional<Page> fetchInTime(Wanted wanted, Span span) {
        try {
            return Optional.of(fetch(wanted, span));
        } catch (TooLong e) {
            return Optional.empty();
        }
    }

    private EventPage found(Page page, EventFilter filter, Span span, int count) {
        List<RecordedEvent> found = new ArrayList<>();
        for (io.kurrent.dbclient.RecordedEvent event : page.events()) {
            long position = position(event);
            if (position >= span.first() && position <= span.last()) {
                recorded(event).filter(filter::matches).ifPresent(found::add);
            } else if (span.backwards() ? position < span.first() : position > span.last()) {
                return EventPage.last(found);
            }
            if (found.size() == count) {
                return new EventPage(found, OptionalLong.of(position));
            }
        }
        return new EventPage(found, page.isFull() ? page.last() : OptionalLong.empty());
    }

    private Page firstForwards(Wanted wanted, long first) {
        if (first <= 1) {
            return readOrFail(wanted, OptionalLong.empty(), false);
        }
        return read(wanted, OptionalLong.of(first - 1), false)
                .or(() -> read(wanted, OptionalLong.of(first), false))
                .orElseGet(() -> readOrFail(wanted, lastBefore(first), false));
    }

    /** The position of the last event before this one; empty if there is none. */
    private OptionalLong lastBefore(long position) {
        Wanted scan = new Wanted(EventFilter.everything(), SCAN);
        Page page = readOrFail(scan, OptionalLong.empty(), true);
        while (true) {
            for (io.kurrent.dbclient.RecordedEvent event : page.events()) {
                if (position(event) < position) {
                    return OptionalLong.of(position(event));
                }
            }
            if (!page.isFull()) {
                return OptionalLong.empty();
            }
            page = readOrFail(scan, page.last(), true);
        }
    }

    /** Where nothing starts, a read backwards can start at the first event behind, or at the end if there is none. */
    private Page firstBackwards(Wanted wanted, long last) {
        if (last == Long.MAX_VALUE) {
            return readOrFail(wanted, OptionalLong.empty(), true);
        }
        if (last <= 0) {
            return new Page(List.of(), false);
        }
        return read(wanted, OptionalLong.of(last + 1), true)
                .orElseGet(() -> readOrFail(wanted, firstFrom(last + 1), true));
    }

    /** The position of the first event at or behind this one; empty if there is none. */
    private OptionalLong firstFrom(long position) {
        Page page = firstForwards(new Wanted(EventFilter.everything(), 2), position);
        return page.events().stream()
                .mapToLong(AllReads::position)
                .filter(found -> found >= position)
                .findFirst();
    }

    /** As one of our events; empty if others wrote it to a stream that can't be ours, or if it is of the server's types. */
    private Optional<RecordedEvent> recorded(io.kurrent.dbclient.RecordedEvent event) {
        return ServerNames.isSystemType(event.getEventType()) || names.isKeptApart(event.getStreamId())
                ? Optional.empty()
                : names.parse(event.getStreamId()).map(stream -> EventFormat.recorded(stream, event));
    }

    private static long position(io.kurrent.dbclient.RecordedEvent event) {
        return event.getPosition().getCommitUnsigned();
    }

    private Page readOrFail(Wanted wanted, OptionalLong from, boolean backwards) {
        return connection.read("Reading all events", call(wanted, from, backwards), failure -> null);
    }

    /** Empty if the server doesn't read from there. */
    private Optional<Page> read(Wanted wanted, OptionalLong from, boolean backwards) {
        Connection.Call<Page> call = call(wanted, from, backwards);
        return connection.read(
                "Reading all events",
                (client, watch) -> call.start(client, watch).thenApply(Optional::of),
                failure -> Failure.isInvalidPosition(failure) ? Optional.empty() : null);
    }

    private Connection.Call<Page> call(Wanted wanted, OptionalLong from, boolean backwards) {
        return (client, watch) -> client.readAll(options(wanted, from, backwards)
                        .resolveLinkTos(false)
                        .maxCount(wanted.count())
                        .deadline(connection.address().deadline())
                        .header(CallWatch.HEADER, watch))
                .handle((read, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(wanted.isEverything() ? failure : tooLong(failure));
                    }
                    return Page.of(read, wanted.count());
                });
    }

    private static Throwable tooLong(Throwable failure) {
        Throwable cause = Failure.unwrapped(failure);
        return Status.fromThrowable(cause).getCode() == Status.Code.DEADLINE_EXCEEDED ? new TooLong(cause) : failure;
    }

    private ReadAllOptions options(Wanted wanted, OptionalLong from, boolean backwards) {
        ReadAllOptions options = backwards
                ? ReadAllOptions.get().backwards()
                : ReadAllOptions.get().forwards();
        if (!wanted.isEverything()) {
            options.header(AllFilter.HEADER, AllFilter.header(wanted.filter(), names));
        }
        if (from.isEmpty()) {
            return backwards ? options.fromEnd() : options.fromStart();
        }
        return options.fromPosition(new Position(from.getAsLong(), from.getAsLong()));
    }

    /** The server has looked for events, and not found as many as were wanted, until the deadline was over. */
    private static final class TooLong extends EventStoreException {

        private static final long serialVersionUID = 1L;

        TooLong(Throwable cause) {
            super("The server didn't find enough events in time", cause);
        }
    }
}
