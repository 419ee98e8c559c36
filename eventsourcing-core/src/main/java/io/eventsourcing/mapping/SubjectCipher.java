package io.eventsourcing.mapping;

import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.Tenants;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with the keys of subjects, which are encrypted with {@link CipherKeys} themselves. What it writes begins with the
 * 16 bytes of the key's id. Thread-safe.
 */
final class SubjectCipher {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 2 * Long.BYTES;

    private final SubjectKeys keys;
    private final CipherKeys wrapping;
    private final SubjectKeyCache cache;
    private final String tenant;

    SubjectCipher(SubjectKeys keys, CipherKeys wrapping, SubjectKeyCache cache) {
        this(keys, wrapping, cache, Tenants.DEFAULT);
    }

    private SubjectCipher(SubjectKeys keys, CipherKeys wrapping, SubjectKeyCache cache, String tenant) {
        this.keys = keys;
        this.wrapping = wrapping;
        this.cache = cache;
        this.tenant = tenant;
    }

    /** With the same cache, so that what is forgotten here is forgotten there. */
    SubjectCipher forTenant(String id) {
        return new SubjectCipher(keys.forTenant(id), wrapping, cache, id);
    }

    /** Asks for the subject's key each time: one that was forgotten a moment ago must not encrypt anything more. */
    byte[] encrypt(String subject, byte[] context, byte[] plain) {
        SubjectKey key = keys.getOrAdd(subject, newKey());
        byte[] encrypted = AesGcm.encrypt(unwrapped(key), context, plain);
        return ByteBuffer.allocate(ID_BYTES + encrypted.length)
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits())
                .put(encrypted)
                .array();
    }

    /**
     * Empty if the subject was forgotten.
     *
     * @throws GeneralSecurityException if it was changed or moved
     */
    Optional<byte[]> decrypt(byte[] context, byte[] encrypted) throws GeneralSecurityException {
        if (encrypted.length < ID_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        ByteBuffer id = ByteBuffer.wrap(encrypted);
        Optional<SecretKey> key = cache.get(
                new SubjectKeyCache.KeyOf(tenant, new UUID(id.getLong(), id.getLong())),
                missing -> keys.find(missing.id()).map(this::unwrapped));
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        AesGcm.decrypt(key.get(), context, Arrays.copyOfRange(encrypted, ID_BYTES, encrypted.length)));
    }

    void forget(String subject) {
        try {
            keys.forget(subject);
        } finally { // it may have been deleted although nobody could say so
            cache.clear();
        }
    }

    private SubjectKey newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        UUID id = UUID.randomUUID();
        byte[] wrapped = wrapping.encrypt(context(id), key);
        Arrays.fill(key, (byte) 0);
        return new SubjectKey(id, wrapped);
    }

    private SecretKey unwrapped(SubjectKey key) {
        byte[] plain = wrapping.decrypt(key, context(key.id()), key.wrapped());
        SecretKey secret = new SecretKeySpec(plain, AesGcm.ALGORITHM);
        Arrays.fill(plain, (byte) 0);
        return secret;
    }

    private static byte[] context(UUID id) {
        return ("eventsourcing subject key 1 " + id).getBytes(StandardCharsets.US_ASCII);
    }
}
