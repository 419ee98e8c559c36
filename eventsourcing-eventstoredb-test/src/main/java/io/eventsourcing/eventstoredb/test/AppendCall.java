package io.eventsourcing.eventstoredb.test;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One append that is being received. gRPC hands it one message at a time. */
final class AppendCall implements StreamObserver<AppendReq> {

    private static final UUID NO_ID = new UUID(0, 0);

    private final Node node;
    private final ServerCallStreamObserver<AppendResp> answers;
    private final List<ProposedEvent> events = new ArrayList<>();
    private AppendReq.@Nullable Options options;
    private long size;
    private boolean over;

    AppendCall(Node node, ServerCallStreamObserver<AppendResp> answers) {
        this.node = node;
        this.answers = answers;
        answers.setOnCancelHandler(() -> over = true);
    }

    @Override
    public void onNext(AppendReq message) {
        answering(() -> {
            if (options == null) {
                begin(message);
            } else {
                add(message);
            }
        });
    }

    @Override
    public void onCompleted() {
        answering(() -> {
            AppendReq.Options begun = options;
            if (begun == null) {
                throw Refusals.unexpected();
            }
            write(begun);
        });
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

    private void begin(AppendReq message) {
        if (!message.hasOptions()) {
            throw Refusals.unexpected();
        }
        options = message.getOptions();
        AppendAnswers.expected(message.getOptions());
        node.admit(AppendAnswers.stream(message.getOptions()));
    }

    private void add(AppendReq message) {
        if (!message.hasProposedMessage()) {
            throw Refusals.unexpected();
        }
        ProposedEvent event = proposed(message.getProposedMessage());
        if (event.size() > node.limits().event()) {
            throw Refusals.eventTooLarge(event, node.limits().event());
        }
        size += event.size();
        if (size > node.limits().append()) {
            throw Refusals.appendTooLarge(node.limits().append());
        }
        events.add(event);
    }

    /** The real server falls over an event without id or type, and says no more than that. */
    private static ProposedEvent proposed(AppendReq.ProposedMessage message) {
        ProposedEvent event = read(message);
        if (event.type().isEmpty() || event.id().equals(NO_ID)) {
            throw Refusals.unexpected();
        }
        return event;
    }

    private static ProposedEvent read(AppendReq.ProposedMessage message) {
        return new ProposedEvent(
                id(message.getId()),
                required(message, "type"),
                required(message, "content-type").equals("application/json"),
                message.getData(),
                message.getCustomMetadata());
    }

    private static String required(AppendReq.ProposedMessage message, String property) {
        String value = message.getMetadataMap().get(property);
        if (value == null) {
            throw Refusals.metadataMissing(property);
        }
        return value;
    }

    private static UUID id(Shared.UUID id) {
        try {
            return id.hasString()
                    ? UUID.fromString(id.getString())
                    : new UUID(
                            id.getStructured().getMostSignificantBits(),
                            id.getStructured().getLeastSignificantBits());
        } catch (IllegalArgumentException e) {
            throw Refusals.unexpected();
        }
    }

    private void write(AppendReq.Options begun) {
        StreamWrite write = new StreamWrite(AppendAnswers.stream(begun), AppendAnswers.expected(begun), events);
        WriteOutcome outcome = node.faults().write(() -> node.log().write(List.of(write)));
        AppendResp answer = AppendAnswers.answer(begun, outcome);
        over = true;
        answers.onNext(answer);
        answers.onCompleted();
    }
}
