package io.eventsourcing.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2FileConformanceTest extends JdbcConformance {

    @TempDir
    static Path folder;

    @Override
    Databases.Coordinates newDatabase() {
        return Databases.h2File(folder);
    }
}
