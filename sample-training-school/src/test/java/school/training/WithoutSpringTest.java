package school.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, since what it does depends on the environment. */
class WithoutSpringTest {

    private static final Pattern FIDO =
            Pattern.compile("^Fido knows \\[roll over, play dead] and has the id (?<id>[0-9a-f-]{36})$");

    private static final Map<String, String> H2_FILE =
            Map.of("PERSISTENCE_MODULE", "jdbc", "JDBC_URL", "jdbc:h2:file:./school;WRITE_DELAY=0");

    @TempDir
    Path folder;

    private Matcher run(Pattern expected, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        try (Program program = Program.start(WithoutSpring.class, folder, environment, arguments)) {
            Matcher line = program.await(expected);
            assertThat(program.exitStatus()).isZero();
            return line;
        }
    }

    @Test
    void theSchoolWorksInMemoryIfNothingIsSaid() throws Exception {
        run(FIDO, Map.of());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anH2FileIsChosenByTheEnvironmentAndKnowsTheDogInTheNextRun() throws Exception {
        String fido = run(FIDO, H2_FILE).group("id");
        assertThat(run(FIDO, H2_FILE, fido).group("id")).isEqualTo(fido);
    }

    @Test
    void aSettingForThisApplicationAloneWins() throws Exception {
        run(FIDO, Map.of("PERSISTENCE_MODULE", "jdbc", "TRAININGSCHOOL_PERSISTENCE_MODULE", "memory"));
        assertThat(folder).isEmptyDirectory();
    }
}
