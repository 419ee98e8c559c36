package school.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What compose.yaml says can be read without Docker; whether the servers start can't be known. */
class ComposeFileTest {

    private static final String FILE =
            String.join("\n", Markdown.read(Markdown.projectFolder().resolve("compose.yaml")));

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> file = new Yaml().load(FILE);
        return (Map<String, Map<String, Object>>) file.get("services");
    }

    @Test
    void serversAreThoseThatTheTestsUseWhereThereIsDocker() {
        assertThat(services()).containsOnlyKeys("kurrentdb", "postgres");
        assertThat(services().get("kurrentdb")).containsEntry("image", "kurrentplatform/kurrentdb:26.0");
        assertThat(services().get("postgres")).containsEntry("image", "postgres:18-alpine");
    }

    @Test
    void nothingIsReachedFromOtherMachines() {
        assertThat(services().values())
                .extracting(service -> service.get("ports"))
                .allSatisfy(ports -> assertThat((List<?>) ports)
                        .isNotEmpty()
                        .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:")));
    }

    @Test
    void addressesAreThoseOfTheDocuments() {
        String readme = String.join("\n", Markdown.read(Markdown.projectFolder().resolve("README.md")));
        assertThat(FILE).contains("esdb://localhost:2113?tls=false");
        assertThat(readme).contains("esdb://localhost:2113?tls=false");
    }
}
