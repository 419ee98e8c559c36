package io.eventsourcing.projection;

import io.eventsourcing.AppendInterceptor;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.store.AppendResult;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamPosition;
import io.eventsourcing.store.TransactionRunner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Projections that are written in the transaction that saves aggregates: both are stored, or neither is, and whoever has
 * saved sees it at once. What a handler throws, the save throws. They see what is saved from the time on when they are added;
 * events that are appended past {@link EventSourcing#save} they don't see. Thread-safe.
 *
 * <p>It is made before the {@link EventSourcing} that it is given to as {@link EventSourcingBuilder#interceptor}, and gets
 * its projections afterwards.
 */
public final class InlineProjections implements AppendInterceptor {

    private record Bound(TransactionRunner transaction, List<BoundProjection> projections) {}

    private volatile @Nullable Bound bound;

    /**
     * Uses these projections from now on, instead of those before.
     *
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the store has no transactions
     * @throws ProjectionDefinitionException if handlers want what can't be read, or one is a process manager
     */
    public void use(EventSourcing eventSourcing, Collection<ProjectionDefinition> definitions) {
        definitions.forEach(definition -> definition.requireNoProcess("inline"));
        bound = definitions.isEmpty()
                ? null
                : new Bound(
                        eventSourcing.store().require(TransactionRunner.class),
                        definitions.stream()
                                .map(definition -> new BoundProjection(definition, eventSourcing))
                                .toList());
    }

    @Override
    public List<AppendResult> append(
            EventStore store, List<StreamAppend> appends, Supplier<List<AppendResult>> append) {
        Bound now = bound;
        return now == null
                ? append.get()
                : now.transaction().inTransaction(() -> {
                    List<StreamAppend> unseen =
                            appends.stream().filter(each -> isNew(each, store)).toList();
                    List<AppendResult> results = append.get();
                    handle(unseen, store, now.projections());
                    return results;
                });
    }

    /** An append that is repeated finds its events there, and they have been handled. */
    private static boolean isNew(StreamAppend append, EventStore store) {
        StreamPosition position = store.position(append.stream());
        return append.expected() instanceof ExpectedPosition.Exactly exactly
                ? position.equals(StreamPosition.of(exactly.position()))
                : !position.exists();
    }

    private static void handle(List<StreamAppend> appends, EventStore store, List<BoundProjection> projections) {
        List<RecordedEvent> events = new ArrayList<>();
        appends.forEach(append -> events.addAll(store.read(
                        append.stream(),
                        ReadOptions.backwards().limit(append.events().size()))
                .toList()));
        events.sort(Comparator.comparingLong(RecordedEvent::commitPosition));
        for (RecordedEvent event : events) {
            projections.stream()
                    .filter(projection -> projection.wants(event))
                    .forEach(projection -> OnDemandProjection.handle(projection, event));
        }
    }
}
