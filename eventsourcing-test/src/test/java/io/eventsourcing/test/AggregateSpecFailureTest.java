package io.eventsourcing.test;

import static io.eventsourcing.test.AggregateSpec.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Event;
import io.eventsourcing.test.Dog.Weighed;
import java.time.LocalDate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is wrong is said so that it can be understood without a debugger. */
class AggregateSpecFailureTest {

    static class Moody extends Aggregate {

        private static int calls;

        @Event("Born")
        Moody() {}

        /** Refuses, when it is replayed, what it has done. */
        @Event("Asked")
        void ask(int times) {
            if (calls++ > 0) {
                throw new IllegalStateException("not again");
            }
        }
    }

    private static final GivenStep<Dog> FIDO =
            AggregateSpec.of(Dog.class).given(() -> new Dog("Fido")).and(dog -> dog.addTrick("sit"));

    @Test
    void exceptionOfAConstructorIsExpected() {
        ThenStep<Dog> then = AggregateSpec.of(Dog.class).when(() -> new Dog(" "));
        then.thenThrows(IllegalArgumentException.class, "has a name");
        assertThat(failure(() -> then.thenThrows(IllegalArgumentException.class).thenState(dog -> {})))
                .hasMessage("There is no aggregate whose state could be looked at");
    }

    @Test
    void differenceOfEventsIsShown() {
        ThenStep<Dog> then = FIDO.when(dog -> {
            dog.addTrick("beg");
            dog.addTricks("roll over", "wait");
        });
        AssertionError failure = failure(() -> then.then(
                event("TrickAdded").with("trick", "beg"), event("TrickAdded").with("trick", "wait")));
        assertThat(failure).hasMessage("""
                        Expecting the command to record:
                          1. TrickAdded(trick="beg")
                          2. TrickAdded(trick="wait")
                        but it recorded:
                          1. TrickAdded(trick="beg")
                          2. TricksAdded(more=[roll over, wait])
                        The first difference is in event 2.""");
    }

    @Test
    void eventsThatAreMissingOrTooManyAreShown() {
        ThenStep<Dog> then = FIDO.when(dog -> dog.addTrick("beg"));
        assertThat(failure(then::thenNothing)).hasMessage("""
                        Expecting the command to record:
                          nothing
                        but it recorded:
                          1. TrickAdded(trick="beg")
                        The first difference is in event 1.""");
        assertThat(failure(() -> FIDO.when(Dog::bark).then(event("Barked"))))
                .hasMessageContaining("but it recorded:\n  nothing\n");
    }

    @Test
    void typesAreShownWhereNothingElseDiffers() {
        LocalDate day = LocalDate.of(2026, 2, 3);
        ThenStep<Dog> then = FIDO.when(dog -> dog.weigh(day, 12.5));
        assertThat(failure(() -> then.then(event("Weighed").with("day", day).with("kilograms", 12.5f))))
                .hasMessageContaining("kilograms=12.5 (java.lang.Float)")
                .hasMessageContaining("kilograms=12.5 (java.lang.Double)");
    }

    @Test
    void argumentsThatAreMissingOrTooManyAreADifference() {
        ThenStep<Dog> then = FIDO.when(dog -> dog.addTrick("beg"));
        assertThat(failure(() -> then.then(event("TrickAdded")))).hasMessageContaining("TrickAdded()");
        assertThat(failure(
                        () -> then.then(event("TrickAdded").with("trick", "beg").with("day", null))))
                .hasMessageContaining("TrickAdded(trick=\"beg\", day=null)");
    }

