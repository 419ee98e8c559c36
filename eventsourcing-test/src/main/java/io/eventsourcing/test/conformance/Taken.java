package io.eventsourcing.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.projection.Lease;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lease that somebody gets in the end. */
final class Taken {

    private Taken() {}

    static Lease when(Supplier<Optional<Lease>> attempt) {
        AtomicReference<@Nullable Lease> taken = new AtomicReference<>();
        assertThat(Patience.awaits(() -> {
                    taken.set(attempt.get().orElse(null));
                    return taken.get() != null;
                }))
                .as("whether the segment can be taken")
                .isTrue();
        return Objects.requireNonNull(taken.get());
    }
}
