package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurrent.dbclient.KurrentDBClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainTest extends ServerTest {

    @Test
    void aProcessServesUntilItIsKilled() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventStoreDbServer.class.getName(),
                        "--port",
                        "0")
                .start();
        try (BufferedReader output = process.inputReader()) {
            KurrentDBClient client = client(output.readLine());
            append(client, "s", events(1));
            assertThat(read(client, "s")).hasSize(1);
            assertThat(output.readLine()).contains("lost when this process ends");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void otherArgumentsAreRefused() {
        assertThatThrownBy(() -> EventStoreDbServer.main(new String[] {"--help"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--port");
    }
}
