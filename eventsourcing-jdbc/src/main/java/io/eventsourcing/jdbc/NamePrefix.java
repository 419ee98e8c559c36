package io.eventsourcing.jdbc;

import java.util.List;

/** How to find the streams {@code s} whose names begin in some way. */
enum NamePrefix {

    /** Where names are sorted by their bytes, and so by their characters. */
    RANGE("s.name >= ? AND s.name < ?") {
        @Override
        List<String> parameters(String prefix) {
            return List.of(prefix, behind(prefix));
        }
    },

    /** Where they are sorted by the collation of the database, which may be any. */
    LIKE("s.name LIKE ? ESCAPE '\\'") {
        @Override
        List<String> parameters(String prefix) {
            return List.of(prefix.replaceAll("[\\\\%_]", "\\\\$0") + "%");
        }
    };

    private final String condition;

    NamePrefix(String condition) {
        this.condition = condition;
    }

    String condition() {
        return condition;
    }

    /** Of the condition. */
    abstract List<String> parameters(String prefix);

    private static String behind(String prefix) {
        int[] characters = prefix.codePoints().toArray();
        int last = characters.length - 1;
        while (last > 0 && characters[last] == Character.MAX_CODE_POINT) {
            last--;
        }
        int next = characters[last] + 1;
        characters[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
        return new String(characters, 0, last + 1);
    }
}
