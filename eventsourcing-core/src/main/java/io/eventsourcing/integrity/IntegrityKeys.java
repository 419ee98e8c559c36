package io.eventsourcing.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventsourcing.store.SealSignature;
import io.eventsourcing.store.Settings;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 keys of seals: public ones that verify, and, where events are sealed, the private one that signs. So a new
 * private key takes the place of the old one, whose public key stays for as long as events are to be verified that it has
 * signed. Each has an id, which is stored with what it signs: the first 16 bytes of the SHA-256 digest of the public key's 32
 * bytes. Immutable; {@link #toString()} shows ids.
 */
public final class IntegrityKeys {

    /** The setting that holds the private key. */
    public static final String SIGNING_KEY = "INTEGRITY_SIGNING_KEY";

    /** The setting that holds the public keys. */
    public static final String VERIFICATION_KEYS = "INTEGRITY_VERIFICATION_KEYS";

    private static final IntegrityKeys NONE = new IntegrityKeys(Map.of(), null, "");
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final int ID_DIGITS = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final Map<String, PublicKey> byId;
    private final @Nullable PrivateKey signing;
    private final String signingId;

    private IntegrityKeys(Map<String, PublicKey> byId, @Nullable PrivateKey signing, String signingId) {
        this.byId = byId;
        this.signing = signing;
        this.signingId = signingId;
    }

    /** No key: nothing is signed, and signatures aren't looked at. */
    public static IntegrityKeys none() {
        return NONE;
    }

    /**
     * For who verifies, and doesn't seal.
     *
     * @param publicKeys one or more, in PEM: as {@code openssl pkey -pubout} prints them, one behind the other
     * @throws IllegalArgumentException if one of them isn't an Ed25519 key
     */
    public static IntegrityKeys verifying(String publicKeys) {
        return new IntegrityKeys(publicKeys(publicKeys), null, "");
    }

    /**
     * For who seals, and verifies.
     *
     * @param privateKey in PEM, as {@code openssl genpkey -algorithm ed25519} prints it
     * @param publicKeys that of the private key among them, as in {@link #verifying}
     * @throws IllegalArgumentException if one of them isn't an Ed25519 key, or the private key has no public one; the message
     *     shows none
     */
    public static IntegrityKeys signing(String privateKey, String publicKeys) {
        Map<String, PublicKey> byId = publicKeys(publicKeys);
        PrivateKey signing = Pem.privateKey(privateKey)
                .orElseThrow(() -> new IllegalArgumentException(
                        SIGNING_KEY + named("signing-key") + " has one Ed25519 private key in PEM (PKCS#8), as"
                                + " `openssl genpkey -algorithm ed25519` prints it"));
        String hash = HashedEvent.FIRST_PREDECESSOR;
        byte[] proof = sign(signing, hash);
        return byId.entrySet().stream()
                .filter(entry -> isBy(entry.getValue(), hash, proof))
                .findFirst()
                .map(entry -> new IntegrityKeys(byId, signing, entry.getKey()))
                .orElseThrow(() -> new IllegalArgumentException("The public key of " + SIGNING_KEY
                        + " isn't among " + VERIFICATION_KEYS + named("verification-keys") + ", which has "
                        + byId.keySet() + ". Add what `openssl pkey -pubout` prints"));
    }

    /** As the settings {@value #SIGNING_KEY} and {@value #VERIFICATION_KEYS} say; none if neither is there. */
    public static IntegrityKeys of(Settings settings) {
        String publicKeys = settings.find(VERIFICATION_KEYS).orElse("");
        Optional<String> privateKey = settings.find(SIGNING_KEY);
        if (privateKey.isPresent()) {
            return signing(privateKey.get(), publicKeys);
        }
        return publicKeys.isEmpty() ? NONE : verifying(publicKeys);
    }

    private static Map<String, PublicKey> publicKeys(String pem) {
        Map<String, PublicKey> byId = new LinkedHashMap<>();
        Pem.publicKeys(pem)
                .orElseThrow(() -> new IllegalArgumentException(VERIFICATION_KEYS + named("verification-keys")
                        + " has Ed25519 public keys in PEM, as" + " `openssl pkey -pubout` prints them"))
                .forEach(key -> byId.put(id(key), key));
        return byId;
    }

    private static String named(String property) {
        return " (with Spring also: eventsourcing.integrity." + property + ")";
    }

    private static String id(PublicKey key) {
        byte[] encoded = key.getEncoded(); // a header, and then the key
        byte[] raw = new byte[KEY_BYTES];
        System.arraycopy(encoded, encoded.length - KEY_BYTES, raw, 0, KEY_BYTES);
        return Digests.of(raw).substring(0, ID_DIGITS);
    }

    /** The ids of the public keys. They are no secret. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    boolean has(SealSignature signature) {
        return byId.containsKey(signature.keyId());
    }

    /** Empty if there is no key that signs. */
    Optional<SealSignature> sign(String hash) {
        return Optional.ofNullable(signing)
                .map(key -> new SealSignature(signingId, HexFormat.of().formatHex(sign(key, hash))));
    }

    /** False also if the key isn't known, or the signature is none at all. */
    boolean isRight(String hash, SealSignature signature) {
        PublicKey key = byId.get(signature.keyId());
        try {
            return key != null && isBy(key, hash, HexFormat.of().parseHex(signature.value()));
        } catch (IllegalArgumentException e) {
            return false; // not hexadecimal
        }
    }

    private static byte[] sign(PrivateKey key, String hash) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(hash.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    private static boolean isBy(PublicKey key, String hash, byte[] value) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(hash.getBytes(UTF_8));
            // some versions of Java look at the first bytes only
            return value.length == SIGNATURE_BYTES && signature.verify(value);
        } catch (SignatureException e) {
            return false; // not the bytes of a signature
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Verifying failed", e);
        }
    }

    @Override
    public String toString() {
        return "IntegrityKeys" + byId.keySet() + (signing == null ? "" : ", signing with " + signingId);
    }
}
