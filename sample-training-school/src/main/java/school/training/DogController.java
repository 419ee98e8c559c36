package school.training;

import io.eventsourcing.store.EventSequence;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/dogs")
class DogController {

    private final DogService dogs;
    private final TrainingSchool school;

    DogController(DogService dogs, TrainingSchool school) {
        this.dogs = dogs;
        this.school = school;
    }

    /** What every database can keep: PostgreSQL refuses U+0000, and half a surrogate pair is no character. */
    private static final String TEXT = "[^\\p{Cc}\\p{Cs}]*";

    private static final String NOT_TEXT = "must not contain control characters";

    record Registration(
            @NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = NOT_TEXT)
            String name) {}

    record Lesson(
            @NotBlank @Size(max = 200) @Pattern(regexp = TEXT, message = NOT_TEXT)
            String trick) {}

    @PostMapping
    ResponseEntity<DogView> register(@Valid @RequestBody Registration registration) {
        DogView dog = dogs.register(registration.name());
        return ResponseEntity.created(URI.create("/dogs/" + dog.id())).body(dog);
    }

    @GetMapping
    List<DogSummary> list() {
        return dogs.list();
    }

    @GetMapping("/{id}")
    DogView dog(@PathVariable UUID id, @RequestParam(required = false) @Nullable Long version) {
        return version == null ? dogs.dog(id) : dogs.dog(id, version);
    }

    @PostMapping("/{id}/tricks")
    DogView addTrick(@PathVariable UUID id, @Valid @RequestBody Lesson lesson) {
        return dogs.addTrick(id, lesson.trick());
    }

    @GetMapping("/{id}/events")
    List<EventView> events(@PathVariable UUID id) {
        school.dog(id); // a dog that doesn't exist is an error, not an empty history
        try (EventSequence events = school.history(id)) {
            return events.stream().map(EventView::of).toList();
        }
    }
}
