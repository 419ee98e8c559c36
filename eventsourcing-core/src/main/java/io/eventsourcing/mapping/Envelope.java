package io.eventsourcing.mapping;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import java.util.Arrays;

/**
 * Payloads compressed, then encrypted, behind a header that says so:
 *
 * <pre>
 * 01 'E' 'S' 'Z'  then a Zstandard frame
 * 01 'E' 'S' 'A'  then what {@link CipherKeys#encrypt} writes: JSON, or a compressed payload with its header
 * </pre>
 *
 * No JSON begins with a byte 1, in any encoding; what has no header is read as it is. Thread-safe.
 */
final class Envelope {

    private static final byte[] MARK = {1, 'E', 'S'};
    private static final int HEADER_BYTES = MARK.length + 1;
    private static final byte COMPRESSED = 'Z';
    private static final byte ENCRYPTED = 'A';

    private final Compression compression;
    private final CipherKeys keys;

    /** @throws IllegalStateException if the library for the compression isn't there */
    Envelope(Compression compression, CipherKeys keys) {
        this.compression = compression;
        this.keys = keys;
        if (compression == Compression.ZSTD) {
            requireZstandard();
        }
    }

    private static void requireZstandard() {
        try {
            Zstandard.load();
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    Compression.SETTING + " is zstd, which needs a library: " + Zstandard.CURE, e);
        }
    }

    /** @throws IllegalArgumentException if the payload is larger than an event's may be */
    byte[] wrap(byte[] payload, CipherContext context) {
        if (payload.length > NewEvent.MAX_BYTES) { // compressed it might fit, but not be read again
            throw new IllegalArgumentException("The data of an event has at most " + NewEvent.MAX_BYTES
                    + " bytes, that of " + context.type() + " has " + payload.length);
        }
        byte[] compressed = compression == Compression.NONE ? payload : compressed(payload);
        return keys.isEmpty() ? compressed : withHeader(ENCRYPTED, keys.encrypt(context.bytes(""), compressed));
    }

    private static byte[] compressed(byte[] payload) {
        byte[] frame = Zstandard.compress(payload);
        return frame.length + HEADER_BYTES < payload.length ? withHeader(COMPRESSED, frame) : payload;
    }

    private static byte[] withHeader(byte kind, byte[] content) {
        byte[] data = Arrays.copyOf(MARK, HEADER_BYTES + content.length);
        data[MARK.length] = kind;
        System.arraycopy(content, 0, data, HEADER_BYTES, content.length);
        return data;
    }

    static boolean isWrapped(byte[] data) {
        return data.length > MARK.length && data[0] == MARK[0] && data[1] == MARK[1] && data[2] == MARK[2];
    }

    /** @throws EventMappingException if it was changed, or the key isn't here; the message names event and key's id */
    byte[] unwrap(RecordedEvent event, CipherContext context) {
        byte[] data = event.data();
        byte[] decrypted = kind(data) == ENCRYPTED ? keys.decrypt(event, context.bytes(""), withoutHeader(data)) : data;
        byte[] plain = kind(decrypted) == COMPRESSED ? decompressed(event, withoutHeader(decrypted)) : decrypted;
        if (isWrapped(plain)) {
            throw new EventMappingException(
                    event + " has a header that this version of the library doesn't know: a newer one wrote it", null);
        }
        return plain;
    }

    private static byte kind(byte[] data) {
        return isWrapped(data) ? data[MARK.length] : 0;
    }

    private static byte[] withoutHeader(byte[] data) {
        return Arrays.copyOfRange(data, HEADER_BYTES, data.length);
    }

    private static byte[] decompressed(RecordedEvent event, byte[] frame) {
        try {
            return Zstandard.decompress(frame);
        } catch (IllegalArgumentException e) {
            throw new EventMappingException(event + " can't be decompressed: " + e.getMessage(), null);
        } catch (LinkageError e) {
            throw new EventMappingException(event + " is compressed: " + Zstandard.CURE, e);
        }
    }
}
