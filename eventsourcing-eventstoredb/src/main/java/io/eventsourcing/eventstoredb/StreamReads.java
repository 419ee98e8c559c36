package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventFilter;
import io.eventsourcing.store.EventPage;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Span;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamNotFoundException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads single streams, a page at a time. A stream that was deleted has no events. Immutable. */
final class StreamReads {

    /** No stream has so many events, and servers count on from where a read starts. */
    private static final long BEYOND_ALL_STREAMS = Long.MAX_VALUE / 2;

    /** How many events are fetched at once to choose from. */
    private static final int LOOKED_AT = 500;

    private final Connection connection;
    private final ServerNames names;

    StreamReads(Connection connection, ServerNames names) {
        this.connection = connection;
        this.names = names;
    }

    /** The server doesn't filter streams, so what is wanted is chosen from here. */
    EventPage page(StreamName stream, EventFilter filter, Span span, int count) {
        int most = filter.isEverything() ? count : Math.max(count, LOOKED_AT);
        OptionalLong from = OptionalLong.of(span.backwards() ? span.last() : span.first());
        boolean fromEnd = span.backwards() && span.last() == Long.MAX_VALUE;
        List<RecordedEvent> fetched = page(stream, fromEnd ? OptionalLong.empty() : from, span.backwards(), most);
        List<RecordedEvent> events = fetched.stream()
                .filter(event -> event.streamPosition() >= span.first() && event.streamPosition() <= span.last())
                .toList();
        return EventPage.filtered(events, events.size() < most, filter, count, RecordedEvent::streamPosition);
    }

    /** At most so many events, from a position that is included. */
    List<RecordedEvent> page(StreamName stream, OptionalLong from, boolean backwards, int count) {
        ServerNames.OwnStream own = new ServerNames.OwnStream(names.tenant(), stream);
        return page(names.of(stream), from, backwards, count, event -> EventFormat.recorded(own, event));
    }

    /** The same of any stream, by its name on the server. */
    <T> List<T> page(
            String stream,
            OptionalLong from,
            boolean backwards,
            int count,
            Function<io.kurrent.dbclient.RecordedEvent, T> read) {
        if (!backwards && from.orElse(0) > BEYOND_ALL_STREAMS) {
            return List.of();
        }
        return connection.read(
                "Reading " + stream,
                (client, watch) -> client.readStream(
                                stream,
                                options(from, backwards)
                                        .maxCount(count)
                                        .deadline(connection.address().deadline())
                                        .header(CallWatch.HEADER, watch))
                        .thenApply(answer -> recorded(answer.getEvents(), read)),
                StreamReads::noEvents);
    }

    private static ReadStreamOptions options(OptionalLong from, boolean backwards) {
        ReadStreamOptions options = ReadStreamOptions.get().resolveLinkTos(false);
        if (backwards) {
            return from.isPresent()
                    ? options.backwards().fromRevision(from.getAsLong())
                    : options.backwards().fromEnd();
        }
        return options.forwards().fromRevision(from.orElse(0));
    }

    private static <T> List<T> recorded(
            List<ResolvedEvent> events, Function<io.kurrent.dbclient.RecordedEvent, T> read) {
        return events.stream()
                .map(event -> read.apply(event.getOriginalEvent()))
                .toList();
    }

    private static <T> @Nullable List<T> noEvents(Throwable failure) {
        return failure instanceof StreamNotFoundException || Failure.isStreamDeleted(failure) ? List.of() : null;
    }

    /** Whether the stream was deleted, but not for good. */
    boolean isDeleted(StreamName stream) {
        Long truncatedBefore = connection
                .read(
                        "Reading what is said of " + stream,
                        (client, watch) -> client.getStreamMetadata(
                                names.of(stream),
                                ReadStreamOptions.get()
                                        .deadline(connection.address().deadline())
                                        .header(CallWatch.HEADER, watch)),
                        failure -> Failure.isStreamDeleted(failure) ? new StreamMetadata() : null)
                .getTruncateBefore();
        return truncatedBefore != null && truncatedBefore == Long.MAX_VALUE;
    }

    /** @throws StreamTombstonedException if the stream was deleted for good */
    void requireNotTombstoned(StreamName stream) {
        connection.read(
                "Reading " + stream,
                (client, watch) -> client.readStream(
                                names.of(stream),
                                options(OptionalLong.empty(), true)
                                        .maxCount(1)
                                        .deadline(connection.address().deadline())
                                        .header(CallWatch.HEADER, watch))
                        .thenApply(read -> stream),
                failure -> notTombstoned(stream, failure));
    }

    private static @Nullable StreamName notTombstoned(StreamName stream, Throwable failure) {
        if (Failure.isStreamDeleted(failure)) {
            throw new StreamTombstonedException(stream, failure);
        }
        return failure instanceof StreamNotFoundException ? stream : null;
    }

    /** The commit position of an event that is known to be there. */
    long commitPosition(StreamName stream, StreamPosition position) {
        return page(stream, OptionalLong.of(position.value()), false, 1).stream()
                .mapToLong(RecordedEvent::commitPosition)
                .findFirst()
                .orElseThrow(
                        () -> new EventStoreException("Stream " + stream + " was appended to, and deleted at once"));
    }

    StreamPosition position(StreamName stream) {
        List<RecordedEvent> last = page(stream, OptionalLong.empty(), true, 1);
        return last.isEmpty()
                ? StreamPosition.NONE
                : StreamPosition.of(last.get(0).streamPosition());
    }
}
