package io.eventsourcing.test;

import io.eventsourcing.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A history, and what can be said after it. Immutable: it can be the start of several specifications. */
public final class GivenStep<A extends Aggregate> {

    private final Supplier<Stage<A>> newStage;
    private final List<Consumer<Stage<A>>> history;

    GivenStep(Supplier<Stage<A>> newStage, List<Consumer<Stage<A>>> history) {
        this.newStage = newStage;
        this.history = List.copyOf(history);
    }

    /** Continues the history with a command. */
    public GivenStep<A> and(Consumer<? super A> command) {
        return after(stage -> stage.happened(command));
    }

    /** Continues the history with events that were recorded some time ago, with all of their arguments. */
    public GivenStep<A> and(EventSpec... events) {
        List<EventSpec> more = List.of(events);
        return after(stage -> stage.append(more));
    }

    /** Calls a command of the aggregate, loaded from the history. An exception is for {@code thenThrows} to expect. */
    public ThenStep<A> when(Consumer<? super A> command) {
        Stage<A> stage = newStage.get();
        history.forEach(step -> step.accept(stage));
        return new ThenStep<>(stage.call(command));
    }

    private GivenStep<A> after(Consumer<Stage<A>> step) {
        List<Consumer<Stage<A>>> longer = new ArrayList<>(history);
        longer.add(step);
        return new GivenStep<>(newStage, longer);
    }
}
