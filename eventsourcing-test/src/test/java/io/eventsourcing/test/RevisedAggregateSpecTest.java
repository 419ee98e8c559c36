package io.eventsourcing.test;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.mapping.Upcaster;
import org.junit.jupiter.api.Test;

/** Aggregates whose events have revisions, or are personal, can be specified as all others. */
class RevisedAggregateSpecTest {

    @Test
    void eventsOfLaterRevisionsAreGivenAndExpected() {
        AggregateSpec.of(Golden.class)
                .with(builder ->
                        builder.upcasters(Upcaster.from("Golden.Revised", 1).change(data -> {})))
                .given(event("Made"), event("Revised").with("text", "once"))
                .when(golden -> golden.revise("twice"))
                .then(event("Revised").with("text", "twice"))
                .thenState(golden -> assertThat(golden.calls).containsExactly("once", "twice"));
    }

    @Test
    void personalEventsAreGivenAndExpected() {
        AggregateSpec.of(GoldenPerson.class)
                .given(
                        event("Introduced")
                                .with("name", "Ann")
                                .with("alias", "Annie")
                                .with("age", 33)
                                .with("country", "DE"),
                        event("Confessed").with("sin", "envy"))
                .when(person -> person.confess("sloth"))
                .then(event("Confessed").with("sin", "sloth"))
                .thenState(person -> assertThat(person.calls).containsExactly("AnnAnnie33DE", "envy", "sloth"));
    }
}
