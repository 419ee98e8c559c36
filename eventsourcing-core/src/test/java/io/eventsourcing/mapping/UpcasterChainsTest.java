package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpcasterChainsTest {

    private static UpcasterChains chains(Upcaster... upcasters) {
        return new UpcasterChains(List.of(upcasters));
    }

    private static Upcaster step(String type, int revision) {
        return Upcaster.from(type, revision).change(data -> {});
    }

    private static void assertRefused(Runnable action, String... parts) {
        assertThatExceptionOfType(UpcasterException.class)
                .isThrownBy(action::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void twoForOneStepAreRefusedByName() {
        assertRefused(() -> chains(step("A.X", 1), step("A.X", 1)), "two upcasters of A.X revision 1");
    }

    @Test
    void aGapIsRefusedByName() {
        assertRefused(() -> chains(step("A.X", 1), step("A.X", 3)), "upcaster of A.X revision 3", "none of revision 2");
        assertRefused(() -> chains(step("A.X", 2)), "none of revision 1");
    }

    @Test
    void whatAnotherTypeBecomesBeginsWhereItArrives() {
        Upcaster renamed = Upcaster.from("A.Old", 1).to(EventRevision.of("A.X", 4), data -> {});
        assertThatCode(() -> chains(renamed, step("A.X", 4))).doesNotThrowAnyException();
        assertRefused(() -> chains(renamed, step("A.X", 6)), "none of revision 4");
    }

    @Test
    void aCircleIsRefusedByItsSteps() {
        assertRefused(
                () -> chains(
                        Upcaster.from("A.X", 1).rename("A.Y"),
                        Upcaster.from("A.Y", 1).rename("A.Z"),
                        Upcaster.from("A.Z", 1).rename("A.X")),
                "in a circle",
                "A.X revision 1",
                "A.Y revision 1",
                "A.Z revision 1");
    }

    @Test
    void twoWaysToTheSameFormAreNoCircle() {
        assertThatCode(() -> chains(
                        Upcaster.from("A.X", 1)
                                .split(
                                        Set.of(EventRevision.of("A.Y", 1), EventRevision.of("A.Z", 1)),
                                        data -> List.of()),
                        Upcaster.from("A.Y", 1).rename("A.Q"),
                        Upcaster.from("A.Z", 1).rename("A.Q"),
                        Upcaster.from("A.Q", 1).drop()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aStepThatGoesAnywhereElseInItsTypeIsRefused(int target) {
        assertRefused(
                () -> chains(step("A.X", 1), Upcaster.from("A.X", 2).to(EventRevision.of("A.X", target), data -> {})),
                "The upcaster of A.X revision 2 leads to A.X revision " + target,
                "the next revision, 3");
    }

    @Test
    void aChainMustEndWhereTheProgramIs() {
        UpcasterChains chains = chains(step("A.X", 1), step("A.X", 2));

        assertThatCode(() -> chains.requireEnd(EventRevision.of("A.X", 3))).doesNotThrowAnyException();
        assertThatCode(() -> chains.requireEnd(EventRevision.of("A.Other", 1))).doesNotThrowAnyException();
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.X", 4)), "nothing leads there from revision 3");
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.X", 2)), "this program knows revision 2");
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.X", 1)), "this program knows revision 1");
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.Other", 2)), "from(\"A.Other\", 1)");
    }

    @Test
    void aChainThatEndsBeyondTheProgramIsRefused() {
        UpcasterChains chains = chains(Upcaster.from("A.Old", 1).to(EventRevision.of("A.X", 2), data -> {}));

        assertThatCode(() -> chains.requireEnd(EventRevision.of("A.X", 2))).doesNotThrowAnyException();
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.X", 1)), "makes revision 2 of A.X");
        assertRefused(() -> chains.requireEnd(EventRevision.of("A.Old", 1)), "drops or renames it");
    }

    @Test
    void aRevisionIsOneOrMoreOfAType() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Upcaster.from("A.X", 0))
                .withMessageContaining("The revision of A.X is 1 or more, not 0");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Upcaster.from(" ", 1));
    }
}
