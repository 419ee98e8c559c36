package io.eventsourcing.eventstoredb;

import io.grpc.Status;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.SubscribeToAllOptions;
import io.kurrent.dbclient.Subscription;
import io.kurrent.dbclient.SubscriptionFilter;
import io.kurrent.dbclient.SubscriptionListener;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A subscription to all events that says no more than that there are some: whoever hears it reads. It lasts until it is
 * stopped, whatever ends it: the client says nothing of several ends, so {@link CallWatch} does. Thread-safe.
 */
final class ServerSignals implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServerSignals.class);

    private final ClientHolder clients;
    private final SubscriptionFilter filter;
    private final Runnable signal;
    private @Nullable ScheduledExecutorService thread;
    private @Nullable Attempt attempt;
    private BackOffExecution delays = delays();

    ServerSignals(ClientHolder clients, ServerNames names, Runnable signal) {
        this.clients = clients;
        this.filter = SubscriptionFilter.newBuilder()
                .withStreamNameRegularExpression(names.pattern())
                .build();
        this.signal = signal;
    }

    private static BackOffExecution delays() {
        ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
        backOff.setJitter(50);
        backOff.setMaxInterval(10_000);
        return backOff.start();
    }

    /** Does nothing if it is running. */
    synchronized void start() {
        if (thread == null) {
            thread = newThread();
            delays = delays();
            thread.execute(this::subscribe);
        }
    }

    private static ScheduledExecutorService newThread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "eventstoredb-signals");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** Does nothing if it isn't running. */
    synchronized void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
        Attempt last = attempt;
        attempt = null;
        if (last != null) {
            last.cancel();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized void subscribe() {
        if (thread == null) {
            return;
        }
        try {
            attempt = new Attempt(clients.current());
            attempt.begin();
        } catch (RuntimeException e) {
            log.debug("Not subscribed", e);
            again();
        }
    }

    private void again() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.schedule(this::subscribe, delays.nextBackOff(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void confirmed(Attempt confirmed) {
        if (attempt == confirmed) {
            delays = delays();
        }
    }

    /** Of one that nobody stopped: there will be another. */
    private synchronized void ended(Attempt ended, CallEnd end) {
        if (attempt != ended) {
            return;
        }
        log.debug(
                "Listening to {} ended ({}), and begins anew",
                clients.address(),
                end.status().getCode());
        attempt = null;
        if (ended.needsAnotherClient(end)) {
            clients.replace(ended.client, end.leader());
        }
        again();
    }

    /** One subscription. */
    private final class Attempt extends SubscriptionListener {

        private final KurrentDBClient client;
        private final String id;
        private volatile @Nullable Subscription subscription;
        private volatile boolean cancelled;

        Attempt(KurrentDBClient client) {
            this.client = client;
            this.id = clients.watch().watch(end -> ended(this, end));
        }

        void begin() {
            SubscribeToAllOptions options = SubscribeToAllOptions.get()
                    .fromEnd()
                    .filter(filter)
                    .resolveLinkTos(false)
                    .header(CallWatch.HEADER, id);
            client.subscribeToAll(this, options).whenComplete((begun, failure) -> {
                if (failure != null) {
                    failed(Failure.unwrapped(failure));
                }
            });
        }

        /** A call that was never made has no end that could be watched. */
        private void failed(Throwable failure) {
            clients.watch().forget(id);
            ended(this, CallEnd.of(failure));
        }

        @Override
        public void onConfirmation(Subscription begun) {
            subscription = begun;
            if (cancelled) {
                begun.stop();
                return;
            }
            confirmed(this);
            signal.run(); // there may have been appends before
        }

        @Override
        public void onEvent(Subscription begun, ResolvedEvent event) {
            signal.run();
        }

        void cancel() {
            cancelled = true;
            clients.watch().forget(id);
            Subscription begun = subscription;
            if (begun != null) {
                begun.stop();
            }
        }

        /** The client looks for another node after some failed calls, but not after this one. */
        boolean needsAnotherClient(CallEnd end) {
            return client.isShutdown()
                    || end.status().getCode() == Status.Code.UNAVAILABLE
                    || end.leader().isPresent();
        }
    }
}
