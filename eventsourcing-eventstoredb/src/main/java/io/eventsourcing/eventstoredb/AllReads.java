package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.RecordedEvent;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.ReadResult;
import io.kurrent.dbclient.ResolvedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the events of all streams, a page at a time. Immutable.
 *
 * <p>A position is a place in the server's log, and the server reads from the start of a record alone: other places it
 * refuses. Here a position need not exist, and followers ask for the one behind the last that they have seen. So a read
 * forwards tries the place before the one it was asked for, and drops what is found there; then the one it was asked for;
 * and when neither is the start of a record, the last event before it, which it looks for from the end. That last way takes
 * as long as there are events behind it, but nobody goes it with positions of events.
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

    private final Connection connection;
    private final ServerNames names;

    AllReads(Connection connection, ServerNames names) {
        this.connection = connection;
        this.names = names;
    }

    /** At most so many events from a position, which is included. */
    List<RecordedEvent> forwards(OptionalLong from, int count) {
        long first = from.orElse(0);
        List<RecordedEvent> found = new ArrayList<>();
        long seen = first - 1;
        // one more, for the event that is there already
        for (Page page = firstForwards(first, count + 1); ; page = readOrFail(page.last(), false, count + 1)) {
            for (io.kurrent.dbclient.RecordedEvent event : page.events()) {
                if (position(event) > seen) {
                    seen = position(event);
                    recorded(event).ifPresent(found::add);
                }
            }
            if (found.size() >= count || !page.isFull()) {
                return limited(found, count);
            }
        }
    }

    private Page firstForwards(long first, int count) {
        if (first <= 1) {
            return readOrFail(OptionalLong.empty(), false, count);
        }
        return read(OptionalLong.of(first - 1), false, count)
                .or(() -> read(OptionalLong.of(first), false, count))
                .orElseGet(() -> readOrFail(lastBefore(first), false, count));
    }

    /** The position of the last event before this one; empty if there is none. */
    private OptionalLong lastBefore(long position) {
        Page page = readOrFail(OptionalLong.empty(), true, SCAN);
        while (true) {
            for (io.kurrent.dbclient.RecordedEvent event : page.events()) {
                if (position(event) < position) {
                    return OptionalLong.of(position(event));
                }
            }
            if (!page.isFull()) {
                return OptionalLong.empty();
            }
            page = readOrFail(page.last(), true, SCAN);
        }
    }

    /** At most so many events before a position, which is excluded, the last of them first. */
    List<RecordedEvent> backwards(OptionalLong from, int count) {
        long before = from.orElse(Long.MAX_VALUE);
        List<RecordedEvent> found = new ArrayList<>();
        for (Page page = firstBackwards(from, count); ; page = readOrFail(page.last(), true, count)) {
            for (io.kurrent.dbclient.RecordedEvent event : page.events()) {
                if (position(event) < before) {
                    recorded(event).ifPresent(found::add);
                }
            }
            if (found.size() >= count || !page.isFull()) {
                return limited(found, count);
            }
        }
    }

    /** Where nothing starts, a read backwards can start at the first event behind, or at the end if there is none. */
    private Page firstBackwards(OptionalLong from, int count) {
        if (from.isEmpty()) {
            return readOrFail(from, true, count);
        }
        if (from.getAsLong() <= 1) {
            return new Page(List.of(), false);
        }
        return read(from, true, count).orElseGet(() -> readOrFail(firstFrom(from), true, count));
    }

    private OptionalLong firstFrom(OptionalLong position) {
        return forwards(position, 1).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst();
    }

    private static List<RecordedEvent> limited(List<RecordedEvent> events, int count) {
        return events.size() > count ? events.subList(0, count) : events;
    }

    /** As one of our events; empty if others wrote it to a stream that can't be ours, or if it is of the server's types. */
    private Optional<RecordedEvent> recorded(io.kurrent.dbclient.RecordedEvent event) {
        return ServerNames.isSystemType(event.getEventType())
                ? Optional.empty()
                : names.parse(event.getStreamId()).map(stream -> EventFormat.recorded(stream, event));
    }

    private static long position(io.kurrent.dbclient.RecordedEvent event) {
        return event.getPosition().getCommitUnsigned();
    }

    private Page readOrFail(OptionalLong from, boolean backwards, int count) {
        return connection.read("Reading all events", call(from, backwards, count), failure -> null);
    }

    /** Empty if the server doesn't read from there. */
    private Optional<Page> read(OptionalLong from, boolean backwards, int count) {
        return connection.read(
                "Reading all events",
                (client, watch) ->
                        call(from, backwards, count).start(client, watch).thenApply(Optional::of),
                failure -> Failure.isInvalidPosition(failure) ? Optional.empty() : null);
    }

    private Connection.Call<Page> call(OptionalLong from, boolean backwards, int count) {
        return (client, watch) -> client.readAll(options(from, backwards)
                        .resolveLinkTos(false)
                        .maxCount(count)
                        .deadline(connection.address().deadline())
                        .header(CallWatch.HEADER, watch))
                .thenApply(read -> Page.of(read, count));
    }

    private static ReadAllOptions options(OptionalLong from, boolean backwards) {
        ReadAllOptions options = backwards
                ? ReadAllOptions.get().backwards()
                : ReadAllOptions.get().forwards();
        if (from.isEmpty()) {
            return backwards ? options.fromEnd() : options.fromStart();
        }
        return options.fromPosition(new Position(from.getAsLong(), from.getAsLong()));
    }
}
