package school.training;

import io.eventsourcing.AggregateConflictException;
import java.util.List;
import java.util.UUID;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;

/** The school as the web needs it: what is done to dogs is listed, and a lost race is run again. */
@Service
class DogService {

    private final TrainingSchool school;
    private final DogList list;
    private final DogSummaries summaries;

    DogService(TrainingSchool school, DogList list, DogSummaries summaries) {
        this.school = school;
        this.list = list;
        this.summaries = summaries;
    }

    public DogView register(String name) {
        return DogView.of(list.listed(() -> school.dog(school.register(name))));
    }

    // the retry is around the transaction, if there is one, since each try has to see what the winner has committed
    @Retryable(includes = AggregateConflictException.class, maxRetries = 3, delay = 5, jitter = 5)
    public DogView addTrick(UUID id, String trick) {
        return DogView.of(list.listed(() -> {
            school.addTrick(id, trick);
            return school.dog(id);
        }));
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
