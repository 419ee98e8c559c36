package io.eventsourcing.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that payloads are encrypted with: the first one encrypts, all of them decrypt. So a new key is put before the old
 * ones, and an old one stays for as long as something is stored that it encrypted. Each has an id, which is stored with what
 * it encrypts: the first 8 bytes of its SHA-256 digest. Immutable; {@link #toString()} shows ids.
 */
public final class CipherKeys {

    /** The setting that {@link #of} understands. */
    public static final String SETTING = "CIPHER_KEY";

    private static final CipherKeys NONE = new CipherKeys(Map.of());
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 8;

    private final Map<String, SecretKey> byId;

    private CipherKeys(Map<String, SecretKey> byId) {
        this.byId = byId;
    }

    /** No key: nothing is encrypted, and nothing that is encrypted can be read. */
    public static CipherKeys none() {
        return NONE;
    }

    /**
     * Keys as {@code openssl rand -base64 32} prints them, separated by commas.
     *
     * @throws IllegalArgumentException if one isn't 256 bits in Base64; the message doesn't show it
     */
    public static CipherKeys of(String base64) {
        Map<String, SecretKey> byId = new LinkedHashMap<>();
        for (String each : base64.split(",", -1)) {
            byte[] key = decode(each.strip());
            byId.put(id(key), new SecretKeySpec(key, AesGcm.ALGORITHM));
            Arrays.fill(key, (byte) 0);
        }
        return new CipherKeys(byId);
    }

    private static byte[] decode(String base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // its message would show a part of the key
        }
        throw new IllegalArgumentException("Each key in " + SETTING
                + " (with Spring also: eventsourcing.cipher-key) has 256 bits, written in Base64, as"
                + " `openssl rand -base64 32` prints them");
    }

    private static String id(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    /** The ids, that of the key that encrypts first. They are no secret. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** With the first key; its id comes before what {@link AesGcm} writes, and the id's length before it. */
    byte[] encrypt(byte[] context, byte[] plain) {
        Map.Entry<String, SecretKey> first = byId.entrySet().iterator().next();
        byte[] id = first.getKey().getBytes(StandardCharsets.US_ASCII);
        byte[] encrypted = AesGcm.encrypt(first.getValue(), context, plain);
        return ByteBuffer.allocate(1 + id.length + encrypted.length)
                .put((byte) id.length)
                .put(id)
                .put(encrypted)
                .array();
    }

    /**
     * With the key that it was encrypted with.
     *
     * @param what for messages
     * @throws EventMappingException if that key isn't here, or it was encrypted elsewhere, or changed
     */
    byte[] decrypt(Object what, byte[] context, byte[] encrypted) {
        int start = encrypted.length == 0 ? 1 : 1 + (encrypted[0] & 0xFF);
        if (start > encrypted.length) {
            throw new EventMappingException(what + " is encrypted, and cut off", null);
        }
        // it is stored, so it may be anything, and messages end up in logs
        String id = new String(encrypted, 1, start - 1, StandardCharsets.US_ASCII).replaceAll("[^0-9a-f]", "?");
        SecretKey key = byId.get(id);
        if (key == null) {
            throw new EventMappingException(
                    what + " is encrypted with key " + id + ", which isn't in " + SETTING
                            + " (with Spring also: eventsourcing.cipher-key): that has "
                            + (isEmpty() ? "none" : byId.keySet())
                            + ". Add it behind the first one",
                    null);
        }
        try {
            return AesGcm.decrypt(key, context, Arrays.copyOfRange(encrypted, start, encrypted.length));
        } catch (GeneralSecurityException e) {
            throw new EventMappingException(
                    what + " can't be decrypted with key " + id + ": it was changed, or moved here from elsewhere", e);
        }
    }

    @Override
    public String toString() {
        return "CipherKeys" + byId.keySet();
    }
}
