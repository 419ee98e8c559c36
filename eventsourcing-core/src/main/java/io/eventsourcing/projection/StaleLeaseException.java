package io.eventsourcing.projection;

import io.eventsourcing.EventSourcingException;

/** Somebody else has taken the segment over: what was done under this lease has been rolled back. */
public class StaleLeaseException extends EventSourcingException {

    public StaleLeaseException(Lease lease) {
        super("The lease of " + lease.segment() + " was taken over by another node, since it was not renewed in time");
    }
}
