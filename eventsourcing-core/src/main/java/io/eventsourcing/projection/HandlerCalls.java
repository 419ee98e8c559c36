package io.eventsourcing.projection;

import io.eventsourcing.store.RecordedEvent;
import java.util.concurrent.atomic.LongAdder;

/** Calls the handlers of a projection, and counts the events. Thread-safe, if the handlers are. */
final class HandlerCalls {

    private final BoundProjection projection;
    private final LongAdder handled = new LongAdder();

    HandlerCalls(BoundProjection projection) {
        this.projection = projection;
    }

    /** How many events were handled. */
    long handled() {
        return handled.sum();
    }

    /**
     * @param isReplay whether handlers with side effects aren't called
     * @throws HandlerFailure if the handler throws
     */
    void call(RecordedEvent event, boolean isReplay) {
        try {
            projection.handle(event, isReplay);
            handled.increment();
        } catch (VirtualMachineError e) {
            throw e; // it says nothing of the event
        } catch (Throwable e) {
            throw new HandlerFailure(event, e);
        } finally {
            Thread.interrupted(); // whom it was meant for has returned
        }
    }
}
