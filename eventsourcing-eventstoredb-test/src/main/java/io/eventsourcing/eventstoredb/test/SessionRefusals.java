package io.eventsourcing.eventstoredb.test;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.kurrentdb.protocol.v2.common.errors.AccessDeniedErrorDetails;
import io.kurrentdb.protocol.v2.common.errors.NotLeaderNodeErrorDetails;
import io.kurrentdb.protocol.v2.streams.errors.AppendRecordSizeExceededErrorDetails;
import io.kurrentdb.protocol.v2.streams.errors.AppendTransactionSizeExceededErrorDetails;
import io.kurrentdb.protocol.v2.streams.errors.StreamAlreadyInAppendSessionErrorDetails;
import io.kurrentdb.protocol.v2.streams.errors.StreamRevisionConflictErrorDetails;
import io.kurrentdb.protocol.v2.streams.errors.StreamTombstonedErrorDetails;

/** Errors of appends to several streams: the second protocol puts what happened into the details of the status. */
final class SessionRefusals {

    private SessionRefusals() {}

    static StatusRuntimeException revisionConflict(String stream, long expected, long actual) {
        return refusal(
                Code.FAILED_PRECONDITION,
                "Append failed due to a revision conflict on stream '" + stream + "'. Expected revision: " + expected
                        + ". Actual revision: " + actual + ".",
                StreamRevisionConflictErrorDetails.newBuilder()
                        .setStream(stream)
                        .setExpectedRevision(expected)
                        .setActualRevision(actual)
                        .build());
    }

    static StatusRuntimeException tombstoned(String stream) {
        return refusal(
                Code.FAILED_PRECONDITION,
                "Stream '" + stream
                        + "' has been tombstoned. It has been permanently removed from the system and cannot be restored.",
                StreamTombstonedErrorDetails.newBuilder().setStream(stream).build());
    }

    static StatusRuntimeException streamTwice(String stream) {
        return refusal(
                Code.ABORTED,
                "Stream '" + stream + "' is already part of this append session.",
                StreamAlreadyInAppendSessionErrorDetails.newBuilder()
                        .setStream(stream)
                        .build());
    }

    static StatusRuntimeException recordTooLarge(String stream, String id, int size, int limit) {
        return refusal(
                Code.INVALID_ARGUMENT,
                "The size of record " + id + " (" + size + ") exceeds the maximum allowed size of " + limit,
                AppendRecordSizeExceededErrorDetails.newBuilder()
                        .setStream(stream)
                        .setRecordId(id)
                        .setSize(size)
                        .setMaxSize(limit)
                        .build());
    }

    static StatusRuntimeException sessionTooLarge(int size, int limit) {
        return refusal(
                Code.ABORTED,
                "Transaction size (" + size + ") exceeded the maximum allowed size of " + limit,
                AppendTransactionSizeExceededErrorDetails.newBuilder()
                        .setSize(size)
                        .setMaxSize(limit)
                        .build());
    }

    static StatusRuntimeException notLeader(LeaderAddress leader) {
        return refusal(
                Code.FAILED_PRECONDITION,
                "This node is not the leader",
                NotLeaderNodeErrorDetails.newBuilder()
                        .setCurrentLeader(NotLeaderNodeErrorDetails.NodeInfo.newBuilder()
                                .setHost(leader.host())
                                .setPort(leader.port()))
                        .build());
    }

    static StatusRuntimeException timedOut() {
        return io.grpc.Status.DEADLINE_EXCEEDED
                .withDescription("Append session timed out while waiting for commit")
                .asRuntimeException();
    }

    static StatusRuntimeException empty() {
        return io.grpc.Status.FAILED_PRECONDITION
                .withDescription("Append session started, but no append requests were sent before ending the session.")
                .asRuntimeException();
    }

    static StatusRuntimeException accessDenied() {
        return refusal(
                Code.PERMISSION_DENIED,
                "Access denied",
                AccessDeniedErrorDetails.newBuilder()
                        .setOperation("streams:write")
                        .build());
    }

    private static StatusRuntimeException refusal(Code code, String message, Message details) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.value())
                .setMessage(message)
                .addDetails(Any.pack(details))
                .build());
    }
}
