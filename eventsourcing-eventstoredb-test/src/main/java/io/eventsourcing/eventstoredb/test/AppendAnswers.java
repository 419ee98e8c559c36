package io.eventsourcing.eventstoredb.test;

import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;

/** Reads what an append expects, and writes what became of it, in the protocol's words. */
final class AppendAnswers {

    private static final Shared.Empty YES = Shared.Empty.getDefaultInstance();

    private AppendAnswers() {}

    static String stream(AppendReq.Options options) {
        return options.getStreamIdentifier().getStreamName().toStringUtf8();
    }

    static long expected(AppendReq.Options options) {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> ExpectedRevision.of(options.getRevision());
            case NO_STREAM -> ExpectedRevision.NO_STREAM;
            case ANY -> ExpectedRevision.ANY;
            case STREAM_EXISTS -> ExpectedRevision.STREAM_EXISTS;
            case EXPECTEDSTREAMREVISION_NOT_SET -> throw ExpectedRevision.missing();
        };
    }

    /** @throws io.grpc.StatusRuntimeException if the stream is deleted: a wrong revision is an answer, this isn't */
    static AppendResp answer(AppendReq.Options options, WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Written written) {
            return AppendResp.newBuilder().setSuccess(success(written)).build();
        }
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            return AppendResp.newBuilder()
                    .setWrongExpectedVersion(wrongVersion(options, wrong.current()))
                    .build();
        }
        throw Refusals.streamDeleted(stream(options));
    }

    private static AppendResp.Success success(WriteOutcome.Written written) {
        AppendResp.Success.Builder success = AppendResp.Success.newBuilder();
        long revision = written.lastRevisions().get(0);
        if (revision < 0) {
            success.setNoStream(YES);
        } else {
            success.setCurrentRevision(revision);
        }
        if (written.position() < 0) {
            return success.setNoPosition(YES).build();
        }
        return success.setPosition(AppendResp.Position.newBuilder()
                        .setCommitPosition(written.position())
                        .setPreparePosition(written.position()))
                .build();
    }

    /** Everything twice: clients of servers before 20.6.1 read other fields. */
    private static AppendResp.WrongExpectedVersion wrongVersion(AppendReq.Options options, long current) {
        AppendResp.WrongExpectedVersion.Builder wrong = AppendResp.WrongExpectedVersion.newBuilder();
        if (current < 0) {
            wrong.setCurrentNoStream(YES).setNoStream2060(YES);
        } else {
            wrong.setCurrentRevision(current).setCurrentRevision2060(current);
        }
        return switch (options.getExpectedStreamRevisionCase()) {
            case ANY -> wrong.setExpectedAny(YES).setAny2060(YES).build();
            case STREAM_EXISTS ->
                wrong.setExpectedStreamExists(YES).setStreamExists2060(YES).build();
            case NO_STREAM ->
                wrong.setExpectedNoStream(YES).setExpectedRevision2060(-1).build();
            default ->
                wrong.setExpectedRevision(options.getRevision())
                        .setExpectedRevision2060(options.getRevision())
                        .build();
        };
    }
}
