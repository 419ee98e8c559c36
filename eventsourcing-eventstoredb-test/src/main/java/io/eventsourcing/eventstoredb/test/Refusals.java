package io.eventsourcing.eventstoredb.test;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Errors as the real server words them: the status, and trailers that tell the client what happened. */
final class Refusals {

    private Refusals() {}

    static StatusRuntimeException streamDeleted(String stream) {
        return refusal(
                Status.FAILED_PRECONDITION.withDescription("Event stream '" + stream + "' is deleted."),
                "stream-deleted",
                "stream-name",
                stream);
    }

    static StatusRuntimeException wrongExpectedVersion(String stream, long expected, long actual) {
        String description = "Append failed due to WrongExpectedVersion. Stream: " + stream + ", Expected version: "
                + expected + ", Actual version: " + actual;
        return refusal(
                Status.FAILED_PRECONDITION.withDescription(description),
                "wrong-expected-version",
                "stream-name",
                stream,
                "expected-version",
                Long.toString(expected),
                "actual-version",
                Long.toString(actual));
    }

    static StatusRuntimeException appendTooLarge(int limit) {
        return refusal(
                Status.INVALID_ARGUMENT.withDescription("Maximum Append Size of " + limit + " Exceeded."),
                "maximum-append-size-exceeded",
                "maximum-append-size",
                Integer.toString(limit));
    }

    static StatusRuntimeException eventTooLarge(ProposedEvent event, int limit) {
        String description = "Event with Id: " + event.id() + ", Size: " + event.size()
                + ", exceeds Maximum Append Event Size of " + limit + ".";
        return refusal(
                Status.INVALID_ARGUMENT.withDescription(description),
                "maximum-append-event-size-exceeded",
                "maximum-append-event-size",
                Integer.toString(limit),
                "event-id",
                event.id().toString(),
                "proposed-append-event-size",
                Integer.toString(event.size()));
    }

    static StatusRuntimeException metadataMissing(String property) {
        return refusal(
                Status.INVALID_ARGUMENT.withDescription("Required Metadata Property '" + property + "' is missing"),
                "missing-required-metadata-property",
                "required-metadata-properties",
                "type,content-type");
    }

    static StatusRuntimeException accessDenied() {
        return refusal(Status.PERMISSION_DENIED.withDescription("Access Denied"), "access-denied");
    }

    static StatusRuntimeException notLeader(LeaderAddress leader) {
        return refusal(
                Status.NOT_FOUND.withDescription("Leader info available"),
                "not-leader",
                "leader-endpoint-host",
                leader.host(),
                "leader-endpoint-port",
                Integer.toString(leader.port()));
    }

    static StatusRuntimeException invalidPosition() {
        return invalid("Trying to read from an invalid position.");
    }

    static StatusRuntimeException invalid(String description) {
        return Status.INVALID_ARGUMENT.withDescription(description).asRuntimeException();
    }

    static StatusRuntimeException timedOut() {
        return Status.ABORTED
                .withDescription("Operation timed out: Commit phase timeout.")
                .asRuntimeException();
    }

    static StatusRuntimeException unavailable() {
        return Status.UNAVAILABLE.withDescription("Server Is Not Ready").asRuntimeException();
    }

    /** What the real server answers where it has no better answer. */
    static StatusRuntimeException unexpected() {
        return Status.UNKNOWN
                .withDescription("Exception was thrown by handler.")
                .asRuntimeException();
    }

    /** @param details names and values, in turn */
    private static StatusRuntimeException refusal(Status status, String exception, String... details) {
        Metadata trailers = new Metadata();
        put(trailers, "exception", exception);
        for (int i = 0; i < details.length; i += 2) {
            put(trailers, details[i], details[i + 1]);
        }
        return status.asRuntimeException(trailers);
    }

    private static void put(Metadata trailers, String name, String value) {
        trailers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
}
