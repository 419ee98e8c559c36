package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What README.md and docs say is what the sources say. */
class DocumentationTest {

    private static final Pattern TAG = Pattern.compile("(//|#) tag::(.*)\\[]");

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachBlockOfCodeIsTakenFromATest(Markdown document) {
        assertThat(document.mistakes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void eachLinkLeadsToAFile(Markdown document) {
        assertThat(document.deadLinks()).isEmpty();
    }

    @Test
    void whatIsTaggedIsShown() throws IOException {
        Set<Markdown.Source> shown = documents().stream()
                .flatMap(document -> document.blocks().stream())
                .flatMap(block -> block.source().stream())
                .collect(Collectors.toSet());
        assertThat(shown).isNotEmpty().containsExactlyInAnyOrderElementsOf(tagged());
    }

    private static List<Markdown.Source> tagged() throws IOException {
        Path root = Markdown.projectFolder();
        try (Stream<Path> files = Files.walk(root.resolve("sample-training-school/src/test"))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> Markdown.read(file).stream()
                            .map(line -> TAG.matcher(line.strip()))
                            .filter(Matcher::matches)
                            .map(tag -> new Markdown.Source(
                                    root.relativize(file).toString().replace('\\', '/'), tag.group(2))))
                    .toList();
        }
    }

    @Test
    void aBlockThatDiffersFromItsSourceIsFound() {
        String source = "<!-- source: sample-training-school/src/test/java/school/docs/Dog.java#dog -->";
        assertThat(mistakes(source, "```java", "class Cat {}", "```"))
                .singleElement()
                .asString()
                .contains("README.md:2 differs from its source", "public class Dog extends Aggregate {");
    }

    @Test
    void aBlockWithoutASourceIsFound() {
        assertThat(mistakes("text", "```java", "class Dog {}", "```"))
                .singleElement()
                .asString()
                .endsWith("README.md:2 has no source");
    }

    @Test
    void aBlockWhoseTagIsMissingIsFound() {
        String source = "<!-- source: sample-training-school/src/test/java/school/docs/Dog.java#cat -->";
        assertThat(mistakes(source, "```java", "class Cat {}", "```"))
                .singleElement()
                .asString()
                .contains("there is no tag cat");
    }

    @Test
    void aSourceThatIsNoTestIsFound() {
        String source = "<!-- source: sample-training-school/src/main/java/school/training/Dog.java#dog -->";
        assertThat(mistakes(source, "```java", "class Dog {}", "```"))
                .singleElement()
                .asString()
                .contains("has a source that is no test");
    }

    private static List<String> mistakes(String... lines) {
        Path root = Markdown.projectFolder();
        return new Markdown(root, root.resolve("README.md"), List.of(lines)).mistakes();
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Metadata(List<Property> properties) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Property(String name, @Nullable Object defaultValue) {

        /** The beginning of its row in the table. */
        String row() {
            return "| `" + name + "` | " + (defaultValue == null ? "" : "`" + defaultValue + "` ") + "| `" + variable()
                    + "`";
        }

        /** As Spring Boot spells the name of an environment variable. */
        private String variable() {
            return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
        }
    }

    @Test
    void theTableHasEachPropertyWithItsDefault() throws IOException {
        String readme = readme();
        assertThat(properties())
                .hasSizeGreaterThan(4)
                .allSatisfy(property -> assertThat(readme).contains("\n" + property.row()));
    }

    @Test
    void theTableHasNoOtherProperty() throws IOException {
        List<String> shown = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|")
                .matcher(readme())
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        properties().stream().map(Property::name).toList());
    }

    /** Those of the starter: there is a file of this name in many jars. */
    private static List<Property> properties() throws IOException {
        for (URL url : Collections.list(
                DocumentationTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = url.openStream()) {
                Metadata metadata = JsonMapper.shared().readValue(json, Metadata.class);
                if (metadata.properties().stream()
                        .anyMatch(property -> property.name().startsWith("eventsourcing."))) {
                    return metadata.properties().stream()
                            .filter(property -> !property.name().startsWith("management.endpoint.")) // Actuator's
                            .toList();
                }
            }
        }
        throw new AssertionError("The starter has no configuration metadata");
    }

    @Test
    void versionsAreThoseOfTheBuild() {
        String pom = String.join("\n", Markdown.read(Markdown.projectFolder().resolve("pom.xml")));
        assertThat(versions(readme(), "<artifactId>byte-buddy-maven-plugin</artifactId>\\s*<version>(.*?)</version>"))
                .isNotEmpty()
                .containsOnly(only(
                        versions(pom, "<byte-buddy-maven-plugin.version>(.*?)</byte-buddy-maven-plugin.version>")));
        assertThat(versions(readme(), "<artifactId>eventsourcing-[a-z-]*</artifactId>\\s*<version>(.*?)</version>"))
                .isNotEmpty()
                .containsOnly(only(
                        versions(pom, "<artifactId>eventsourcing-parent</artifactId>\\s*<version>(.*?)</version>")));
    }

    private static List<String> versions(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String only(List<String> found) {
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String readme() {
        return String.join("\n", Markdown.read(Markdown.projectFolder().resolve("README.md")));
    }
}
