package io.eventsourcing.test;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventsourcing.Aggregate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** What a command did, and what can be expected of it. Each method returns an object to expect more of. Immutable. */
public final class ThenStep<A extends Aggregate> {

    private final Outcome<A> outcome;
    private final boolean exceptionExpected;

    ThenStep(Outcome<A> outcome) {
        this(outcome, false);
    }

    private ThenStep(Outcome<A> outcome, boolean exceptionExpected) {
        this.outcome = outcome;
        this.exceptionExpected = exceptionExpected;
    }

    /** The command returned and recorded exactly these events, in this order, with exactly these arguments. */
    public ThenStep<A> then(EventSpec... events) {
        List<SpokenEvent> expected =
                Stream.of(events).map(outcome.catalog()::spoken).toList();
        requireReturned("to record:" + Lines.of(expected));
        requireRecorded(expected);
        return this;
    }

    /** The command returned and recorded nothing. */
    public ThenStep<A> thenNothing() {
        return then();
    }

    /** The command threw an exception of this type, or of a subclass, and recorded nothing. */
    public ThenStep<A> thenThrows(Class<? extends Throwable> type) {
        return thenThrows(type, exception -> {});
    }

    /** The command threw such an exception, whose message contains this text, and recorded nothing. */
    public ThenStep<A> thenThrows(Class<? extends Throwable> type, String message) {
        return thenThrows(type, exception -> {
            if (!String.valueOf(exception.getMessage()).contains(message)) {
                throw new AssertionFailedError(
                        "Expecting the message of the exception to contain:\n  \"" + message + "\"\nbut it is:\n  \""
                                + exception.getMessage() + "\"",
                        message,
                        exception.getMessage(),
                        exception);
            }
        });
    }

    /**
     * The command threw such an exception, for which the given assertions hold, and recorded nothing. The state can be
     * looked at afterwards: that of the object is compared with that in the store, so a command that changed something
     * before it threw is found out.
     */
    public <T extends Throwable> ThenStep<A> thenThrows(Class<T> type, Consumer<? super T> assertions) {
        Throwable thrown = outcome.thrown();
        if (!type.isInstance(thrown)) {
            throw new AssertionError(
                    "Expecting the command to throw " + type.getName() + ", but it "
                            + (thrown == null ? "recorded:" + Lines.of(outcome.events()) : "threw " + thrown),
                    thrown);
        }
        assertions.accept(type.cast(thrown));
        requireRecorded(List.of());
        return new ThenStep<>(outcome, true);
    }

    /**
     * The assertions hold for the aggregate after the command, and for the same aggregate when it is loaded from the store.
     * After {@code thenThrows}, that is the aggregate as it was.
     */
    public ThenStep<A> thenState(Consumer<? super A> assertions) {
        if (!exceptionExpected) {
            requireReturned("to return");
        }
        A live = outcome.live();
        A replayed = outcome.replayed();
        if (live == null || replayed == null) {
            throw new AssertionError("There is no aggregate whose state could be looked at", outcome.thrown());
        }
        Throwable ofLive = catchThrowable(() -> assertions.accept(live));
        Throwable ofReplayed = catchThrowable(() -> assertions.accept(replayed));
        requireHeld(ofLive, ofReplayed);
        return this;
    }

    private static void requireHeld(@Nullable Throwable ofLive, @Nullable Throwable ofReplayed) {
        Throwable first = ofLive != null ? ofLive : ofReplayed;
        if (first == null) {
            return;
        }
        String which = ofLive == null
                ? "the aggregate loaded from the store, but is that of the object the command was called on"
                : ofReplayed == null
                        ? "the object the command was called on, but is that of the aggregate loaded from the store"
                        : "the object the command was called on, nor of the aggregate loaded from the store";
        throw new AssertionError("The expected state isn't that of " + which + ":\n" + first.getMessage(), first);
    }

    private void requireReturned(String expectation) {
        Throwable thrown = outcome.thrown();
        if (thrown != null) {
            throw new AssertionError("Expecting the command " + expectation + "\nbut it threw:\n  " + thrown, thrown);
        }
    }

    private void requireRecorded(List<SpokenEvent> expected) {
        List<SpokenEvent> actual = outcome.events();
        int difference = firstDifference(expected, actual);
        if (difference < 0) {
            return;
        }
        String expectedLines = Lines.of(expected);
        String actualLines = Lines.of(actual);
        if (expectedLines.equals(actualLines)) {
            expectedLines = Lines.of(expected, SpokenEvent::withTypes);
            actualLines = Lines.of(actual, SpokenEvent::withTypes);
        }
        throw new AssertionFailedError(
                "Expecting the command to record:" + expectedLines + "\nbut it recorded:" + actualLines
                        + "\nThe first difference is in event " + (difference + 1) + ".",
                expectedLines,
                actualLines);
    }

    /** @return -1 if there is none */
    private static int firstDifference(List<SpokenEvent> expected, List<SpokenEvent> actual) {
        int shorter = Math.min(expected.size(), actual.size());
        return IntStream.range(0, shorter)
                .filter(i -> !expected.get(i).isSameAs(actual.get(i)))
                .findFirst()
                .orElse(expected.size() == actual.size() ? -1 : shorter);
    }
}
