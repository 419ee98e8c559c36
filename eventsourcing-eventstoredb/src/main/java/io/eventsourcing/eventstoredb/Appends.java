package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.VersionConflictException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WriteResult;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one stream. Immutable.
 *
 * <p>The server recognises events that come again by their ids, but for sure only where the append says where they go. So an
 * append that names no place ({@code any}, {@code streamExists}) gets one here: behind the stream's last event, after its
 * last events were compared, and again if somebody else was faster. It costs a read more.
 */
final class Appends {

    /** The server said where the append ended, or that the stream is elsewhere. */
    private record Answer(
            @Nullable WriteResult written, @Nullable StreamPosition actual) {}

    private final Connection connection;
    private final ServerNames names;
    private final StreamReads reads;
    private final AppendLimit limit;
    private final Contention contention;

    Appends(Connection connection, ServerNames names, StreamReads reads, AppendLimit limit, Contention contention) {
        this.connection = connection;
        this.names = names;
        this.reads = reads;
        this.limit = limit;
        this.contention = contention;
    }

    AppendResult append(StreamAppend append) {
        if (append.events().isEmpty()) {
            return AppendRules.decide(append, reads.position(append.stream()), (first, last) -> List.of())
                    .orElseThrow();
        }
        List<EventData> events = append.events().stream().map(EventFormat::of).toList();
        limit.require(append.stream(), events);
        if (append.expected().namesPlace()) {
            return write(append, events);
        }
        return contention.untilFirst(append.stream(), () -> writeBehindTheLast(append, events));
    }

    private AppendResult writeBehindTheLast(StreamAppend append, List<EventData> events) {
        StreamTail tail = StreamTail.read(reads, append);
        return tail.decide(append).orElseGet(() -> {
            try {
                return write(tail.place(append), events);
            } catch (VersionConflictException e) {
                throw new Contention.OvertakenException(e);
            }
        });
    }

    private AppendResult write(StreamAppend append, List<EventData> events) {
        Answer answer = connection.append(
                "Appending to " + append.stream(),
                (client, watch) -> client.appendToStream(
                                names.of(append.stream()), options(append.expected(), watch), events.iterator())
                        .thenApply(written -> new Answer(written, null)),
                failure -> refusal(append.stream(), failure));
        if (answer.actual() != null) {
            return earlier(append, answer.actual());
        }
        return result(append.stream(), Objects.requireNonNull(answer.written()));
    }

    /**
     * The server looks for the first events of a stream at its beginning, also when they were deleted and others have come
     * first since.
     */
    private AppendResult earlier(StreamAppend append, StreamPosition actual) {
        List<RecordedEvent> first = append.expected() instanceof ExpectedPosition.NoStream && actual.exists()
                ? reads.page(
                        append.stream(),
                        OptionalLong.empty(),
                        false,
                        append.events().size())
                : List.of();
        if (first.isEmpty()) {
            throw new VersionConflictException(append.stream(), append.expected(), actual);
        }
        StreamEnd end = new StreamEnd(actual, first.get(0).streamPosition());
        return AppendRules.decide(append, end, (from, to) -> StreamTail.stored(first))
                .orElseThrow();
    }

    private AppendToStreamOptions options(ExpectedPosition expected, String watch) {
        return AppendToStreamOptions.get()
                .streamState(state(expected))
                .deadline(connection.address().deadline())
                .header(CallWatch.HEADER, watch);
    }

    static StreamState state(ExpectedPosition expected) {
        return expected instanceof ExpectedPosition.Exactly exactly
                ? StreamState.streamRevision(exactly.position())
                : StreamState.noStream();
    }

    private static @Nullable Answer refusal(StreamName stream, Throwable failure) {
        if (Failure.isStreamDeleted(failure)) {
            throw new StreamTombstonedException(stream, failure);
        }
        return failure instanceof WrongExpectedVersionException wrong
                ? new Answer(null, actual(wrong.getActualState()))
                : null;
    }

    static StreamPosition actual(StreamState state) {
        return state instanceof StreamState.StreamRevisionStreamState
                ? StreamPosition.of(state.toRawLong())
                : StreamPosition.NONE;
    }

    /** Servers can leave out the commit position when they have recognised an append that was made before. */
    private AppendResult result(StreamName stream, WriteResult written) {
        StreamPosition last = actual(written.getNextExpectedRevision());
        Position position = written.getLogPosition();
        long commitPosition = position != null && position.getCommitUnsigned() > 0
                ? position.getCommitUnsigned()
                : reads.commitPosition(stream, last);
        return new AppendResult(stream, last, commitPosition);
    }
}
