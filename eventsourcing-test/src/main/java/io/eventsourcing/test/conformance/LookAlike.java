package io.eventsourcing.test.conformance;

/** Two texts that a database may take for one, by its collation or by tidying up. */
enum LookAlike {
    CASE("Dog", "dog"),
    CASE_BEYOND_ASCII("\u00C9clair", "\u00E9clair"),
    TURKISH_CASE("D\u0130\u015E", "DI\u015E"),
    ACCENT("Eclair", "\u00C9clair"),
    NORMALISATION("\u00E9", "e\u0301"),
    SHARP_S("stra\u00DFe", "strasse"),
    LIGATURE("\uFB01do", "fido"),
    WIDTH("\uFF24og", "Dog"),
    KANA("\u304B", "\u30AB"),
    KELVIN("\u212A", "K"),
    INVISIBLE("Dog", "D\u200Bog"),
    INNER_SPACES("a b", "a  b"),
    DASHES("a-b", "a\u2010b"),
    LEADING_ZERO("7", "07"),
    WILDCARD("a_b%", "axbyz");

    private final String one;
    private final String other;

    LookAlike(String one, String other) {
        this.one = one;
        this.other = other;
    }

    String one() {
        return one;
    }

    String other() {
        return other;
    }
}
