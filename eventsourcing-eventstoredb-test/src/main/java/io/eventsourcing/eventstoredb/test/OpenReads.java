package io.eventsourcing.eventstoredb.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The reads and subscriptions that a server is answering. Thread-safe. */
final class OpenReads {

    private final Set<ReadCall> calls = ConcurrentHashMap.newKeySet();

    void add(ReadCall call) {
        calls.add(call);
    }

    void remove(ReadCall call) {
        calls.remove(call);
    }

    void clear() {
        calls.clear();
    }

    /** Lets subscriptions send what was written. */
    void wakeSubscriptions() {
        forSubscriptions(call -> true, ReadCall::wake);
    }

    void forSubscriptions(Predicate<ReadCall> which, Consumer<ReadCall> action) {
        calls.stream().filter(ReadCall::subscription).filter(which).forEach(action);
    }
}
