package io.eventsourcing.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import java.util.List;

/** A program that appends until it is killed, and prints how many events the store has acknowledged. */
final class EndlessWriter {

    static final String STREAM = "Endless-1";

    private EndlessWriter() {}

    public static void main(String[] args) {
        HikariDataSource pool = new Databases.Coordinates(args[0], "sa", "").pool(2);
        JdbcEventStore store = JdbcEventStore.builder(pool)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        for (long count = 1; ; count++) {
            store.append(StreamName.of(STREAM), ExpectedPosition.any(), List.of(TransactionContract.event()));
            System.out.println(count);
            System.out.flush();
        }
    }
}
