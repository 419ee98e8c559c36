package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.AppendRules;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamEnd;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.VersionConflictException;
import io.kurrent.dbclient.DeleteResult;
import io.kurrent.dbclient.DeleteStreamOptions;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deletes streams, as the server does it. Immutable. */
final class Deletions {

    private enum Answer {
        DONE,
        ELSEWHERE
    }

    /** One of the two ways. */
    @FunctionalInterface
    private interface Way {
        CompletableFuture<DeleteResult> start(KurrentDBClient client, String stream, DeleteStreamOptions options);
    }

    private final Connection connection;
    private final ServerNames names;
    private final StreamReads reads;
    private final Contention contention;

    Deletions(Connection connection, ServerNames names, StreamReads reads, Contention contention) {
        this.connection = connection;
        this.names = names;
        this.reads = reads;
        this.contention = contention;
    }

    void delete(StreamName stream, ExpectedPosition expected) {
        untilFirst(stream, () -> {
            StreamPosition seen = reads.position(stream);
            if (AppendRules.decideDeletion(stream, expected, StreamEnd.at(seen))) {
                end(stream, expected, seen, KurrentDBClient::deleteStream);
            }
            return seen;
        });
    }

    /** The server would write one for a stream that never was. */
    void tombstone(StreamName stream, ExpectedPosition expected) {
        untilFirst(stream, () -> {
            StreamPosition seen = reads.position(stream);
            if (AppendRules.decideDeletion(stream, expected, StreamEnd.at(seen))) {
                end(stream, expected, seen, KurrentDBClient::tombstoneStream);
            } else if (reads.isDeleted(stream)) {
                end(stream, ExpectedPosition.any(), seen, KurrentDBClient::tombstoneStream);
            }
            return seen;
        });
    }

    private void untilFirst(StreamName stream, Supplier<StreamPosition> attempt) {
        contention.untilFirst(stream, attempt);
    }

    private void end(StreamName stream, ExpectedPosition expected, StreamPosition seen, Way way) {
        Answer answer = connection.append(
                "Deleting " + stream,
                (client, watch) -> way.start(client, names.of(stream), options(expected, watch))
                        .thenApply(result -> Answer.DONE),
                Deletions::answer);
        if (answer == Answer.ELSEWHERE) {
            throw new Contention.OvertakenException(new VersionConflictException(stream, expected, seen));
        }
    }

    private DeleteStreamOptions options(ExpectedPosition expected, String watch) {
        return DeleteStreamOptions.get()
                .streamState(expected.namesPlace() ? Appends.state(expected) : StreamState.any())
                .deadline(connection.address().deadline())
                .header(CallWatch.HEADER, watch);
    }

    /** What is deleted for good can't be deleted further. */
    private static @Nullable Answer answer(Throwable failure) {
        if (Failure.isStreamDeleted(failure)) {
            return Answer.DONE;
        }
        return failure instanceof WrongExpectedVersionException ? Answer.ELSEWHERE : null;
    }
}
