package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurrent.dbclient.KurrentDBClient;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainTest extends ServerTest {

    private static Process startProcess() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventStoreDbServer.class.getName(),
                        "--port",
                        "0")
                .start();
    }

    @Test
    void aProcessServesUntilItIsKilled() throws IOException {
        Process process = startProcess();
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
    void aProcessIsCutOffAndBroughtBackByWhatIsTypedWithWhatWasWritten() throws Exception {
        Process process = startProcess();
        try (BufferedReader output = process.inputReader();
                BufferedWriter input = process.outputWriter()) {
            String connectionString = output.readLine();
            append(client(connectionString), "s", events(2));
            type(input, "stop");
            type(input, "what?"); // answered when stop is done
            awaitLine(output, "The commands are stop and start.");
            KurrentDBClient cutOff = client(connectionString);
            assertThatThrownBy(() -> read(cutOff, "s")).isInstanceOf(Exception.class);
            type(input, "start");
            type(input, "what?");
            awaitLine(output, "The commands are stop and start.");
            assertThat(read(client(connectionString), "s")).hasSize(2);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void type(BufferedWriter input, String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    private static void awaitLine(BufferedReader output, String expected) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(expected)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(expected);
    }

    @Test
    void otherArgumentsAreRefused() {
        assertThatThrownBy(() -> EventStoreDbServer.main(new String[] {"--help"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--port");
    }
}
