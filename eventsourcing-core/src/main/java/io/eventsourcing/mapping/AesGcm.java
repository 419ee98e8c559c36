package io.eventsourcing.mapping;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES in Galois/Counter Mode (NIST SP 800-38D): a random nonce of 96 bits, then the ciphertext, then a tag of 128 bits. With
 * random nonces one key serves for 2^32 messages.
 */
final class AesGcm {

    static final String ALGORITHM = "AES";

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** @param context must be the same when it is decrypted */
    static byte[] encrypt(SecretKey key, byte[] context, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            cipher.updateAAD(context);
            byte[] encrypted = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, encrypted, NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // the Java platform has it, and the key's length was checked
        }
    }

    /** @throws GeneralSecurityException if it was encrypted with another key or context, or was changed */
    static byte[] decrypt(SecretKey key, byte[] context, byte[] encrypted) throws GeneralSecurityException {
        if (encrypted.length < NONCE_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(encrypted, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher.doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
