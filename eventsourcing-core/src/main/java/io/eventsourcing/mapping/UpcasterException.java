package io.eventsourcing.mapping;

/** Upcasters don't lead from what may be stored to what the program knows. Found before any event is read. */
public class UpcasterException extends RuntimeException {

    UpcasterException(String message) {
        super(message);
    }
}
