package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.store.StreamName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

    @TempDir
    Path folder;

    private List<String> warnings(Databases.Coordinates database) {
        try (LogCapture log = new LogCapture(JdbcEventStore.class);
                HikariDataSource pool = database.pool()) {
            JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open()
                    .close();
            return log.messages();
        }
    }

    private Databases.Coordinates h2WithDefaultDelay() {
        return new Databases.Coordinates("jdbc:h2:file:" + folder.resolve("events"), "sa", "");
    }

    @Test
    void anH2FileThatWouldLoseCommitsIsWarnedOfWithTheCure() {
        assertThat(warnings(h2WithDefaultDelay())).singleElement().asString().contains("500 ms", ";WRITE_DELAY=0");
    }

    @Test
    void anH2FileThatKeepsThemIsNot() {
        assertThat(warnings(Databases.h2File(folder))).isEmpty();
    }

    @Test
    void whatWasSetOnceAndIsNotInForceAnyMoreIsWarnedOf() {
        warnings(Databases.h2File(folder));
        assertThat(warnings(h2WithDefaultDelay())).singleElement().asString().contains(";WRITE_DELAY=0");
    }

    @Test
    void aDatabaseInMemoryPromisesNothingAndIsNotWarnedOf() {
        assertThat(warnings(Databases.newH2InMemory())).isEmpty();
    }

    @Test
    void aPostgresThatWouldLoseCommitsIsWarnedOf() {
        assertThat(warnings(Databases.newPostgres()))
                .anySatisfy(text -> assertThat(text).contains("fsync=off"));
    }

    @Test
    void whatWasAcknowledgedSurvivesKill9() throws Exception {
        long acknowledged = acknowledgedBeforeKill(Databases.h2File(folder));
        assertThat(stored(Databases.h2File(folder))).isGreaterThanOrEqualTo(acknowledged);
    }

    /** The control: the same test finds what H2's default loses. */
    @Test
    void withTheDefaultDelayKill9LosesWhatWasAcknowledged() throws Exception {
        long acknowledged = acknowledgedBeforeKill(h2WithDefaultDelay());
        assertThat(stored(h2WithDefaultDelay())).isLessThan(acknowledged);
    }

    private static long acknowledgedBeforeKill(Databases.Coordinates database)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process writer = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndlessWriter.class.getName(),
                        database.url())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = 0;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            while (last < 300) {
                last = Long.parseLong(output.readLine());
            }
            // what else it has printed is of no use: destroyForcibly() closes the pipe
            writer.destroyForcibly();
        }
        writer.waitFor();
        assertThat(last).as("acknowledged appends").isGreaterThanOrEqualTo(300);
        return last;
    }

    private static long stored(Databases.Coordinates database) {
        try (HikariDataSource pool = database.pool()) {
            JdbcEventStore store = JdbcEventStore.builder(pool)
                    .initializeSchema(SchemaInitialization.ALWAYS)
                    .open();
            return store.position(StreamName.of(EndlessWriter.STREAM)).next();
        }
    }
}
