package io.eventsourcing.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StoreBenchmarksTest {

    private static final double TINY = 0.0002;

    @TempDir
    private Path folder;

    /** The short form: every contest is held, for a moment, and who wins is of no interest. */
    @Test
    void everyContestIsHeld() throws Exception {
        Path page = folder.resolve("benchmarks.md");
        Files.writeString(page, "before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter\n");
        Options options = new Options(1, TINY, Pattern.compile(".*"), folder, Optional.of(page));

        List<Result> results = StoreBenchmarks.run(options, new PrintStream(OutputStream.nullOutputStream()));

        List<String> rows = Contests.all().stream()
                .flatMap(contest -> contest.rows().stream())
                .map(Row::name)
                .toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(results).extracting(result -> result.row().name()).containsExactlyElementsOf(rows);
        assertThat(results).allSatisfy(StoreBenchmarksTest::assertMeasured);
        assertJson(results);
        assertChart(results);
        assertThat(page)
                .content()
                .startsWith("before\n<!-- measured: begin -->\n")
                .endsWith("\n<!-- measured: end -->\nafter\n")
                .contains(rows)
                .doesNotContain("old");
    }

    private static void assertMeasured(Result result) {
        if (!result.contest().name().equals("tail-latency")) {
            assertThat(result.ours().least()).isPositive();
            assertThat(result.reference().least()).isPositive();
        }
        assertThat(result.ours().median()).isBetween(0.0, Double.MAX_VALUE);
    }

    private void assertJson(List<Result> results) {
        JsonNode json = JsonMapper.shared().readTree(folder.resolve("benchmarks.json"));
        assertThat(json.size()).isEqualTo(results.size());
        assertThat(json).allSatisfy(line -> {
            assertThat(line.propertyNames())
                    .containsExactly(
                            "name", "ours", "reference", "ratio", "unit", "goal", "oursRange", "referenceRange");
            assertThat(line.get("ours").isNumber()).isTrue();
        });
    }

    private void assertChart(List<Result> results) throws Exception {
        Document svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("benchmarks.svg").toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat((long) svg.getElementsByTagName("rect").getLength())
                .isEqualTo(results.stream().filter(Result::hasGoal).count());
    }
}
