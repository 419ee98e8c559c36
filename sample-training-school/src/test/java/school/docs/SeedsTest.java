package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes the tables of docs/seeds.md where the system property {@code docs} is {@code true}, and makes sure otherwise that
 * they are there. Every test of this build runs on every backend it is meant for, or the build fails; so what a table names
 * only has to exist.
 */
class SeedsTest {

    private static final String BEGIN = "<!-- tables: begin -->";

    private static final String PROOF = ".*`.+`.*|not needed, .+|refused: .+";

    private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property)\\b");

    private static final Path FILE = Markdown.projectFolder().resolve("docs/seeds.md");

    private final SeedsTable table = SeedsTable.load();

    @Test
    void everyRowIsThereOnce() {
        assertThat(table.rows())
                .extracting(SeedsTable.Row::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 92).boxed().toList());
    }

    @Test
    void everyRowIsProvedOnEveryBackendOrSaysWhyNot() {
        assertThat(table.rows().stream()
                        .flatMap(row -> SeedsTable.BACKENDS.stream()
                                .filter(backend -> !row.cell(backend).markdown().matches(PROOF))
                                .map(backend -> row.number() + " on " + backend)))
                .isEmpty();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        assertThat(table.tests().filter(test -> !exists(test, sources))).isEmpty();
    }

    @Test
    void aTestThatDoesNotExistIsFound() throws IOException {
        Map<String, String> sources = sources();
        assertThat(exists("AppendConformance.noSuchTest", sources)).isFalse();
        assertThat(exists("NoSuchConformance.batchIsAppendedInItsOrder", sources))
                .isFalse();
    }

    private static boolean exists(String test, Map<String, String> sources) {
        String[] names = test.split("\\.");
        String source = sources.getOrDefault(names[0], "");
        int method = source.indexOf(" void " + names[1] + "(");
        return method > 0
                && TEST.matcher(source.substring(source.lastIndexOf("\n\n", method), method))
                        .find();
    }

    /** By the simple names of their classes; some modules have a class of the same name. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Markdown.projectFolder())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("target"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            file -> String.join("\n", Markdown.read(file)),
                            String::concat));
        }
    }

    @Test
    void theTablesAreInTheDocument() throws IOException {
        List<String> lines = Markdown.read(FILE);
        List<String> text = lines.subList(0, lines.indexOf(BEGIN) + 1);
        List<String> whole =
                Stream.concat(text.stream(), table.markdown().stream()).toList();
        if (Boolean.getBoolean("docs")) {
            Files.write(FILE, whole);
        }
        assertThat(Markdown.read(FILE))
                .as("docs/seeds.md; write it anew with -Ddocs=true")
                .isEqualTo(whole);
    }
}
