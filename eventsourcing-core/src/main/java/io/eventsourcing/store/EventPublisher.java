package io.eventsourcing.store;

import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on events to one subscriber, as many as it asks for. It has a thread only while it does. Thread-safe. */
final class EventPublisher implements Flow.Publisher<RecordedEvent> {

    private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

    private final EventSource source;
    private final AtomicBoolean used = new AtomicBoolean();

    EventPublisher(EventSource source) {
        this.source = source;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super RecordedEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (used.compareAndSet(false, true)) {
            Delivery delivery = new Delivery(subscriber);
            source.onChange(delivery::schedule);
            delivery.begin(subscriber);
        } else {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException("The events have a subscriber already; read again"));
        }
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }

    private final class Delivery implements Flow.Subscription {

        /** Nobody as soon as it is over. */
        private final AtomicReference<Flow.@Nullable Subscriber<? super RecordedEvent>> receiver;

        private final ExecutorService executor = SubscriptionThreads.create("eventsourcing-subscription-");
        private final AtomicLong demand = new AtomicLong();

        /** What has to be looked at: whoever makes it more than 0 sees to it. At first, the one who subscribes. */
        private final AtomicInteger work = new AtomicInteger(1);

        private volatile @Nullable Throwable mistake;

        Delivery(Flow.Subscriber<? super RecordedEvent> subscriber) {
            this.receiver = new AtomicReference<>(subscriber);
        }

        void begin(Flow.Subscriber<? super RecordedEvent> subscriber) {
            try {
                subscriber.onSubscribe(this);
            } catch (Throwable e) {
                brokenBy(e);
            }
            if (work.decrementAndGet() != 0) {
                execute();
            }
        }

        @Override
        public void request(long count) {
            if (count > 0) {
                demand.accumulateAndGet(count, (old, more) -> old + more < 0 ? Long.MAX_VALUE : old + more);
            } else {
                mistake = new IllegalArgumentException(
                        "A subscriber asks for more than 0 events, not " + count + " (rule 3.9 of Reactive Streams)");
            }
            schedule();
        }

        @Override
        public void cancel() {
            end();
        }

        private Flow.@Nullable Subscriber<? super RecordedEvent> end() {
            Flow.Subscriber<? super RecordedEvent> last = receiver.getAndSet(null);
            if (last != null) {
                source.close();
                executor.shutdown();
            }
            return last;
        }

        void schedule() {
            if (work.getAndIncrement() == 0) {
                execute();
            }
        }

        private void execute() {
            try {
                executor.execute(this::work);
            } catch (RejectedExecutionException e) {
                log.debug("The subscription is over", e);
            }
        }

        private void work() {
            int done = work.get();
            do {
                deliver();
                done = work.addAndGet(-done);
            } while (done != 0);
        }

        private void deliver() {
            Flow.Subscriber<? super RecordedEvent> subscriber = receiver.get();
            while (subscriber != null && mistake == null && demand.get() > 0 && deliverOne(subscriber)) {
                subscriber = receiver.get();
            }
            if (mistake != null) {
                fail(mistake);
            }
        }

        /** @return whether it was worth trying to deliver another one */
        private boolean deliverOne(Flow.Subscriber<? super RecordedEvent> subscriber) {
            RecordedEvent event;
            try {
                event = source.poll();
            } catch (Throwable e) {
                fail(e);
                return false;
            }
            if (event == null) {
                completeIfEnded();
                return false;
            }
            pass(event, subscriber);
            return true;
        }

        private void pass(RecordedEvent event, Flow.Subscriber<? super RecordedEvent> subscriber) {
            if (receiver.get() == null) {
                return;
            }
            demand.updateAndGet(old -> old == Long.MAX_VALUE ? old : old - 1);
            try {
                subscriber.onNext(event);
            } catch (Throwable e) {
                brokenBy(e);
            }
        }

        private void completeIfEnded() {
            Flow.Subscriber<? super RecordedEvent> last = source.isEnded() ? end() : null;
            if (last != null) {
                last.onComplete();
            }
        }

        private void fail(Throwable e) {
            Flow.Subscriber<? super RecordedEvent> last = end();
            if (last != null) {
                last.onError(e);
            }
        }

        /** It may not throw, and can't be told of it. */
        private void brokenBy(Throwable e) {
            end();
            log.error("A subscriber has thrown, which ends its subscription", e);
        }
    }
}