    @Test
    void exceptionInsteadOfEventsIsShown() {
        ThenStep<Dog> then = FIDO.when(dog -> dog.addTrick("sit"));
        AssertionError failure = failure(() -> then.then(event("TrickAdded").with("trick", "sit")));
        assertThat(failure).hasMessage("""
                        Expecting the command to record:
                          1. TrickAdded(trick="sit")
                        but it threw:
                          java.lang.IllegalStateException: Fido knows how to sit""").hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure(then::thenNothing)).hasMessageContaining("but it threw");
        assertThat(failure(() -> then.thenState(dog -> {}))).hasMessageContaining("but it threw");
    }

    @Test
    void missingOrWrongExceptionIsShown() {
        assertThat(failure(() -> FIDO.when(dog -> dog.addTrick("beg")).thenThrows(IllegalStateException.class)))
                .hasMessage("""
                        Expecting the command to throw java.lang.IllegalStateException, but it recorded:
                          1. TrickAdded(trick="beg")""");
        ThenStep<Dog> then = FIDO.when(dog -> dog.addTrick("sit"));
        assertThat(failure(() -> then.thenThrows(IllegalArgumentException.class)))
                .hasMessageContaining("but it threw java.lang.IllegalStateException")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure(() -> then.thenThrows(IllegalStateException.class, "can't")))
                .hasMessageContaining("\"can't\"")
                .hasMessageContaining("\"Fido knows how to sit\"");
    }

    @Test
    void exceptionAfterAnEventIsShown() {
        assertThat(failure(() -> FIDO.when(Dog::addTrickAndFail).thenThrows(UnsupportedOperationException.class)))
                .hasMessageContaining("Expecting the command to record:\n  nothing\n")
                .hasMessageContaining("1. TrickAdded(trick=\"sit\")");
    }

    @Test
    void stateThatIsReplayedOtherwiseIsShown() {
        assertThat(failure(() -> FIDO.when(Dog::bark)
                        .thenState(dog -> assertThat(dog.barks).isEqualTo(1))))
                .hasMessageStartingWith("The expected state isn't that of the aggregate loaded from the store, but is"
                        + " that of the object the command was called on:\n")
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(failure(() -> FIDO.when(Dog::bark)
                        .thenState(dog -> assertThat(dog.barks).isZero())))
                .hasMessageStartingWith("The expected state isn't that of the object the command was called on, but is"
                        + " that of the aggregate loaded from the store:\n");
        assertThat(failure(() -> FIDO.when(Dog::bark)
                        .thenState(dog -> assertThat(dog.barks).isEqualTo(2))))
                .hasMessageContaining("nor of the aggregate");
    }

    @Test
    void stateThatWasChangedBeforeAnExceptionIsShown() {
        assertThat(failure(() -> FIDO.when(Dog::barkAndFail)
                        .thenThrows(UnsupportedOperationException.class)
                        .thenState(dog -> assertThat(dog.barks).isZero())))
                .hasMessageContaining("isn't that of the object the command was called on, but is");
    }

    @Test
    void eventThatCanNotBeReplayedIsShown() {
        GivenStep<Moody> given = AggregateSpec.of(Moody.class).given(Moody::new);
        assertThat(failure(() -> given.when(moody -> moody.ask(3))))
                .hasMessageContaining("can't be stored and replayed")
                .hasMessageContaining("1. Asked(times=3)");
    }

    @Test
    void historyThatFailsIsShown() {
        assertThat(failure(() -> FIDO.and(dog -> dog.addTrick("sit")).when(Dog::bark)))
                .hasMessageContaining("Fido knows how to sit");
        assertThat(failure(() ->
                        AggregateSpec.of(Dog.class).given(() -> new Dog("")).when(Dog::bark)))
                .hasMessageContaining("A dog has a name");
    }

    @Test
    void eventThatTheAggregateDoesNotHaveCanNotBeGiven() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIDO.and(event("Sold")).when(Dog::bark))
                .withMessage(
                        "school.Dog has no event Sold(); it has Moved, Registered, TrickAdded, TricksAdded, Weighed");
        record Sold(int price) {}
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FIDO.when(Dog::bark).then(event(new Sold(3))))
                .withMessageStartingWith("school.Dog has no event Sold[price=3]");
    }

    @Test
    void eventIsGivenWithAllOfItsArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> FIDO.and(event("TrickAdded").with("trik", "beg")).when(Dog::bark))
                .withMessage("The arguments of TrickAdded are [trick], but those given are [trik]");
        assertThatIllegalStateException()
                .isThrownBy(() -> event(new Weighed(LocalDate.EPOCH, 1)).with("day", LocalDate.EPOCH));
    }

    private static AssertionError failure(ThrowingCallable specification) {
        AssertionError failure = catchThrowableOfType(AssertionError.class, specification);
        assertThat(failure).as("failure of the specification").isNotNull();
        return failure;
    }
}
