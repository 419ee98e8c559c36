package school.training;

import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.Projection;
import org.springframework.stereotype.Component;

/** The list of dogs: a table that follows the events, wherever they are kept. */
@Component
@Projection(value = DogList.NAME, tables = "\"dog_list\"")
class DogList {

    static final String NAME = "dogs";

    private final DogSummaries summaries;

    DogList(DogSummaries summaries) {
        this.summaries = summaries;
    }

    @EventHandler("Dog.Registered")
    void registered(String name, EventContext event) {
        summaries.add(event.aggregateId(), name);
    }

    @EventHandler("Dog.TrickAdded")
    void trickAdded(EventContext event) {
        summaries.addTrick(event.aggregateId());
    }
}
