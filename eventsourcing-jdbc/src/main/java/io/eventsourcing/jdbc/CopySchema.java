package io.eventsourcing.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** The names of the schemas that hold copies. They are made of lower-case letters, digits and underscores. */
final class CopySchema {

    private static final String PREFIX = "es_rebuild_";

    /** PostgreSQL's limit of a name. */
    private static final int LONGEST = 63;

    private static final int LENGTH_OF_HASH = 9;

    private CopySchema() {}

    /**
     * Another one for each projection, and for each schema that an application has for itself.
     *
     * @param home the schema in which the application makes its tables
     */
    static String of(String home, String projection) {
        boolean alone = home.equalsIgnoreCase("public");
        String wanted = alone ? projection : home + "_" + projection;
        String safe = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        if (alone && safe.equals(wanted) && PREFIX.length() + safe.length() <= LONGEST) {
            return PREFIX + safe;
        }
        int length = Math.min(safe.length(), LONGEST - PREFIX.length() - LENGTH_OF_HASH);
        return PREFIX + safe.substring(0, length) + hash(home + "." + projection);
    }

    private static String hash(String text) {
        CRC32 hash = new CRC32();
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        return "_%08x".formatted(hash.getValue());
    }
}
