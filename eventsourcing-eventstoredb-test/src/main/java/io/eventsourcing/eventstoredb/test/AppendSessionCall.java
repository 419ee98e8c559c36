package io.eventsourcing.eventstoredb.test;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kurrentdb.protocol.v2.streams.AppendRecord;
import io.kurrentdb.protocol.v2.streams.AppendRequest;
import io.kurrentdb.protocol.v2.streams.AppendResponse;
import io.kurrentdb.protocol.v2.streams.AppendSessionResponse;
import java.util.ArrayList;
import java.util.List;

/** One append to several streams that is being received. gRPC hands it one message at a time. */
final class AppendSessionCall implements StreamObserver<AppendRequest> {

    private final Node node;
    private final ServerCallStreamObserver<AppendSessionResponse> answers;
    private final List<StreamWrite> writes = new ArrayList<>();
    private int size;
    private boolean over;

    AppendSessionCall(Node node, ServerCallStreamObserver<AppendSessionResponse> answers) {
        this.node = node;
        this.answers = answers;
        answers.setOnCancelHandler(() -> over = true);
    }

    @Override
    public void onNext(AppendRequest request) {
        answering(() -> add(request));
    }

    @Override
    public void onCompleted() {
        answering(this::write);
    }

    @Override
    public void onError(Throwable error) {
        over = true;
    }

    private void answering(Runnable work) {
        if (over) {
            return;
        }
        try {
            work.run();
        } catch (StatusRuntimeException e) {
            over = true;
            answers.onError(e);
        }
    }

    private void add(AppendRequest request) {
        admit(request.getStream());
        if (writes.stream().anyMatch(write -> write.stream().equalsIgnoreCase(request.getStream()))) {
            throw SessionRefusals.streamTwice(request.getStream());
        }
        long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : ExpectedRevision.ANY;
        List<ProposedEvent> events = new ArrayList<>();
        for (AppendRecord proposed : request.getRecordsList()) {
            events.add(checked(request.getStream(), proposed));
        }
        writes.add(new StreamWrite(request.getStream(), expected, events));
    }

    /** It always requires the leader, whatever the caller says. */
    private void admit(String stream) {
        if (!Caller.current().mayUse(stream)) {
            throw SessionRefusals.accessDenied();
        }
        if (writes.isEmpty()) {
            node.otherLeader().ifPresent(leader -> {
                throw SessionRefusals.notLeader(leader);
            });
        }
    }

    private ProposedEvent checked(String stream, AppendRecord proposed) {
        int bytes = SessionRecords.size(proposed);
        if (bytes > node.limits().event()) {
            throw SessionRefusals.recordTooLarge(
                    stream, proposed.getRecordId(), bytes, node.limits().event());
        }
        size += bytes;
        if (size > node.limits().append()) {
            throw SessionRefusals.sessionTooLarge(size, node.limits().append());
        }
        return SessionRecords.event(proposed);
    }

    private void write() {
        if (writes.isEmpty()) {
            throw SessionRefusals.empty();
        }
        AppendSessionResponse answer = answer(outcome());
        over = true;
        answers.onNext(answer);
        answers.onCompleted();
    }

    private WriteOutcome outcome() {
        try {
            return node.faults().write(() -> node.log().write(writes));
        } catch (StatusRuntimeException e) {
            throw e.getStatus().getCode() == Status.Code.ABORTED ? SessionRefusals.timedOut() : e;
        }
    }

    private AppendSessionResponse answer(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.WrongRevision wrong) {
            StreamWrite write = writes.get(wrong.index());
            throw SessionRefusals.revisionConflict(write.stream(), write.expected(), wrong.current());
        }
        if (outcome instanceof WriteOutcome.Deleted deleted) {
            throw SessionRefusals.tombstoned(writes.get(deleted.index()).stream());
        }
        if (outcome instanceof WriteOutcome.Written written) {
            return success(written);
        }
        throw Refusals.unexpected();
    }

    private AppendSessionResponse success(WriteOutcome.Written written) {
        AppendSessionResponse.Builder response =
                AppendSessionResponse.newBuilder().setPosition(written.position());
        for (int i = 0; i < writes.size(); i++) {
            response.addOutput(AppendResponse.newBuilder()
                    .setStream(writes.get(i).stream())
                    .setStreamRevision(written.lastRevisions().get(i)));
        }
        return response.build();
    }
}
