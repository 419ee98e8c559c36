package io.eventsourcing.test.conformance;

import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventSequence;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import io.eventsourcing.store.TransactionAware;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Says yes to everything and does nothing. */
class NoopStore implements EventStore, ConditionalAppender, TransactionAware {

    private final AtomicLong commitPosition = new AtomicLong();

    @Override
    public String description() {
        return "noop";
    }

    @Override
    public AppendResult append(StreamName stream, ExpectedPosition expected, List<NewEvent> events) {
        long first = expected instanceof ExpectedPosition.Exactly exactly ? exactly.position() : -1;
        return new AppendResult(
                stream,
                StreamPosition.of(Math.max(first, -1) + events.size()),
                commitPosition.addAndGet(events.size()));
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends, List<AppendCondition> conditions) {
        return append(appends);
    }

    @Override
    public List<AppendResult> append(List<StreamAppend> appends) {
        return appends.stream()
                .map(append -> append(append.stream(), append.expected(), append.events()))
                .toList();
    }

    @Override
    public EventSequence read(StreamName stream, ReadOptions options) {
        return new ListedEvents(List.of());
    }

    @Override
    public EventSequence readAll(ReadOptions options) {
        return new ListedEvents(List.of());
    }

    @Override
    public StreamPosition position(StreamName stream) {
        return StreamPosition.NONE;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, Subscription.Listener listener) {
        return new Subscription() {
            @Override
            public long position() {
                return Long.MAX_VALUE;
            }

            @Override
            public boolean isRunning() {
                return false;
            }

            @Override
            public Optional<Throwable> failure() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public boolean isInTransaction() {
        return false;
    }

    @Override
    public void afterCommit(Runnable action) {}

    @Override
    public <R> R require(Class<R> role) {
        return role.isInstance(this)
                ? role.cast(this)
                : role.cast(Proxy.newProxyInstance(
                        role.getClassLoader(), new Class<?>[] {role}, (proxy, method, arguments) -> null));
    }

    @Override
    public void close() {}
}
