package io.eventsourcing.test.conformance;

/** Names that {@link io.eventsourcing.store.StreamName} doesn't take, and what is near to them and taken. */
enum RefusedName {
    EMPTY("", "x"),
    SYSTEM("$all", "all$"),
    SYSTEM_ONLY("$", "a$"),
    TRAILING_SPACE("Dog ", "Do g"),
    LEADING_SPACE(" Dog", "D og"),
    TRAILING_TAB("Dog\t", "Dog_"),
    LINE_BREAK("a\nb", "a b"),
    NULL_CHARACTER("a\u0000b", "a0b"),
    DELETE_CHARACTER("a\u007Fb", "a\u00A1b"),
    LONE_SURROGATE("a\uD83D", "a\uD83D\uDC15"),
    TOO_LONG("x".repeat(201), "x".repeat(100)),
    TOO_MANY_BYTES("\u72AC".repeat(67), "\u72AC".repeat(50));

    private final String refused;
    private final String accepted;

    RefusedName(String refused, String accepted) {
        this.refused = refused;
        this.accepted = accepted;
    }

    String refused() {
        return refused;
    }

    String accepted() {
        return accepted;
    }
}
