package io.eventsourcing.mapping;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.eventsourcing.store.NewEvent;

/** The library for Zstandard, which need not be there: then this class can't be loaded, and every call is a LinkageError. */
final class Zstandard {

    private Zstandard() {}

    static final String CURE = "add com.github.luben:zstd-jni to the class path";

    /** Fails if the library isn't there, or not for this machine. */
    static void load() {
        Zstd.defaultCompressionLevel();
    }

    static byte[] compress(byte[] plain) {
        return Zstd.compress(plain);
    }

    /**
     * Never makes more than an event may have, however small what is compressed.
     *
     * @throws IllegalArgumentException if it would, or isn't one whole frame that says its size
     */
    static byte[] decompress(byte[] compressed) {
        long size = compressed.length == 0 ? -1 : Zstd.getFrameContentSize(compressed);
        if (size < 0 || size > NewEvent.MAX_BYTES) {
            throw new IllegalArgumentException(
                    size < 0
                            ? "it is no Zstandard frame that says its size"
                            : "it would have " + size + " bytes, and an event has at most " + NewEvent.MAX_BYTES);
        }
        try {
            byte[] plain = new byte[(int) size];
            if (Zstd.decompress(plain, compressed) == size) {
                return plain;
            }
        } catch (ZstdException e) {
            throw new IllegalArgumentException("Zstandard says " + e.getErrorCode(), e);
        }
        throw new IllegalArgumentException("it has another size than it says");
    }
}
