package school.training;

import java.util.UUID;
import org.springframework.data.annotation.Id;

/** A row of the list of dogs. */
record DogSummary(@Id UUID id, String name, int numberOfTricks) {}
