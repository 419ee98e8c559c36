package school.training;

import io.eventsourcing.AggregateConflictException;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;

/** The school as the web needs it: what is answered is listed, and a lost race is run again. */
@Service
class DogService {

    /** The list comes later where something keeps it from being written. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final TrainingSchool school;
    private final DogSummaries summaries;
    private final Projections projections;
    private final EventStore store;

    DogService(TrainingSchool school, DogSummaries summaries, Projections projections, EventStore store) {
        this.school = school;
        this.summaries = summaries;
        this.projections = projections;
        this.store = store;
    }

    public DogView register(String name) {
        return listed(school.dog(school.register(name)));
    }

    @Retryable(includes = AggregateConflictException.class, maxRetries = 3, delay = 5, jitter = 5)
    public DogView addTrick(UUID id, String trick) {
        school.addTrick(id, trick);
        return listed(school.dog(id));
    }

    private DogView listed(Dog dog) {
        projections.await(DogList.NAME, store.lastPosition().orElse(0), PATIENCE);
        return DogView.of(dog);
    }

    public DogView dog(UUID id) {
        return DogView.of(school.dog(id));
    }

    public DogView dog(UUID id, long version) {
        return DogView.of(school.dog(id, version));
    }

    public List<DogSummary> list() {
        return summaries.findAllByOrderById();
    }
}
