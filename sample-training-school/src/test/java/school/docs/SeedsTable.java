package school.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** What the five documents can do, and what proves that this can do it, as the file beside this class says. */
record SeedsTable(List<Row> rows) {

    static final List<String> BACKENDS = List.of("memory", "H2", "PostgreSQL", "EventStoreDB");

    /** Where each of the documents begins, by the number of its first row. */
    private static final Map<Integer, String> DOCUMENTS = Map.of(
            1, "esdbclient 0.2.1",
            25, "eventsourcing-eventstoredb",
            37, "EventSourcingDB, Python SDK",
            69, "event_sourcery, event store",
            81, "py-event-sourcing 1.0.3");

    /** One thing that can be done. */
    record Row(int number, String can, String here, Map<String, ?> backends) {

        static Row of(Map<String, ?> entry) {
            return new Row((int) entry.get("row"), text(entry, "can"), text(entry, "here"), entry);
        }

        private static String text(Map<String, ?> entry, String key) {
            return String.valueOf(entry.get(key));
        }

        Cell cell(String backend) {
            Object proof = backends.containsKey(backend) ? backends.get(backend) : backends.get("all");
            if (proof instanceof List<?> tests) {
                return new Cell("", tests.stream().map(String::valueOf).toList());
            }
            if (proof instanceof Map<?, ?> refusal) {
                return new Cell(
                        "refused by `" + refusal.get("refused by") + "`", List.of(String.valueOf(refusal.get("says"))));
            }
            return new Cell(String.valueOf(proof), List.of());
        }

        String markdown() {
            return Stream.concat(
                            Stream.of(String.valueOf(number), can, here),
                            BACKENDS.stream().map(backend -> cell(backend).markdown()))
                    .collect(Collectors.joining(" | ", "| ", " |"));
        }
    }

    /** @param tests each as a class and its method, with a dot between them */
    record Cell(String text, List<String> tests) {

        String markdown() {
            return Stream.concat(Stream.of(text), tests.stream().map(test -> "`" + test + "`"))
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("<br>"));
        }
    }

    static SeedsTable load() {
        List<Map<String, ?>> entries = new Yaml().load(SeedsTable.class.getResourceAsStream("/docs/seeds.yaml"));
        return new SeedsTable(entries.stream().map(Row::of).toList());
    }

    Stream<String> tests() {
        return rows.stream()
                .flatMap(row -> BACKENDS.stream().map(row::cell))
                .flatMap(cell -> cell.tests().stream())
                .distinct();
    }

    /** A table for each document. */
    List<String> markdown() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            @Nullable String document = DOCUMENTS.get(row.number());
            if (document != null) {
                lines.addAll(List.of("", "## " + document, ""));
                lines.add("| | what it can do | here | " + String.join(" | ", BACKENDS) + " |");
                lines.add("|---|---|---|---|---|---|---|");
            }
            lines.add(row.markdown());
        }
        return lines;
    }
}
