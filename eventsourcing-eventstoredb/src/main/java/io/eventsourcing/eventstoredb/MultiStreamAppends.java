package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.MultiStreamAppender;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.StreamTombstonedException;
import io.eventsourcing.store.UnsupportedByStoreException;
import io.eventsourcing.store.VersionConflictException;
import io.kurrent.dbclient.AppendResponse;
import io.kurrent.dbclient.AppendStreamRequest;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.MultiStreamAppendResponse;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends to several streams, where the server can: KurrentDB from version 25.1 on. Immutable.
 *
 * <p>It can't check a stream without writing to it, and says one commit position for all streams: those of each are read.
 * It refuses event types with other characters than letters and digits of ASCII, {@code _ . $ : -}, and streams whose names
 * differ in case alone.
 */
final class MultiStreamAppends {

    /** The server said where the appends ended, or which stream is elsewhere. */
    private record Answer(
            @Nullable MultiStreamAppendResponse written,
            @Nullable WrongExpectedVersionException conflict) {}

    private final Connection connection;
    private final ServerNames names;
    private final StreamReads reads;
    private final Appends single;
    private final Contention contention;

    MultiStreamAppends(
            Connection connection, ServerNames names, StreamReads reads, Appends single, Contention contention) {
        this.connection = connection;
        this.names = names;
        this.reads = reads;
        this.single = single;
        this.contention = contention;
    }

    List<AppendResult> append(List<StreamAppend> appends) {
        StreamAppend.requireDistinctStreams(appends);
        appends.forEach(names::requireOurs);
        long guards =
                appends.stream().filter(append -> append.events().isEmpty()).count();
        if (appends.size() == 1 || guards == appends.size()) {
            return appends.stream().map(single::append).toList();
        }
        if (guards > 0) {
            throw new UnsupportedByStoreException(
                    MultiStreamAppender.class.getSimpleName() + " with an expectation for a stream that gets no events",
                    connection.description());
        }
        return contention.unlocked("these streams", () -> write(appends));
    }

    private List<AppendResult> write(List<StreamAppend> appends) {
        Map<StreamName, AppendResult> results = new HashMap<>();
        List<StreamAppend> placed = new ArrayList<>();
        for (StreamAppend append : appends) {
            if (append.expected().namesPlace()) {
                placed.add(append);
            } else {
                StreamTail tail = StreamTail.read(reads, append);
                tail.decide(append)
                        .ifPresentOrElse(
                                earlier -> results.put(append.stream(), earlier), () -> placed.add(tail.place(append)));
            }
        }
        writePlaced(placed, appends, results);
        return appends.stream().map(append -> results.get(append.stream())).toList();
    }

    private void writePlaced(
            List<StreamAppend> placed, List<StreamAppend> appends, Map<StreamName, AppendResult> results) {
        if (placed.isEmpty()) {
            return;
        }
        Answer answer = connection.append(
                "Appending to " + placed.size() + " streams",
                (client, watch) -> client.multiStreamAppend(
                                placed.stream().map(this::request).iterator())
                        .thenApply(written -> new Answer(written, null)),
                this::answer);
        if (answer.conflict() != null) {
            throw conflict(answer.conflict(), appends);
        }
        if (answer.written() != null) {
            answer.written().getResults().forEach(each -> add(each, results));
        }
    }

    private AppendStreamRequest request(StreamAppend append) {
        List<EventData> events =
                append.events().stream().map(EventFormat::ofSeveral).toList();
        return new AppendStreamRequest(names.of(append.stream()), events.iterator(), Appends.state(append.expected()));
    }

    private @Nullable Answer answer(Throwable failure) {
        if (failure instanceof UnsupportedOperationException) {
            throw new UnsupportedByStoreException(
                    MultiStreamAppender.class.getSimpleName() + " for more than one stream before KurrentDB 25.1",
                    connection.description());
        }
        Failure.deletedStream(failure).flatMap(names::parse).ifPresent(stream -> {
            throw new StreamTombstonedException(stream.name(), failure);
        });
        return failure instanceof WrongExpectedVersionException wrong ? new Answer(null, wrong) : null;
    }

    private RuntimeException conflict(WrongExpectedVersionException wrong, List<StreamAppend> appends) {
        StreamAppend append = appends.stream()
                .filter(each -> names.of(each.stream()).equals(wrong.getStreamName()))
                .findFirst()
                .orElseThrow();
        VersionConflictException conflict = new VersionConflictException(
                append.stream(), append.expected(), Appends.actual(wrong.getActualState()));
        return append.expected().namesPlace() ? conflict : new Contention.OvertakenException(conflict);
    }

    private void add(AppendResponse written, Map<StreamName, AppendResult> results) {
        StreamName stream = names.parse(written.getStream()).orElseThrow().name();
        StreamPosition last = StreamPosition.of(written.getStreamRevision());
        results.put(stream, new AppendResult(stream, last, reads.commitPosition(stream, last)));
    }
}
