package io.eventsourcing.benchmarks.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page that is measured and not written. */
final class DocsSection {

    private static final String START = "<!-- measured: begin -->";
    private static final String END = "<!-- measured: end -->";

    private DocsSection() {}

    /** Replaces what stands between the marks; a page without marks gets them at its end. */
    static void write(Path page, String text) throws IOException {
        String old = Files.exists(page) ? Files.readString(page) : "# Benchmarks\n";
        String section = START + "\n" + text + END;
        int start = old.indexOf(START);
        int end = old.indexOf(END);
        Files.writeString(
                page,
                start < 0 || end < start
                        ? old + "\n" + section + "\n"
                        : old.substring(0, start) + section + old.substring(end + END.length()));
    }
}
