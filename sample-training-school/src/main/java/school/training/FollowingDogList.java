package school.training;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubscribeOptions;
import io.eventsourcing.store.Subscription;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Written a moment after the events, by a subscription. How far it has come is stored in the transaction that writes the
 * list, so that each event counts once, whenever the program is killed. Empty both tables while it is stopped, and it makes
 * the list anew.
 */
class FollowingDogList implements DogList, SmartLifecycle {

    private final EventStore store;
    private final TransactionTemplate transaction;
    private final DogSummaries summaries;
    private final JdbcClient jdbc;
    private volatile @Nullable Subscription subscription;

    FollowingDogList(EventStore store, TransactionTemplate transaction, DogSummaries summaries, JdbcClient jdbc) {
        this.store = store;
        this.transaction = transaction;
        this.summaries = summaries;
        this.jdbc = jdbc;
    }

    @Override
    public Dog listed(Supplier<Dog> change) {
        return change.get(); // the subscription will hear of it
    }

    @Override
    public void start() {
        subscription = store.subscribe(SubscribeOptions.after(checkpoint()).named("the list of dogs"), this::follow);
    }

    @Override
    public void stop() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        Subscription begun = subscription;
        return begun != null && begun.isRunning();
    }

    private long checkpoint() {
        return jdbc.sql("SELECT \"commit_position\" FROM \"dog_summary_checkpoint\"")
                .query(Long.class)
                .single();
    }

    private void follow(RecordedEvent event) {
        transaction.executeWithoutResult(status -> {
            if (moveCheckpoint(event.commitPosition())) {
                list(event);
            }
        });
    }

    /** @return whether this event was still to come, also if another process follows with the same database */
    private boolean moveCheckpoint(long position) {
        return jdbc.sql("UPDATE \"dog_summary_checkpoint\" SET \"commit_position\" = :position"
                                + " WHERE \"commit_position\" < :position")
                        .param("position", position)
                        .update()
                == 1;
    }

    private void list(RecordedEvent event) {
        switch (event.type()) {
            case "Dog.Registered" -> summaries.add(dog(event), name(event), 0);
            case "Dog.TrickAdded" -> summaries.addTrick(dog(event));
            default -> {} // of other aggregates
        }
    }

    private static UUID dog(RecordedEvent event) {
        return UUID.fromString(event.stream().value().substring("Dog-".length()));
    }

    private static String name(RecordedEvent event) {
        return JsonMapper.shared().readTree(event.data()).get("name").asString();
    }
}
