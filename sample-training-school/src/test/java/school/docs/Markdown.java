package school.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document, and what it takes from the sources of tests. */
record Markdown(Path root, Path file, List<String> lines) {

    private static final Pattern SOURCE = Pattern.compile("<!-- source: (?<file>\\S+)#(?<tag>\\S+) -->");
    private static final Pattern FENCE = Pattern.compile("```(?<language>\\w*)");
    private static final Pattern MARK = Pattern.compile("(//|#) (tag|end)::.*\\[]");
    private static final Pattern LINK = Pattern.compile("]\\((?<target>[^)#\\s]+)(#[^)]*)?\\)");

    /** Where a block comes from, as the comment above it says. */
    record Source(String file, String tag) {}

    /** A block between two fences; the line is that of its first fence, from 1. */
    record Block(int line, String language, String text, Optional<Source> source) {}

    /** The folder that the documents are in: this module's parent. */
    static Path projectFolder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs/decisions"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<Markdown> all() {
        Path root = projectFolder();
        try (Stream<Path> guides = Files.walk(root.resolve("docs"))) {
            return Stream.concat(Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")), guides)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(file -> new Markdown(root, file, read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String text = String.join("\n", lines.subList(i + 1, end));
                blocks.add(new Block(i + 1, fence.group("language"), text, source(i == 0 ? "" : lines.get(i - 1))));
                i = end;
            }
        }
        return blocks;
    }

    private static Optional<Source> source(String line) {
        Matcher matcher = SOURCE.matcher(line);
        return matcher.matches()
                ? Optional.of(new Source(matcher.group("file"), matcher.group("tag")))
                : Optional.empty();
    }

    /** What is wrong with the code that is shown, a line for each block; none if nothing is. */
    List<String> mistakes() {
        return blocks().stream()
                .flatMap(block -> mistake(block).stream().map(mistake -> file + ":" + block.line() + " " + mistake))
                .toList();
    }

    private Optional<String> mistake(Block block) {
        boolean needsSource = List.of("java", "properties").contains(block.language());
        if (block.source().isEmpty()) {
            return needsSource ? Optional.of("has no source") : Optional.empty();
        }
        Source source = block.source().get();
        if (!source.file().startsWith("sample-training-school/src/test/")) {
            return Optional.of("has a source that is no test: " + source.file());
        }
        String expected = tagged(read(root.resolve(source.file())), source.tag());
        return block.text().equals(expected)
                ? Optional.empty()
                : Optional.of("differs from its source, which says:\n" + expected);
    }

    /** The lines between the two comments, without marks of other tags, moved to the left. */
    static String tagged(List<String> source, String tag) {
        List<String> stripped = source.stream().map(String::strip).toList();
        int begin = stripped.indexOf("// tag::" + tag + "[]") + stripped.indexOf("# tag::" + tag + "[]") + 1;
        int end = stripped.indexOf("// end::" + tag + "[]") + stripped.indexOf("# end::" + tag + "[]") + 1;
        if (begin < 0 || end < begin) {
            return "nothing, there is no tag " + tag;
        }
        return source.subList(begin + 1, end).stream()
                .filter(line -> !MARK.matcher(line.strip()).matches())
                .collect(Collectors.joining("\n"))
                .stripIndent()
                .stripTrailing();
    }

    /** Links to files that aren't there. */
    List<String> deadLinks() {
        return lines.stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(link -> link.group(1))
                .filter(target -> !target.contains(":"))
                .filter(target -> !Files.exists(file.resolveSibling(target)))
                .toList();
    }

    @Override
    public String toString() {
        return root.relativize(file).toString();
    }

    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
