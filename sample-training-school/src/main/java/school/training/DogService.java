package school.training;

import io.eventsourcing.AggregateConflictException;
import java.util.List;
import java.util.UUID;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The school as the web needs it: events and the list of dogs are written together, and a lost race is run again. */
@Service
class DogService {

    private final TrainingSchool school;
    private final DogSummaries summaries;

    DogService(TrainingSchool school, DogSummaries summaries) {
        this.school = school;
        this.summaries = summaries;
    }

    @Transactional
    public DogView register(String name) {
        UUID id = school.register(name);
        summaries.add(id, name);
        return dog(id);
    }

    // the retry is around the transaction, since each try has to see what the winner has committed
    @Retryable(includes = AggregateConflictException.class, maxRetries = 3, delay = 5, jitter = 5)
    @Transactional
    public DogView addTrick(UUID id, String trick) {
        school.addTrick(id, trick);
        DogView dog = dog(id);
        summaries.update(id, dog.tricks().size());
        return dog;
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
