package io.eventsourcing.eventstoredb.test;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** How a server ends a subscription. */
public enum SubscriptionEnd {
    /** With {@code CANCELLED}. The client of version 1.1 tells its listener nothing. */
    CANCELLED,
    /** As if there were nothing more to come. The client of version 1.1 tells its listener nothing. */
    COMPLETED,
    /** With {@code UNAVAILABLE}. The client tells its listener. */
    UNAVAILABLE;

    void end(StreamObserver<?> answers) {
        switch (this) {
            case CANCELLED -> answers.onError(Status.CANCELLED.asRuntimeException());
            case COMPLETED -> answers.onCompleted();
            case UNAVAILABLE -> answers.onError(Refusals.unavailable());
        }
    }
}
