package io.eventsourcing.jdbc;

import java.io.IOException;
import java.nio.file.Path;

/** Another JVM, which can be killed. */
final class NodeProcess {

    private NodeProcess() {}

    /** @param program whose main method gets the coordinates of the database, and the name of the node */
    static Process start(Class<?> program, Databases.Coordinates database, String node) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        database.url(),
                        database.username(),
                        database.password(),
                        node)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
