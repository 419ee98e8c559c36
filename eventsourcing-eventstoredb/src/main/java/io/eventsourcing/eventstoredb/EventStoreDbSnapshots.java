package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotStore;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.VersionConflictException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.StreamMetadata;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the snapshots of a name in a stream of their own, {@code snapshot-$…}, of which the server shows the last ones: as
 * many as its metadata {@code $maxCount} says. They stand there in the order of their positions, since each goes behind the
 * one that was looked at before, or is tried again. Immutable.
 */
final class EventStoreDbSnapshots implements SnapshotStore {

    private static final int PAGE = 10;

    private final Connection connection;
    private final ServerNames names;
    private final StreamReads reads;
    private final AppendLimit limit;
    private final Contention contention;

    EventStoreDbSnapshots(
            Connection connection, ServerNames names, StreamReads reads, AppendLimit limit, Contention contention) {
        this.connection = connection;
        this.names = names;
        this.reads = reads;
        this.limit = limit;
        this.contention = contention;
    }

    @Override
    public void save(Snapshot snapshot, int kept) {
        SnapshotStore.requireKept(kept);
        StreamName stream = StreamName.of(snapshot.name().value());
        EventData event = SnapshotEvent.written(snapshot, kept);
        limit.require(stream, List.of(event));
        contention.untilFirst(stream, () -> {
            Optional<SnapshotEvent> last =
                    backwards(snapshot.name(), OptionalLong.empty(), 1).stream().findFirst();
            if (last.isEmpty() || last.get().snapshot().position() <= snapshot.position()) {
                if (last.isEmpty() || last.get().kept() != kept) {
                    change(snapshot.name(), metadata -> metadata.setMaxCount((long) kept));
                }
                append(snapshot.name(), last, event);
            }
            return snapshot;
        });
    }

    /** A stream of which nothing is shown may have been written all the same: the server says up to where. */
    private void append(SnapshotName name, Optional<SnapshotEvent> last, EventData event) {
        StreamState expected =
                last.map(shown -> StreamState.streamRevision(shown.revision())).orElseGet(StreamState::noStream);
        StreamState actual = append(name, expected, event);
        boolean nothingIsShown = last.isEmpty() && Appends.actual(actual).exists();
        if (nothingIsShown && backwards(name, OptionalLong.empty(), 1).isEmpty()) {
            expected = actual;
            actual = append(name, expected, event);
        }
        if (!actual.equals(expected)) {
            throw new Contention.OvertakenException(new VersionConflictException(
                    StreamName.of(name.value()), ExpectedPosition.any(), Appends.actual(actual)));
        }
    }

    /** @return where the stream is: what was expected if the snapshot was written */
    private StreamState append(SnapshotName name, StreamState expected, EventData event) {
        return connection.append(
                "Saving a snapshot of " + name,
                (client, watch) -> client.appendToStream(
                                names.of(name),
                                AppendToStreamOptions.get()
                                        .streamState(expected)
                                        .deadline(connection.address().deadline())
                                        .header(CallWatch.HEADER, watch),
                                event)
                        .thenApply(written -> expected),
                failure -> failure instanceof WrongExpectedVersionException wrong ? wrong.getActualState() : null);
    }

    @Override
    public Optional<Snapshot> latest(SnapshotName name, long position) {
        OptionalLong from = OptionalLong.empty();
        while (true) {
            List<SnapshotEvent> page = backwards(name, from, position == Long.MAX_VALUE ? 1 : PAGE);
            Optional<Snapshot> found = page.stream()
                    .map(SnapshotEvent::snapshot)
                    .filter(snapshot -> snapshot.position() <= position)
                    .findFirst();
            long oldest = page.isEmpty() ? 0 : page.get(page.size() - 1).revision();
            if (found.isPresent() || oldest == 0) {
                return found;
            }
            from = OptionalLong.of(oldest - 1);
        }
    }

    private List<SnapshotEvent> backwards(SnapshotName name, OptionalLong from, int count) {
        return reads.page(names.of(name), from, true, count, event -> SnapshotEvent.read(name, event)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** What was written isn't shown any more; the server removes it when it is scavenged. */
    @Override
    public void delete(SnapshotName name) {
        contention.untilFirst(StreamName.of(name.value()), () -> {
            backwards(name, OptionalLong.empty(), 1).stream()
                    .findFirst()
                    .ifPresent(last -> change(name, metadata -> metadata.setTruncateBefore(last.revision() + 1)));
            return name;
        });
    }

    /** All else that the metadata says stays. */
    private void change(SnapshotName name, Consumer<StreamMetadata> change) {
        StreamMetadata metadata = connection.read(
                "Reading what is said of snapshots",
                (client, watch) -> client.getStreamMetadata(
                        names.of(name),
                        ReadStreamOptions.get()
                                .deadline(connection.address().deadline())
                                .header(CallWatch.HEADER, watch)),
                none());
        change.accept(metadata);
        connection.append(
                "Saying how many snapshots are kept",
                (client, watch) -> client.setStreamMetadata(
                        names.of(name),
                        AppendToStreamOptions.get()
                                .deadline(connection.address().deadline())
                                .header(CallWatch.HEADER, watch),
                        metadata),
                none());
    }

    private static <T> Function<Throwable, @Nullable T> none() {
        return failure -> null;
    }
}
