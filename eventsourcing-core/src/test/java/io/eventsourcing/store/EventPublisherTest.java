package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.memory.MemoryEventStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;

/** The rules of Reactive Streams, by their own tests. */
class EventPublisherTest {

    private static final StreamName STREAM = StreamName.of("Dog-1");

    private static MemoryEventStore storeOf(long count) {
        MemoryEventStore store = new MemoryEventStore();
        store.append(
                STREAM,
                ExpectedPosition.any(),
                LongStream.range(0, count).mapToObj(i -> event()).toList());
        return store;
    }

    private static NewEvent event() {
        return new NewEvent(UUID.randomUUID(), "Happened", new byte[0], new byte[0], Instant.EPOCH);
    }

    /** A read of so many events. */
    static class Reads extends FlowPublisherVerification<RecordedEvent> {

        Reads() {
            super(new TestEnvironment(2_000, 100));
        }

        @Override
        public Flow.Publisher<RecordedEvent> createFlowPublisher(long elements) {
            return storeOf(elements).readAll(ReadOptions.forwards()).publisher();
        }

        @Override
        public Flow.Publisher<RecordedEvent> createFailedFlowPublisher() {
            Flow.Publisher<RecordedEvent> used = createFlowPublisher(1);
            used.subscribe(new Idle());
            return used;
        }

        @Override
        public long maxElementsFromPublisher() {
            return 100_000;
        }
    }

    /** A subscription, which never ends. */
    static final class Observations extends Reads {

        @Override
        public Flow.Publisher<RecordedEvent> createFlowPublisher(long elements) {
            return storeOf(Math.min(elements, 1_000))
                    .observe(SubscribeOptions.fromBeginning())
                    .publisher();
        }

        @Override
        public long maxElementsFromPublisher() {
            return publisherUnableToSignalOnComplete();
        }
    }

    private static class Idle implements Flow.Subscriber<RecordedEvent> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(RecordedEvent event) {}

        @Override
        public void onError(Throwable e) {}

        @Override
        public void onComplete() {}
    }

    @TestFactory
    Stream<DynamicTest> rulesHoldForReads() {
        return rules(Reads::new, "required elements nr: " + Integer.MAX_VALUE);
    }

    @TestFactory
    Stream<DynamicTest> rulesHoldForObservations() {
        return rules(Observations::new, "requires an onComplete signal");
    }

    private static Stream<DynamicTest> rules(Supplier<Reads> verifications, String inapplicable) {
        List<Method> rules = Stream.of(Reads.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .filter(method -> method.getName().startsWith("required_"))
                .toList();
        assertThat(rules).hasSizeGreaterThan(15);
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> {
                    Reads verification = verifications.get();
                    verification.setUp();
                    run(rule, verification, inapplicable);
                }));
    }

    /** @param inapplicable why the one rule or the other says nothing of such a publisher; no other reason will do */
    private static void run(Method rule, Reads verification, String inapplicable) throws Throwable {
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SkipException skip)) {
                throw e.getCause();
            }
            assertThat(skip).hasMessageContaining(inapplicable);
        }
    }

    @Test
    void aSubscriberThatThrowsGetsNothingMore() throws Exception {
        EventSequence events = storeOf(3).readAll(ReadOptions.forwards());
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Flow.Subscription> begun = new CompletableFuture<>();
        events.publisher().subscribe(new Idle() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                begun.complete(subscription);
                subscription.request(2);
            }

            @Override
            public void onNext(RecordedEvent event) {
                calls.incrementAndGet();
                throw new IllegalStateException("thrown by the test");
            }
        });
        while (calls.get() == 0) {
            Thread.sleep(1);
        }
        begun.join().request(1);
        Thread.sleep(20);

        assertThat(calls).hasValue(1);
    }
}
