package io.eventsourcing.benchmarks.store;

/** The databases that contests are held on. */
enum Vendor {
    POSTGRESQL("PostgreSQL"),
    H2("H2");

    private final String title;

    Vendor(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
