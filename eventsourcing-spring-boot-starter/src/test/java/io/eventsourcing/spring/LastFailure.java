package io.eventsourcing.spring;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Keeps what Spring Boot would print about a program that doesn't start. */
public final class LastFailure implements FailureAnalysisReporter {

    private static final AtomicReference<@Nullable FailureAnalysis> LAST = new AtomicReference<>();

    @Override
    public void report(FailureAnalysis analysis) {
        LAST.set(analysis);
    }

    /** The analysis of the last failure, once. */
    static FailureAnalysis take() {
        FailureAnalysis last = LAST.getAndSet(null);
        if (last == null) {
            throw new AssertionError("Nothing was analysed");
        }
        return last;
    }

    static void forget() {
        LAST.set(null);
    }
}
