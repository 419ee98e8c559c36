package school.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dog as the web shows it; that it has graduated is shown if it has. */
record DogView(
        UUID id,
        String name,
        List<String> tricks,
        long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean graduated) {

    static DogView of(Dog dog) {
        return new DogView(dog.id(), dog.name(), dog.tricks(), dog.version(), dog.hasGraduated() ? true : null);
    }
}
