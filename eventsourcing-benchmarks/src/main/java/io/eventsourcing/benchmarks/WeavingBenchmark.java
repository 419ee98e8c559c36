package io.eventsourcing.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a command costs beyond its body: the difference between {@code woven} and {@code plain}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class WeavingBenchmark {

    /** As many as a long-lived aggregate may well record before it is saved. */
    private static final int COMMANDS = 100;

    private Counter counter = new Counter("benchmark");
    private long amount;

    /** A new aggregate each time: pending events would otherwise pile up. */
    @Setup(Level.Invocation)
    public void start() {
        counter = new Counter("benchmark");
        amount++;
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long woven() {
        for (int i = 0; i < COMMANDS; i++) {
            counter.add(amount, "reason");
        }
        return counter.total();
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long plain() {
        for (int i = 0; i < COMMANDS; i++) {
            counter.addPlainly(amount, "reason");
        }
        return counter.total();
    }
}
