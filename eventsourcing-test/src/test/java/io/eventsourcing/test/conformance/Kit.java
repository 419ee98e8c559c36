package io.eventsourcing.test.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs the conformance kit, or one test of it, against a store that isn't expected to pass. */
final class Kit {

    /** Run by {@link Kit} only. */
    static final class Run extends EventStoreConformance {

        private static Supplier<EventStoreFixture> fixtures = () -> {
            throw new IllegalStateException("There is a fixture while the kit runs");
        };

        @Override
        protected EventStoreFixture newFixture() {
            return fixtures.get();
        }
    }

    private Kit() {}

    static Events run(Supplier<EventStoreFixture> fixtures) {
        return run(fixtures, name -> true);
    }

    static Events run(Supplier<EventStoreFixture> fixtures, String test) {
        return run(fixtures, test::equals);
    }

    /** A fixture that pretends that its store is durable and joins transactions, and has the same one after reopening. */
    static EventStoreFixture fixture(EventStore store, EventStore reopened, Capability... capabilities) {
        return new Pretence(store, reopened, Set.of(capabilities));
    }

    private static Events run(Supplier<EventStoreFixture> fixtures, Predicate<String> tests) {
        Run.fixtures = fixtures;
        PostDiscoveryFilter byName = descriptor -> FilterResult.includedIf(descriptor
                .getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> tests.test(((MethodSource) source).getMethodName()))
                .orElse(true));
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Run.class))
                .filters(byName)
                .execute()
                .testEvents();
    }

    static List<String> passed(Events tests) {
        return tests.succeeded().stream()
                .map(event -> event.getTestDescriptor().getSource().orElseThrow() + " "
                        + event.getTestDescriptor().getDisplayName())
                .toList();
    }

    private record Pretence(EventStore store, EventStore reopened, Set<Capability> capabilities)
            implements EventStoreFixture {

        @Override
        public EventStore reopen() {
            return reopened;
        }

        @Override
        public void inTransaction(EventStore joined, Supplier<TransactionEnd> action) {
            if (!capabilities.contains(Capability.JOINS_TRANSACTIONS)) {
                EventStoreFixture.super.inTransaction(joined, action);
            }
            action.get();
        }

        @Override
        public void close() {
            store.close();
            reopened.close();
        }
    }
}
