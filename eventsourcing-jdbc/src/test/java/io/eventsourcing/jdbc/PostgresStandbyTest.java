package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.StreamName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A standby knows nothing of the appends that are in flight on its primary. */
class PostgresStandbyTest {

    @TempDir
    Path folder;

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    @Test
    void eventsAreNeitherKeptNorReadOnAStandby() throws IOException {
        DelegatingDataSource server = new DelegatingDataSource();
        JdbcEventStore store;
        try (EmbeddedPostgres primary = start()) {
            server.setTargetDataSource(primary.getPostgresDatabase());
            store = JdbcEventStore.builder(server)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            store.append(StreamName.of("Dog-1"), ExpectedPosition.any(), List.of(TransactionContract.event()));
            assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(1);
        }
        Files.createFile(folder.resolve("data").resolve("standby.signal"));
        try (EmbeddedPostgres standby = start()) {
            server.setTargetDataSource(standby.getPostgresDatabase());
            assertThat(store.read(StreamName.of("Dog-1"), ReadOptions.forwards())
                            .toList())
                    .as("what is in one stream is as it is")
                    .hasSize(1);
            assertThatThrownBy(() -> store.readAll(ReadOptions.forwards()).toList())
                    .isExactlyInstanceOf(EventStoreException.class)
                    .hasMessageContaining("standby");
            assertThatThrownBy(() -> JdbcEventStore.builder(server).open())
                    .isExactlyInstanceOf(EventStoreException.class)
                    .hasMessageContaining("standby");
        }
    }
}
