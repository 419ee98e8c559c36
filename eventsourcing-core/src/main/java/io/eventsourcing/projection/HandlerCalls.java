package io.eventsourcing.projection;

import io.eventsourcing.Instrumentation;
import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.List;
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
     * @param timeouts to which those are added that handlers ask for
     * @throws HandlerFailure if the handler throws
     */
    void call(RecordedEvent event, boolean isReplay, List<TimeoutChange> timeouts) {
        call(event, () -> projection.handle(event, isReplay, timeouts));
    }

    /**
     * @param event which it is called for
     * @throws HandlerFailure if the handler throws
     */
    void call(RecordedEvent event, Instrumentation.Handling handler) {
        try {
            handler.handle();
            handled.increment();
        } catch (VirtualMachineError | StoreUnavailableException | AppendOutcomeUnknownException e) {
            throw e; // it says nothing of the event
        } catch (Throwable e) {
            throw new HandlerFailure(event, e);
        } finally {
            Thread.interrupted(); // whom it was meant for has returned
        }
    }
}
