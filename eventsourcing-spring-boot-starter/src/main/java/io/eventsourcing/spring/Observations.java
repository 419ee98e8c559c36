package io.eventsourcing.spring;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Instrumentation;
import io.eventsourcing.SaveResult;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.store.RecordedEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Observes saves, loads and the handling of events, which makes timers and spans of them. Where traces are made, the trace
 * of a save goes with its events, in their metadata, and projections go on with it. Thread-safe.
 */
final class Observations implements Instrumentation {

    private static final String SAVE = "eventsourcing.save";
    private static final String LOAD = "eventsourcing.load";
    private static final String HANDLE = "eventsourcing.handle";

    private final ObservationRegistry registry;

    Observations(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public SaveResult save(Function<Metadata, SaveResult> save) {
        Map<String, String> carrier = new HashMap<>();
        SenderContext<Map<String, String>> context = new SenderContext<>(
                (values, name, value) -> Objects.requireNonNull(values).put(name, value), Kind.PRODUCER);
        context.setCarrier(carrier);
        return Observation.createNotStarted(SAVE, () -> context, registry)
                .contextualName("save events")
                .observe(() -> save.apply(new Metadata(carrier)));
    }

    @Override
    public void handle(String projection, RecordedEvent event, Supplier<Metadata> metadata, Handling handling)
            throws Throwable {
        Observation.createNotStarted(HANDLE, () -> received(metadata.get()), registry)
                .contextualName(projection + " handles " + event.type())
                .lowCardinalityKeyValue("projection", projection)
                .observeChecked(handling::handle);
    }

    private static ReceiverContext<Metadata> received(Metadata metadata) {
        ReceiverContext<Metadata> context =
                new ReceiverContext<>((carrier, name) -> carrier.find(name).orElse(null), Kind.CONSUMER);
        context.setCarrier(metadata);
        return context;
    }

    @Override
    public <T> T load(Class<? extends Aggregate> aggregateClass, Supplier<T> load) {
        return Observation.createNotStarted(LOAD, registry)
                .contextualName("load " + aggregateClass.getSimpleName())
                .lowCardinalityKeyValue("aggregate", aggregateClass.getSimpleName())
                .observe(load);
    }
}
