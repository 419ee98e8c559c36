package io.eventsourcing.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How payloads are compressed before they are stored. One that doesn't become smaller is stored as it is. */
public enum Compression {

    /** Not at all. What was compressed once is read all the same. */
    NONE,

    /** Zstandard, RFC 8878. It needs {@code com.github.luben:zstd-jni} on the class path. */
    ZSTD;

    /** The setting that {@link #of} understands. */
    public static final String SETTING = "COMPRESSOR";

    /**
     * By its name, in any case.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Compression of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no compressor '" + name + "': set " + SETTING
                        + " (with Spring also: eventsourcing.compressor) to one of "
                        + Arrays.stream(values())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
