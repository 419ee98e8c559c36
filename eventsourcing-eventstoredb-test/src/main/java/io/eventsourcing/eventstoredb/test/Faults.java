package io.eventsourcing.eventstoredb.test;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Faults of a server, on demand. They are taken in the order in which they were asked for, one per call, and are kept
 * when the server stops. Thread-safe.
 */
public final class Faults {

    private final Deque<WriteFault> writeFaults = new ArrayDeque<>();
    private final Deque<StatusRuntimeException> readFaults = new ArrayDeque<>();
    private final Deque<LeaderAddress> otherLeaders = new ArrayDeque<>();
    private final Consumer<Consumer<ReadCall>> subscriptions;
    private final Runnable forgetEventIds;
    private Duration delay = Duration.ZERO;
    private boolean typesTakeTooLong;

    /** @param subscriptions hands each open subscription to an action */
    Faults(Consumer<Consumer<ReadCall>> subscriptions, Runnable forgetEventIds) {
        this.subscriptions = subscriptions;
        this.forgetEventIds = forgetEventIds;
    }

    /** Lets the next appends and deletions go wrong. */
    public synchronized void failWrites(int count, WriteFault fault) {
        add(writeFaults, count, fault);
    }

    /** Lets the next reads and subscriptions be refused with a status. */
    public synchronized void failReads(int count, Status.Code code) {
        if (code == Status.Code.OK) {
            throw new IllegalArgumentException("OK is no fault");
        }
        add(
                readFaults,
                count,
                code.toStatus().withDescription("A fault on demand").asRuntimeException());
    }

    /** Answers the next calls that require the leader, that another server leads. */
    public synchronized void answerNotLeader(int count, String leaderHost, int leaderPort) {
        add(otherLeaders, count, new LeaderAddress(leaderHost, leaderPort));
    }

    private static <T> void add(Deque<T> faults, int count, T fault) {
        for (int i = 0; i < count; i++) {
            faults.add(fault);
        }
    }

    /**
     * Lets each answer wait that long, until {@link #clear()}: a read before its first event, an append after its events
     * were written.
     */
    public synchronized void delayAnswers(Duration by) {
        delay = by;
    }

    /**
     * Lets reads of all events that want some types alone run into their deadline, until {@link #clear()}: as if the server had
     * to look for such events for long.
     */
    public synchronized void letTypesTakeTooLong() {
        typesTakeTooLong = true;
    }

    /** Ends every open subscription. */
    public void endSubscriptions(SubscriptionEnd end) {
        subscriptions.accept(call -> call.end(end::end));
    }

    /**
     * Forgets which event ids the server has seen, as the real one does in time. Then a repeated append is written again,
     * unless it names its place in the stream.
     */
    public void forgetEventIds() {
        forgetEventIds.run();
    }

    /** Takes back every fault that has not struck, and lets answers that wait go. */
    public synchronized void clear() {
        writeFaults.clear();
        readFaults.clear();
        otherLeaders.clear();
        delay = Duration.ZERO;
        typesTakeTooLong = false;
        notifyAll();
    }

    /** Writes, unless a fault strikes. */
    WriteOutcome write(Supplier<WriteOutcome> write) {
        Optional<WriteFault> fault = take(writeFaults);
        fault.filter(strikes -> !strikes.strikesAfterWriting()).ifPresent(Faults::strike);
        WriteOutcome outcome = write.get();
        fault.ifPresent(Faults::strike);
        waitForAnswer();
        return outcome;
    }

    private static void strike(WriteFault fault) {
        throw fault.refusal();
    }

    /** @throws StatusRuntimeException if a fault strikes */
    void beforeRead(EventFilter filter) {
        take(readFaults).ifPresent(fault -> {
            throw fault;
        });
        if (filter.isOfTypes() && takesTooLong()) {
            throw Status.DEADLINE_EXCEEDED.asRuntimeException();
        }
        waitForAnswer();
    }

    private synchronized boolean takesTooLong() {
        return typesTakeTooLong;
    }

    Optional<LeaderAddress> otherLeader() {
        return take(otherLeaders);
    }

    private synchronized <T> Optional<T> take(Deque<T> faults) {
        return Optional.ofNullable(faults.poll());
    }

    private synchronized void waitForAnswer() {
        long end = System.nanoTime() + delay.toNanos();
        long left = delay.toNanos();
        try {
            while (left > 0 && !delay.isZero()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
