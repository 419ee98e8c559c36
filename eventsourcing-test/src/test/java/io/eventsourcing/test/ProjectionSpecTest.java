package io.eventsourcing.test;

import static io.eventsourcing.test.ProjectionSpec.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionSpecTest {

    static class Cat extends Aggregate {
        @Event("Registered")
        Cat(String name, int lives) {}
    }

    @Projection("cats")
    static class Cats {
        final List<String> seen = new ArrayList<>();

        @EventHandler("Cat.Registered")
        void registered(String name, int lives) {
            if (lives < 0) {
                throw new IllegalStateException("planned");
            }
            seen.add(name + lives);
        }
    }

    private static final ProjectionSpec<Cats> SPEC = ProjectionSpec.of(Cats::new)
            .given(() -> new Cat("Tom", 9))
            .given("Cat-1", event("Cat.Registered").with("name", null).with("lives", 7), event("Cat.Purred"));

    @Test
    void projectionHasSeenWhatWasGiven() {
        SPEC.then(cats -> assertThat(cats.seen).containsExactly("Tom9", "null7"))
                .then(cats -> assertThat(cats.seen).hasSize(2));
    }

    @Test
    void expectationThatDoesNotHoldFails() {
        assertThatThrownBy(() -> SPEC.then(cats -> assertThat(cats.seen).isEmpty()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void handlerThatThrowsFails() {
        assertThatThrownBy(() -> SPEC.given(() -> new Cat("Felix", -1)).then(cats -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("planned");
    }

    @Test
    void upcastersAreApplied() {
        ProjectionSpec.of(Cats::new)
                .with(builder ->
                        builder.upcasters(Upcaster.from("Cat.Registered", 1).change(data -> data.put("lives", 1))))
                .given("Cat-1", event("Cat.Registered").with("name", "Tom"))
                .then(cats -> assertThat(cats.seen).containsExactly("Tom1"));
    }
}
