package io.eventsourcing.eventstoredb.test;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneResp;
import java.util.function.Supplier;

/** Reads, subscriptions, appends and deletions. Thread-safe. */
final class StreamsEndpoint extends StreamsGrpc.StreamsImplBase {

    private final Node node;

    StreamsEndpoint(Node node) {
        this.node = node;
    }

    @Override
    public void read(ReadReq request, StreamObserver<ReadResp> answers) {
        answering(answers, () -> {
            ReadRequest read = ReadRequest.of(request, node.version());
            node.admit(read.streamIfAny().orElse("$all"));
            node.faults().beforeRead(read.filter());
            start(read, (ServerCallStreamObserver<ReadResp>) answers);
        });
    }

    private void start(ReadRequest read, ServerCallStreamObserver<ReadResp> answers) {
        boolean requiresLeader = Caller.current().requiresLeader();
        ReadCall call = new ReadCall(answers, read.open(node.log()), node.executor(), requiresLeader);
        Runnable wake = call::wake;
        answers.setOnReadyHandler(wake);
        answers.setOnCancelHandler(() -> node.openReads().remove(call));
        answers.setOnCloseHandler(() -> node.openReads().remove(call));
        node.openReads().add(call);
        call.wake();
    }

    @Override
    public StreamObserver<AppendReq> append(StreamObserver<AppendResp> answers) {
        return new AppendCall(node, (ServerCallStreamObserver<AppendResp>) answers);
    }

    @Override
    public void delete(DeleteReq request, StreamObserver<DeleteResp> answers) {
        answering(answers, () -> {
            DeleteReq.Options options = request.getOptions();
            String stream = options.getStreamIdentifier().getStreamName().toStringUtf8();
            long expected = expected(options);
            long position = end(stream, expected, () -> node.log().delete(stream, expected));
            answers.onNext(DeleteResp.newBuilder()
                    .setPosition(DeleteResp.Position.newBuilder()
                            .setCommitPosition(position)
                            .setPreparePosition(position))
                    .build());
            answers.onCompleted();
        });
    }

    @Override
    public void tombstone(TombstoneReq request, StreamObserver<TombstoneResp> answers) {
        answering(answers, () -> {
            TombstoneReq.Options options = request.getOptions();
            String stream = options.getStreamIdentifier().getStreamName().toStringUtf8();
            long expected = expected(options);
            long position = end(stream, expected, () -> node.log().tombstone(stream, expected));
            answers.onNext(TombstoneResp.newBuilder()
                    .setPosition(TombstoneResp.Position.newBuilder()
                            .setCommitPosition(position)
                            .setPreparePosition(position))
                    .build());
            answers.onCompleted();
        });
    }

    private static long expected(DeleteReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> ExpectedRevision.of(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw ExpectedRevision.missing();
        };
    }

    private static long expected(TombstoneReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> ExpectedRevision.of(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw ExpectedRevision.missing();
        };
    }

    /** @return the position of the note that ends the stream */
    private long end(String stream, long expected, Supplier<WriteOutcome> write) {
        node.admit(stream);
        WriteOutcome outcome = node.faults().write(write);
        if (outcome instanceof WriteOutcome.Written written) {
            return written.position();
        }
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            throw Refusals.wrongExpectedVersion(stream, expected, wrong.current());
        }
        throw Refusals.streamDeleted(stream);
    }

    private static void answering(StreamObserver<?> answers, Runnable work) {
        try {
            work.run();
        } catch (StatusRuntimeException e) {
            answers.onError(e);
        }
    }
}
