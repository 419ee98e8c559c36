package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.ProjectionTables;
import io.eventsourcing.projection.TableComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** One table in memory, and its copy. */
final class MemoryTables implements ProjectionTables {

    static final String NAME = "written";

    private final TransactionalMemory transactions;
    private final List<String> rows = new CopyOnWriteArrayList<>();
    private final List<String> copies = new CopyOnWriteArrayList<>();
    private final ThreadLocal<List<String>> target = ThreadLocal.withInitial(() -> rows);

    MemoryTables(TransactionalMemory transactions) {
        this.transactions = transactions;
    }

    void write(String effect) {
        List<String> table = target.get();
        transactions.join(() -> table.add(effect));
    }

    void erase(String beginning) {
        transactions.join(() -> rows.removeIf(effect -> effect.startsWith(beginning)));
    }

    List<String> rows() {
        return List.copyOf(rows);
    }

    @Override
    public void check(String projection, List<String> tables) {}

    @Override
    public void prepare(String projection, List<String> tables) {
        copies.clear();
    }

    @Override
    public <T> T inCopies(String projection, Supplier<T> work) {
        target.set(copies);
        try {
            return work.get();
        } finally {
            target.remove();
        }
    }

    @Override
    public List<TableComparison> compare(String projection, List<String> tables, int examples) {
        List<String> missing = new ArrayList<>(rows);
        copies.forEach(missing::remove);
        List<String> added = new ArrayList<>(copies);
        rows.forEach(added::remove);
        return List.of(
                new TableComparison(NAME, rows.size(), copies.size(), missing.size(), added.size(), 0, List.of()));
    }

    @Override
    public void replace(String projection, List<String> tables) {
        transactions.join(() -> {
            rows.clear();
            rows.addAll(copies);
        });
    }

    @Override
    public void clear(List<String> tables) {
        transactions.join(rows::clear);
    }

    @Override
    public void discard(String projection) {
        copies.clear();
    }
}
