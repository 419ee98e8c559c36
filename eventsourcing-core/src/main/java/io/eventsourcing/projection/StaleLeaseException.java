package io.eventsourcing.projection;

import io.eventsourcing.EventSourcingException;

/**
 * Somebody else has taken the segment over, or it is farther than the owner knows: what was done under this lease has been
 * rolled back.
 */
public class StaleLeaseException extends EventSourcingException {

    public StaleLeaseException(Lease lease) {
        super("The lease of " + lease.segment() + " was taken over, or the segment is farther than "
                + lease.position());
    }
}
